"""One place for everything open: what stands in which list, in what order, and who sees it."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from community import clock
from community.desk.actions import assign_thread, claim_thread, escalate, snooze_thread, state_deadline, take_thread
from community.desk.models import Team
from community.threads.actions import confirm_answer
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db

LISTS = ("ours", "late", "unanswered", "came-back", "contradictions", "mine", "teams", "to-confirm", "asker", "snoozed")


def titles(page) -> list[str]:
    return [row.thread.title for row in page.context["rows"]]


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("customer", 403), ("moderator", 200), ("agent", 200)])
def test_the_desk_is_for_the_team(who, status, request, visiting_as):
    page = visiting_as(request.getfixturevalue(who) if who else None).get("/desk/")

    assert page.status_code == status
    if status == 403:
        assert "The desk is for the team." in page.text


def test_each_count_is_the_length_of_its_list(asked, said, agent, peer, customer, visiting_as):
    team = Team.objects.create(name="Mail")
    team.members.add(agent)
    threads = [asked(23, f"09:{place:02}", title=f"Thread {place}") for place in range(9)]
    said(threads[1], 23, "09:20", by=agent, kind="question")
    said(threads[2], 23, "09:21", by=agent, kind="question")
    said(threads[2], 23, "09:30", by=customer)
    answer = said(threads[3], 23, "09:31", by=agent, kind="solution")
    confirm_answer(by=customer, post=answer, works=False)
    said(threads[4], 23, "09:32", by=agent, kind="solution")
    take_thread(by=agent, thread=threads[5])
    assign_thread(by=agent, thread=threads[6], team=team)
    said(threads[7], 23, "09:33", by=peer)
    snooze_thread(by=agent, thread=threads[8], until=on(27, "09:00"), because="The carrier looks.")
    clock.set_to(on(23, "15:00"))
    browser = visiting_as(agent)

    found = {show: browser.get("/desk/", {"show": show}) for show in LISTS}

    for page in found.values():
        assert {tab.key: tab.count for tab in page.context["tabs"] + page.context["more_tabs"]} == {
            show: len(found[show].context["rows"]) for show in LISTS
        }
    assert {show: sorted(title[-1] for title in titles(page)) for show, page in found.items()} == {
        "ours": list("023567"),
        "late": list("05678"),
        "unanswered": list("056"),
        "came-back": ["2"],
        "contradictions": ["3"],
        "mine": ["5"],
        "teams": ["6"],
        "to-confirm": ["4"],
        "asker": ["1"],
        "snoozed": ["8"],
    }


def test_what_breaks_next_stands_first_and_what_has_no_clock_last(asked, said, agent, customer, visiting_as):
    asked(23, "10:00", title="Later")
    asked(23, "09:00", title="Sooner")
    make.thread(by=agent, title="Ours alone")
    clock.set_to(on(23, "14:30"))

    page = visiting_as(agent).get("/desk/")

    assert titles(page) == ["Sooner", "Later", "Ours alone"]
    assert page.context["rows"][0].is_late
    assert not page.context["rows"][1].is_late


def test_a_row_says_whose_it_is_how_severe_and_who_is_writing(promised, agent, lead, visiting_as):
    fenwick = make.organisation("Fenwick Freight")
    caller = make.seat(fenwick).member
    from community.requests.actions import open_request

    request = open_request(
        by=caller, organisation=fenwick, space=make.space(), title="No mail", body="None.", severity="critical"
    )
    claim_thread(by=lead, thread=request.thread)

    page = visiting_as(agent).get("/desk/").text

    for words in (request.number, "Fenwick Freight", "Critical", "lea</bdi> is writing", "nobody yet"):
        assert words in page


def test_a_moderator_sees_nothing_of_an_organisation(promised, moderator, agent, visiting_as):
    fenwick = make.organisation()
    make.thread(by=make.seat(fenwick).member, organisation=fenwick, title="Among us")
    make.thread(title="In public")

    seen, all_of_it = visiting_as(moderator).get("/desk/"), visiting_as(agent).get("/desk/")

    assert titles(seen) == ["In public"]
    assert {tab.key: tab.count for tab in seen.context["tabs"]}["ours"] == 1
    assert sorted(titles(all_of_it)) == ["Among us", "In public"]
    assert "data-take" not in seen.text


def test_an_open_page_is_told_how_many_came_into_its_list(agent, visiting_as):
    clock.set_to(on(23, "09:00"))
    browser = visiting_as(agent)
    since = browser.get("/desk/").context["since"]
    clock.advance(timedelta(minutes=1))
    thread = make.thread()
    make.reply(make.thread(), by=agent, kind="question")
    assign_thread(by=make.member(role="agent"), thread=thread, to=agent)

    counts = {show: browser.get("/desk/new/", {"show": show, "since": since}).json()["count"] for show in LISTS}

    assert {show for show, count in counts.items() if count} == {"ours", "unanswered", "mine", "asker"}
    assert set(counts.values()) == {0, 1}


@pytest.mark.parametrize("many", [3, 40])
def test_the_page_costs_fourteen_queries_at_most_however_many_rows(
    many, promised, agent, lead, visiting_as, django_assert_max_num_queries
):
    fenwick = make.organisation()
    for place in range(many):
        thread = make.thread(by=make.seat(fenwick, kind="caller").member) if place < 3 else make.thread()
        if place % 3 == 1:
            assign_thread(by=lead, thread=thread, to=lead)
        if place % 3 == 2:
            claim_thread(by=lead, thread=thread)
    browser = visiting_as(agent)
    cache.clear()

    with django_assert_max_num_queries(14) as counted:
        page = browser.get("/desk/")

    assert len(page.context["rows"]) == min(many, 30)
    assert len(counted) == 10


def test_what_waits_elsewhere_at_the_desk_is_counted_on_the_way_there(agent, visiting_as):
    company = make.organisation()
    caller = make.seat(company).member
    thread = make.thread(by=caller, organisation=company, space=make.space())
    state_deadline(by=caller, thread=thread, at=clock.now() + timedelta(hours=1), otherwise="We stand still.")
    escalate(by=caller, organisation=company, because="We stand still.")

    desk = visiting_as(agent)
    counts = desk.get("/desk/").context["beside"]

    assert counts == {"deadlines": 1, "escalations": 1, "complaints": 0, "calls": 0}
    assert len(desk.get("/desk/deadlines/").context["page"]) == counts["deadlines"]
    assert len(desk.get("/desk/escalations/").context["page"]) == counts["escalations"]
