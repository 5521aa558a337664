"""The team reads the number; the asker and everybody else read "with support", and nothing of what is inside."""

import pytest

from community.search import entries
from community.threads.models import Post
from community.tickets.actions import link_ticket, unlink_ticket
from tests import make

pytestmark = pytest.mark.django_db

NUMBER, ADDRESS = "SECRET-8841", "https://tickets.example/secret"


@pytest.fixture
def thread(customer, peer, agent):
    made = make.thread(by=customer, title="Keys expired", space=make.space("Mail", slug="mail"))
    answer = make.reply(made, by=peer, kind="solution")
    link_ticket(by=agent, thread=made, system="console", number=NUMBER, url=ADDRESS, post=answer)
    entries.write(Post.objects.select_related("thread"))
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("who", [None, "customer", "peer"])
def test_no_page_frame_or_feed_names_the_ticket_to_others(who, thread, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who) if who else None)
    answer = thread.posts.get(number=2)
    pages = [
        thread.get_absolute_url(),
        f"/threads/{thread.pk}/since/0/",
        f"/threads/{thread.pk}/state/",
        f"/posts/{answer.pk}/menu/",
        f"/posts/{answer.pk}/history/",
        "/threads/",
        "/spaces/mail/",
        "/people/fenwick/",
        "/people/desk-two/",
        "/feeds/threads/",
        f"/feeds/threads/{thread.pk}/",
        "/search/?q=keys",
        f"/search/?q={NUMBER}",
        "/",
        "/sitemap-threads.xml",
    ]

    for address in pages:
        text = browser.get(address, follow=True).text
        # What was typed into the search is shown again, and found nowhere.
        text = text.replace(f'value="{NUMBER}"', "").replace(f"<title>{NUMBER}: ", "")
        text = text.replace(f'name="next" value="/search/?q={NUMBER}"', "")
        assert NUMBER not in text, address
        assert ADDRESS not in text, address
    for address in (f"/threads/{thread.pk}/since/0/?lane=team", f"/threads/{thread.pk}/ticket/", "/desk/"):
        assert browser.get(address).status_code in (302, 403, 404), address


@pytest.mark.parametrize("who", [None, "customer", "peer"])
def test_everybody_reads_with_support(who, thread, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who) if who else None)

    assert "With support" in browser.get(thread.get_absolute_url()).text
    assert [row.worth for row in browser.get("/threads/").context["rows"]] == ["With support"]


def test_once_unlinked_nobody_reads_it_in_lists(thread, agent, client):
    unlink_ticket(by=agent, link=thread.ticket_links.get())

    assert [row.worth for row in client.get("/threads/").context["rows"]] == [""]


@pytest.mark.parametrize("who", ["moderator", "agent"])
def test_the_team_has_the_number_beside_the_thread_and_at_the_desk(who, thread, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who))

    for address in (thread.get_absolute_url(), "/desk/tickets/"):
        page = browser.get(address)
        assert f'href="{ADDRESS}"' in page.text
        assert NUMBER in page.text


def test_only_support_is_offered_to_link(thread, moderator, agent, visiting_as):
    link = f'href="/threads/{thread.pk}/ticket/"'

    assert link in visiting_as(agent).get(thread.get_absolute_url()).text
    assert link not in visiting_as(moderator).get(thread.get_absolute_url()).text
