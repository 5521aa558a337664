"""Both sides read when something is due, and the team the list of all of it."""

import re

import pytest
from django.core.cache import cache

from community import clock
from community.desk.actions import change_calendar
from community.desk.tasks import look_at_due_clocks, move_clocks_of
from community.threads.models import Thread
from tests import make
from tests.desk.conftest import add_holiday, on

pytestmark = pytest.mark.django_db


def said_about(thread: Thread, browser) -> str:
    page = browser.get(f"/threads/{thread.pk}/state/")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.text)


def sentences(thread: Thread, browser) -> list[str]:
    """What can be read of what is due: the sentence that is not hidden."""
    text = said_about(thread, browser)
    found = re.findall(r"<span(?: class=\"late\")? data-(?:until|late)>(.*?)</span> (?=<span|</span>)", text)
    return [re.sub(r"<[^>]+>", "", sentence) for sentence in found]


def test_both_sides_read_when_an_answer_is_due(asked, customer, agent, visiting_as):
    thread = asked()
    clock.set_to(on(23, "10:48"))

    due = "An answer by support is due by 23 Nov, 13:00, in 3 h 12 min."
    for reader in (None, customer, agent):
        assert sentences(thread, visiting_as(reader)) == [due]


def test_after_that_time_they_read_that_it_is_late(asked, customer, visiting_as):
    thread = asked()
    clock.set_to(on(23, "14:20"))

    assert sentences(thread, visiting_as(customer)) == ["An answer by support was due by 23 Nov, 13:00: 20 min late."]


def test_after_the_first_response_the_solution_is_what_is_due(asked, said, agent, customer, visiting_as):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="workaround")

    assert sentences(thread, visiting_as(customer)) == ["A solution is due by 24 Nov, 16:00, in 1 d 7 h."]


def test_the_clock_rests_while_the_asker_is_waited_for_and_he_is_told(asked, said, agent, customer, visiting_as):
    thread = asked()
    said(thread, 23, "10:00", by=agent, kind="question")

    assert "The clock rests while we wait for you." in said_about(thread, visiting_as(customer))
    assert "The clock rests while we wait for the asker." in said_about(thread, visiting_as(None))


def test_where_nothing_was_promised_nothing_is_said_of_it(customer, visiting_as):
    thread = make.thread(by=customer)
    make.reply(thread, kind="question")

    assert "clock rests" not in said_about(thread, visiting_as(customer))


def test_a_holiday_moves_what_is_read(asked, office, keeper, visiting_as):
    thread = asked(23, "16:20")
    add_holiday(office, 24)
    change_calendar(by=keeper, calendar=office)
    move_clocks_of.func(office.pk)

    assert "25 Nov, 12:20" in sentences(thread, visiting_as(None))[0]


@pytest.mark.parametrize("asked_for", ["", "?kind=response", "?show=missed&kind=solution"])
def test_each_figure_opens_the_list_it_counts(asked, said, agent, visiting_as, asked_for):
    _late, resting, kept, missed, running = (asked(23, "09:00", title=title) for title in ("A", "B", "C", "D", "E"))
    said(resting, 23, "10:00", by=agent, kind="question")
    said(kept, 23, "10:00", by=agent, kind="solution")
    said(missed, 23, "15:00", by=agent, kind="solution")
    said(running, 23, "10:00", by=agent, kind="workaround")
    clock.set_to(on(23, "16:00"))
    look_at_due_clocks.func()
    browser = visiting_as(agent)

    page = browser.get(f"/desk/clocks/{asked_for}")

    (tab,) = (tab for tab in page.context["tabs"] if tab.current)
    assert tab.count == len(page.context["page"].object_list)
    for tab in (*page.context["tabs"], *page.context["kinds"]):
        assert len(browser.get(tab.url).context["page"].object_list) == tab.count
    for figure in page.context["figures"]:
        assert len(browser.get(figure["kept_url"]).context["page"].object_list) == figure["kept"]
        assert len(browser.get(figure["missed_url"]).context["page"].object_list) == figure["missed"]
    response, solution = page.context["figures"]
    assert (response["kept"], response["missed"], response["percent"]) == (3, 2, 60)
    assert (solution["kept"], solution["missed"], solution["percent"]) == (2, 0, 100)


def test_what_is_late_stands_before_what_will_be(asked, said, agent, visiting_as):
    first = asked(23, "09:00", title="Late")
    clock.set_to(on(23, "14:30"))
    look_at_due_clocks.func()
    second = asked(23, "14:30", title="Soon")

    rows = visiting_as(agent).get("/desk/clocks/?kind=response").context["page"].object_list

    assert [row.thread for row in rows] == [first, second]


@pytest.mark.parametrize(("who", "status"), [("customer", 403), ("peer", 403), ("moderator", 200), ("agent", 200)])
def test_the_list_is_for_the_team(who, status, asked, visiting_as, request):
    asked(title="Keys expired")

    page = visiting_as(request.getfixturevalue(who)).get("/desk/clocks/")

    assert page.status_code == status
    assert ("Keys expired" in page.text) == (status == 200)


@pytest.mark.parametrize("query", ["show=everything", "kind=third", "show=%00"])
def test_a_list_that_there_is_not_is_not_found(agent, visiting_as, query):
    assert visiting_as(agent).get(f"/desk/clocks/?{query}").status_code == 404


def test_the_list_costs_the_same_few_queries_however_long_it_is(asked, agent, visiting_as, django_assert_num_queries):
    for number in range(3):
        asked(23, "09:00", title=f"Question {number}")
    browser = visiting_as(agent)
    cache.clear()

    # Session, member, counts, rows.
    with django_assert_num_queries(4):
        browser.get("/desk/clocks/")
