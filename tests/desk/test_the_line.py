"""Those who answer see who waits and take a call; every figure of the month is the length of the list behind it."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import call_about, call_in, leave_line, return_call, take_call
from community.desk.models import Call
from community.desk.queries import call_lists
from community.policy import NotAllowed, OutOfStep
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
PARTS = ("in_time", "late", "left", "waiting")


@pytest.fixture(autouse=True)
def staffed(agent, shift):
    clock.set_to(on(23, "00:00"))
    shift(agent)
    clock.set_to(on(23, "10:00"))


def test_of_two_who_take_a_call_one_has_it_and_the_other_is_told_who(live, requested, agent, lead, visiting_as):
    call = call_in(by=live.caller, thread=requested())

    assert visiting_as(agent).post(f"/calls/{call.pk}/take/").url == call.thread.get_absolute_url()
    told = visiting_as(lead).post(f"/calls/{call.pk}/take/", follow=True)

    assert "desk-two has this call already." in told.text
    assert "<bdi>desk-two</bdi> has it" in told.text
    assert (
        "<b><bdi>desk-two</bdi></b> has your call" in visiting_as(live.caller).get(call.thread.get_absolute_url()).text
    )
    with pytest.raises(OutOfStep):
        take_call(by=lead, call=call)
    with pytest.raises(NotAllowed):
        take_call(by=live.colleague, call=call)

    return_call(by=agent, call=call)
    assert take_call(by=lead, call=call).taken_by == lead


def month_of_calls(live, requested, agent) -> None:
    """In time, late, left in time, left late, closed by others, nobody there, waiting in time and waiting late."""
    for seconds, end in ((60, "words"), (120, "words"), (30, "leave"), (100, "leave"), (10, "close")):
        thread = requested()
        call = call_in(by=live.caller, thread=thread)
        clock.advance(seconds * SECOND)
        if end == "words":
            make.reply(thread, by=agent)
        elif end == "leave":
            leave_line(by=live.caller, call=call)
        else:
            from community.requests.actions import close_request

            close_request(by=agent, request=thread.service_request, because="Elsewhere.")
    away = clock.now()
    clock.set_to(on(24, "01:00"))
    with pytest.raises(OutOfStep):
        call_about(
            by=live.caller, organisation=live.organisation, space=make.space(), title="Now", body="Now", severity="low"
        )
    clock.set_to(away)
    call_in(by=live.caller, thread=requested())
    clock.advance(91 * SECOND)
    call_in(by=live.colleague, thread=requested(by=live.colleague))


def test_every_call_is_in_one_list_and_no_figure_is_made_better_by_those_who_gave_up(
    live, requested, agent, visiting_as, django_assert_max_num_queries
):
    month_of_calls(live, requested, agent)
    lists = call_lists(clock.now())
    for call in Call.objects.all():
        assert sum(Call.objects.filter(lists[part], pk=call.pk).exists() for part in PARTS) == 1
    browser = visiting_as(agent)

    with django_assert_max_num_queries(9):
        page = browser.get("/desk/line/")

    figure = page.context["chosen"]
    assert {key: figure["counts"][key] for key in ("asked", "answered", *PARTS)} == {
        "asked": 8,
        "answered": 2,
        "in_time": 1,
        "late": 5,
        "left": 1,
        "waiting": 1,
    }
    assert (figure["average"], figure["judged"], figure["percent"]) == (90 * SECOND, 6, 16)
    for key, address in figure["urls"].items():
        shown = browser.get(address)
        assert len(shown.context["page"].object_list) == figure["counts"][key]
        assert f'<a href="{address.replace("&", "&amp;")}"' in page.text


def test_a_month_begins_where_the_promise_is_kept(live, requested, agent, visiting_as, shift):
    shift(agent, 30)
    thread = requested()
    clock.set_to(on(30, "23:59"))
    call_in(by=live.caller, thread=thread)
    clock.set_to(on(1, "00:00", month=12))
    make.reply(thread, by=agent)
    browser = visiting_as(agent)

    assert browser.get("/desk/line/").context["chosen"]["counts"]["asked"] == 0
    page = browser.get("/desk/line/")
    assert (page.context["before"][-7:], page.context["after"]) == ("2026-11", "")
    assert browser.get(page.context["before"]).context["chosen"]["counts"]["answered"] == 1
    for odd in ("?month=2026-13", "?month=x", "?show=x", "?plan=99999", "?plan=x"):
        assert browser.get(f"/desk/line/{odd}").status_code == 404


def test_nobody_waits_and_no_plan_has_a_live_desk(agent, visiting_as, moderator):
    page = visiting_as(agent).get("/desk/line/")

    assert "Nobody waits for a person." in page.text
    assert "No plan has a live desk." in page.text
    assert visiting_as(moderator).get("/desk/line/").status_code == 403
