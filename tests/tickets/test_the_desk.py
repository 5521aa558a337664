from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import hide_thread, move_thread
from community.people.models import Role
from community.threads.actions import accept_answer, delete_post
from community.threads.models import Audience
from community.tickets.actions import link_ticket, unlink_ticket
from tests import make

pytestmark = pytest.mark.django_db


def link(by, thread, number):
    return link_ticket(by=by, thread=thread, system="console", number=number)


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("customer", 403), ("moderator", 200), ("agent", 200)])
def test_the_desk_is_for_the_team(who, status, request, visiting_as):
    page = visiting_as(request.getfixturevalue(who) if who else None).get("/desk/")

    assert page.status_code == status
    if status == 403:
        assert "The desk is for the team." in page.text


def test_every_number_at_the_desk_equals_the_list_it_leads_to(agent, moderator, visiting_as):
    make.thread()
    make.reply(make.thread(), kind="question")
    make.reply(make.thread(), kind="workaround")
    accept_answer(by=agent, post=make.reply(make.thread(), kind="solution"))
    make.thread(by=agent, audience=Audience.TEAM)
    make.thread(space=make.space(team_only=True), by=agent)
    hide_thread(by=moderator, thread=make.thread(), because="Advertising.")
    browser = visiting_as(agent)

    desk = browser.get("/desk/")

    for show in ("waiting_us", "unanswered", "workaround", "waiting_asker", "answered"):
        listed = browser.get(f"/threads/?show={show}").context["page"].paginator.count
        assert desk.context["counts"][f"in_{show}"] == listed
        assert f'<a href="/threads/?show={show}">{listed}</a>' in desk.text


def test_what_has_waited_longest_stands_first(agent, visiting_as):
    clock.set_to(clock.now())
    for title in ("First", "Second", "Third"):
        make.thread(title=title)
        clock.advance(timedelta(hours=1))

    rows = visiting_as(agent).get("/desk/").context["waiting"]

    assert [row.title for row in rows] == ["First", "Second", "Third"]


def test_where_nobody_waits_and_nothing_is_linked_the_desk_says_so(agent, visiting_as):
    page = visiting_as(agent).get("/desk/")

    assert "Nobody waits for us." in page.text
    assert "No thread is linked to a ticket." in page.text


def test_linked_threads_stand_there_newest_first_as_many_as_are_counted(agent, visiting_as):
    for number in range(21):
        link(agent, make.thread(title=f"Thread {number}"), f"R-{number}")
    unlink_ticket(by=agent, link=link(agent, make.thread(), "R-99"))
    browser = visiting_as(agent)

    first, second = browser.get("/desk/"), browser.get("/desk/?page=2")

    assert [link.number for link in first.context["page"]][:2] == ["R-20", "R-19"]
    assert len(first.context["page"]) + len(second.context["page"]) == 21
    assert '<a href="#tickets">21</a>' in first.text
    assert "R-99" not in first.text + second.text


def test_links_of_deleted_threads_are_not_shown(agent, moderator, visiting_as):
    thread = make.thread(title="Gone")
    link(agent, thread, "R-88")
    delete_post(by=moderator, post=thread.posts.get(), because="Advertising.")

    assert "R-88" not in visiting_as(agent).get("/desk/").text


def test_a_thread_moved_among_the_team_keeps_its_ticket(agent, moderator, visiting_as):
    thread = make.thread()
    link(agent, thread, "R-88")

    move_thread(by=moderator, thread=thread, space=make.space(team_only=True))

    assert "R-88" in visiting_as(make.member(role=Role.AGENT)).get("/desk/").text
