"""What a month was like: every figure is the length of the list it opens, and the outcomes share out the cases."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import (
    accept_deadline,
    answer_complaint,
    answer_offer,
    call_about,
    complain,
    decline_deadline,
    judge_promise,
    make_offer,
    make_promise,
    state_deadline,
    write_down,
)
from community.desk.models import Breach, Complaint, Deadline
from community.desk.tasks import look_at_due_clocks
from community.moderation.actions import close_thread
from community.people.models import Role
from community.threads.actions import confirm_answer
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db

NOVEMBER = "/desk/reports/?month=2026-11"


@pytest.fixture
def october(db) -> None:
    """When the seats were given."""
    clock.set_to(on(1, "09:00", month=10))


@pytest.fixture
def november(october, promised, customer, peer, agent, live, asked, said, shift) -> None:
    """One of everything in November, and in December what must not change it."""
    kept = asked(2, "09:00", title="Kept")
    clock.set_to(on(2, "10:00"))
    promise = make_promise(by=agent, thread=kept, what="A key", until=on(3, "10:00"))
    judge_promise(by=customer, promise=promise, word="kept")
    offer = make_offer(by=agent, thread=kept, what="A visit tonight")
    answer_offer(by=customer, offer=offer, accepts=False)
    solution = said(kept, 2, "16:00", by=agent, kind="solution")
    confirm_answer(by=customer, post=solution, works=True)
    complain(by=peer, thread=kept, words="It came back.")

    asked(3, "09:00", title="Late")
    clock.set_to(on(6, "09:00"))
    look_at_due_clocks.func()
    for asker, decide in ((live.caller, accept), (customer, decline)):
        thread = make.thread(by=asker, title="Needed today")
        stated = state_deadline(by=asker, thread=thread, at=on(6, "12:00"), otherwise="We stand still.")
        decide(agent, stated)
    state_deadline(by=peer, thread=make.thread(by=peer, title="Open"), at=on(6, "12:00"), otherwise="So.")
    private = {"space": make.space(), "title": "By telephone", "body": "It stops.", "channel": "telephone"}
    write_down(by=agent, asker=peer, came_at=on(6, "08:00"), **private)
    close_thread(by=make.member(role=Role.MODERATOR), thread=make.thread(by=peer, title="Over"), because="So.")
    shift(agent, day=6)
    asks = {"title": "The night run stops", "body": "At half past two.", "severity": "high"}
    call_about(by=live.caller, organisation=live.organisation, space=make.space(), **asks)


def accept(agent, deadline):
    accept_deadline(by=agent, deadline=deadline, what="A key", until=deadline.at - timedelta(hours=1))


def decline(agent, deadline):
    decline_deadline(by=agent, deadline=deadline, because="Nobody can.")


def figures(browser, address=NOVEMBER) -> dict[str, int]:
    """Every figure of the page by where it leads."""
    sections = browser.get(address).context["sections"]
    links = [tab for _head, _more, reports in sections for each in reports for tab in (each["all"], *each["outcomes"])]
    return {tab.url: tab.count for tab in links}


def test_every_figure_opens_the_list_it_counts_and_the_outcomes_are_the_cases(november, agent, visiting_as):
    browser = visiting_as(agent)

    pages = {url: browser.get(url).context["page"] for url in figures(browser)}

    assert figures(browser) == {url: len(page.object_list) for url, page in pages.items()}
    for _heading, _more, reports in browser.get(NOVEMBER).context["sections"]:
        for each in reports:
            assert each["all"].count == sum(tab.count for tab in each["outcomes"]), each["report"].key


def test_the_figures_say_what_happened(november, agent, visiting_as):
    page = visiting_as(agent).get(NOVEMBER)

    shown = {each["report"].key: each for _h, _m, reports in page.context["sections"] for each in reports}
    counts = {key: {str(tab.words): tab.count for tab in each["outcomes"]} for key, each in shown.items()}
    assert counts["promises"]["kept"] == 1
    assert (counts["deadlines"]["accepted"], counts["deadlines"]["declined"]) == (1, 1)
    assert counts["deadlines"]["not decided"] == 1
    assert [shown[size]["percent"] for size in ("alone", "small", "large")] == [0, 100, None]
    assert counts["offers"] == {"accepted": 0, "not needed": 1, "not answered": 0}
    assert counts["response"]["late"] == Breach.objects.filter(kind="response").count() == 1
    assert counts["doors"]["came privately, written down"] == 1
    assert counts["closed"] == {"without an answer": 1, "answered before": 0}
    assert counts["complaints"]["waiting, in time"] + counts["complaints"]["late"] == 1
    assert shown["calls"]["all"].count == 1
    assert shown["plan"]["middle"] == timedelta(minutes=30)


def test_a_month_that_is_over_reads_the_same_whatever_comes(november, agent, peer, customer, visiting_as):
    browser = visiting_as(agent)
    clock.set_to(on(1, "09:00", month=12))
    look_at_due_clocks.func()
    before = figures(browser)

    clock.set_to(on(15, "09:00", month=12))
    decline(agent, Deadline.objects.to_decide().first())
    answer_complaint(by=agent, complaint=Complaint.objects.get(), answer="Thank you.")
    make_offer(by=agent, thread=make.thread(by=peer), what="A visit")

    assert figures(browser) == before


def test_whoever_is_not_of_support_reads_no_more_than_in_its_lists(november, customer, visiting_as):
    moderator = visiting_as(make.member(role=Role.MODERATOR))

    of_the_team = {"response", "solution", "reply", "plan", "delivery", "doors", "closed"}
    assert {each.key for each in shown_to(moderator)} == of_the_team
    assert moderator.get("/desk/reports/complaints/?month=2026-11").status_code == 403
    # The request that the call opened is between the organisation and support.
    assert "The night run" not in moderator.get("/desk/reports/reply/?month=2026-11").content.decode()
    for address in (NOVEMBER, "/desk/reports.csv", "/desk/reports/reply/"):
        assert visiting_as(customer).get(address).status_code == 403
        assert visiting_as(None).get(address).status_code == 302


def shown_to(browser):
    return [each["report"] for _h, _m, reports in browser.get(NOVEMBER).context["sections"] for each in reports]


def test_the_table_to_take_along_has_the_same_figures(november, agent, visiting_as):
    browser = visiting_as(agent)

    rows = browser.get("/desk/reports.csv?month=2026-11").content.decode().split("\r\n")

    assert rows[0] == "month,report,outcome,count,median_minutes"
    assert "2026-11,promises,kept,1," in rows
    assert "2026-11,plan,,8,30" in rows


def test_a_month_without_anything_says_so_and_others_are_a_link_away(agent, visiting_as):
    clock.set_to(on(23, "09:00"))
    page = visiting_as(agent).get("/desk/reports/").content.decode()

    assert "Nothing happened in this month." in page
    assert "/desk/reports/?month=2026-10" in page
    assert "?month=2026-12" not in page
    for odd in ("?month=2026-12", "?month=x", "nothing/", "reply-/", "reply-none/"):
        assert visiting_as(agent).get(f"/desk/reports/{odd}").status_code == 404


def test_the_page_asks_no_more_however_much_there_is(november, agent, visiting_as, django_assert_max_num_queries):
    browser = visiting_as(agent)

    with django_assert_max_num_queries(14):
        browser.get(NOVEMBER)
    with django_assert_max_num_queries(8):
        browser.get("/desk/reports/reply/?month=2026-11")
