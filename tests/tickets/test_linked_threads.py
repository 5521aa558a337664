import pytest

from community.moderation.actions import move_thread
from community.people.models import Role
from community.threads.actions import delete_post
from community.tickets.actions import link_ticket, unlink_ticket
from tests import make

pytestmark = pytest.mark.django_db


def link(by, thread, number):
    return link_ticket(by=by, thread=thread, system="console", number=number)


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("customer", 403), ("moderator", 200), ("agent", 200)])
def test_the_list_is_for_the_team(who, status, request, visiting_as):
    page = visiting_as(request.getfixturevalue(who) if who else None).get("/desk/tickets/")

    assert page.status_code == status
    if status == 403:
        assert "The desk is for the team." in page.text


def test_where_nothing_is_linked_the_page_says_so(agent, visiting_as):
    page = visiting_as(agent).get("/desk/tickets/")

    assert "No thread is linked to a ticket." in page.text


def test_linked_threads_stand_there_newest_first_as_many_as_are_counted(agent, visiting_as):
    for number in range(21):
        link(agent, make.thread(title=f"Thread {number}"), f"R-{number}")
    unlink_ticket(by=agent, link=link(agent, make.thread(), "R-99"))
    browser = visiting_as(agent)

    first, second = browser.get("/desk/tickets/"), browser.get("/desk/tickets/?page=2")

    assert [link.number for link in first.context["page"]][:2] == ["R-20", "R-19"]
    assert len(first.context["page"]) + len(second.context["page"]) == 21
    assert '<span class="n faint">21</span>' in first.text
    assert "R-99" not in first.text + second.text


def test_links_of_deleted_threads_are_not_shown(agent, moderator, visiting_as):
    thread = make.thread(title="Gone")
    link(agent, thread, "R-88")
    delete_post(by=moderator, post=thread.posts.get(), because="Advertising.")

    assert "R-88" not in visiting_as(agent).get("/desk/tickets/").text


def test_a_thread_moved_among_the_team_keeps_its_ticket(agent, moderator, visiting_as):
    thread = make.thread()
    link(agent, thread, "R-88")

    move_thread(by=moderator, thread=thread, space=make.space(team_only=True))

    assert "R-88" in visiting_as(make.member(role=Role.AGENT)).get("/desk/tickets/").text
