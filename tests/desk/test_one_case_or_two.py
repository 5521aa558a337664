"""What is told of in two places is offered to support as one case, and neither place shows it (S38)."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import call_about, decide_pair, offer_pair, take_thread
from community.desk.models import CasePair, Handling
from community.policy import NotAllowed
from community.search.tasks import look_for_the_same_case
from community.threads.models import Thread
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db
SAID = "The gate of the yard does not open"


@pytest.fixture
def both(live, requested):
    """A public question of a colleague in the morning, and the request of a named caller an hour later."""
    clock.set_to(on(23, "09:00"))
    question = make.thread(by=live.reader, title=SAID)
    clock.advance(timedelta(hours=1))
    return requested(title="Yard gate stays shut and does not open"), question


def found_for(thread: Thread) -> list[Thread]:
    look_for_the_same_case.func(thread.pk)
    return [pair.other for pair in CasePair.objects.filter(thread=thread)]


def test_support_is_asked_and_joins_and_parts_them_by_one_press_each(both, live, agent, customer, visiting_as):
    request, question = both
    assert [found_for(request), found_for(request)] == [[question], [question]]
    browser, same = visiting_as(agent), f"/desk/threads/{request.pk}/same/"
    for place in ("/desk/", request.get_absolute_url(), question.get_absolute_url()):
        assert "perhaps the same case as another" in browser.get(place, follow=True).text
    take_thread(by=agent, thread=question)
    page = browser.get(same).text
    assert SAID in page

    pair = CasePair.objects.get()
    browser.post(same, {"pair": pair.pk, "do": "join"})

    assert {row.assigned_to for row in Handling.objects.filter(thread__in=both)} == {agent}
    assert "one case with another" in browser.get(question.get_absolute_url()).text
    for reader in (None, customer, live.reader, live.caller):
        shown = visiting_as(reader).get(question.get_absolute_url()).text
        assert "one case with another" not in shown
        assert request.title not in shown
    other = make.member(role="agent")
    take_thread(by=other, thread=request)
    assert {row.assigned_to for row in Handling.objects.filter(thread__in=both)} == {other}
    browser.post(same, {"pair": pair.pk, "do": "apart"})
    take_thread(by=agent, thread=request)
    assert Handling.objects.get(thread=question).assigned_to == other
    assert "Nothing like it" in browser.get(same).text
    assert found_for(request) == [question]
    assert CasePair.objects.get().stands == "apart"


def test_whoever_calls_about_what_he_asked_is_recognised_in_the_line(live, agent, shift, visiting_as):
    clock.set_to(on(23, "09:00"))
    question = make.thread(by=live.caller, title=SAID)
    shift(agent)
    about = {"title": "Yard gate stays shut and does not open", "body": "Trucks wait.", "severity": "high"}
    call = call_about(by=live.caller, organisation=live.organisation, space=make.space(), **about)

    assert found_for(call.thread) == [question]
    assert f"/desk/threads/{call.thread_id}/same/" in visiting_as(agent).get("/desk/line/").text


def test_two_public_ones_others_people_and_what_is_older_than_a_day_are_left_alone(both, live, requested):
    request, _question = both
    assert found_for(make.thread(by=live.caller, title=SAID)) == [request]
    assert found_for(make.thread(by=make.member(), title=SAID)) == []
    clock.advance(timedelta(days=1, hours=2))
    assert found_for(requested(title=SAID)) == []


def test_only_support_decides(both, live, moderator, visiting_as):
    request, question = both
    offer_pair(thread=request, other=question)

    with pytest.raises(NotAllowed):
        decide_pair(by=moderator, pair=CasePair.objects.get(), is_one=True)
    assert visiting_as(moderator).get(f"/desk/threads/{question.pk}/same/").status_code == 403
    assert "same case" not in visiting_as(moderator).get(question.get_absolute_url()).text
    assert CasePair.objects.get().stands == "offered"


def test_long_texts_that_only_have_some_words_in_common_are_two_cases(live):
    clock.set_to(on(23, "09:00"))
    make.thread(by=live.caller, title="Backup of the console stops at 98 %", body="The nightly worker says lease lost.")
    about = {"title": "The night run stops and the trucks leave without papers", "organisation": live.organisation}

    assert found_for(make.thread(by=live.caller, body="The worker of the backup says lease lost.", **about)) == []
