import re

import pytest
from django.urls import get_resolver

from community.moderation.actions import hide_post, hide_thread, lock_thread
from community.threads.actions import accept_answer, confirm_answer, delete_post, edit_post, retitle_thread, vote
from community.threads.models import Audience, Thread
from community.threads.models.thread import TAKEN_ADDRESSES
from community.threads.pages.html import post_html, regions_html
from community.tickets.actions import link_ticket
from tests import make

pytestmark = pytest.mark.django_db


def articles(page) -> dict[str, str]:
    """The posts of a page by their id, as they stand in its HTML."""
    found = re.findall(r'<article .*?id="(post-\d+)".*?</article>', page.content.decode(), re.DOTALL)
    whole = re.findall(r"<article .*?</article>", page.content.decode(), re.DOTALL)
    return dict(zip(found, whole, strict=True))


def long_thread(posts: int, *, by=None) -> Thread:
    thread = make.thread(by=by)
    people = [make.member() for _ in range(3)]
    for number in range(posts - 1):
        make.reply(thread, by=people[number % 3])
    thread.refresh_from_db()
    return thread


def test_every_other_spelling_of_the_address_leads_to_the_one_that_stays(client):
    thread = make.thread(title="Keys expired")

    for spelling in ("", "some-old-title/", "keys-expired/?page=1", "keys-expired/?page=01", "?page=1"):
        answer = client.get(f"/threads/{thread.pk}/{spelling}")
        assert (answer.status_code, answer["Location"]) == (301, f"/threads/{thread.pk}/keys-expired/")


@pytest.mark.parametrize("page", ["0", "-1", "NaN", "1e3", "", " 1", "²", "1_0", "%00", "' or 1=1"])
def test_what_is_no_page_number_is_not_found(client, page):
    thread = make.thread()

    assert client.get(f"{thread.get_absolute_url()}?page={page}").status_code == 404


@pytest.mark.parametrize("page", ["4", "1000000000", "9" * 5000])
def test_a_page_behind_the_last_leads_to_the_last(client, page):
    thread = long_thread(45)

    answer = client.get(f"{thread.get_absolute_url()}?page={page}")

    assert (answer.status_code, answer["Location"]) == (302, thread.get_absolute_url(3))


@pytest.mark.parametrize("pk", [0, 10**9, 10**18, 10**30])
def test_an_unknown_thread_is_not_found(client, pk):
    assert client.get(f"/threads/{pk}/").status_code == 404
    assert client.get(f"/posts/{pk}/").status_code == 404


def test_no_title_takes_the_address_of_something_else():
    inside = {
        str(found.pattern).split("/")[2]
        for pattern in get_resolver().url_patterns
        for found in getattr(pattern, "url_patterns", [])
        if re.fullmatch(r"threads/<int:pk>/[a-z-]+/", str(found.pattern))
    }

    assert inside <= TAKEN_ADDRESSES
    assert make.thread(title="Unread").get_absolute_url().endswith("/unread-thread/")


def test_a_page_holds_twenty_posts_and_keeps_them(client):
    thread = long_thread(41)

    shown = [len(articles(client.get(thread.get_absolute_url(page)))) for page in (1, 2, 3)]

    assert shown == [20, 20, 1]


def test_a_permalink_leads_to_the_page_of_its_post(client):
    thread = long_thread(45)
    post = thread.posts.get(number=41)

    assert client.get(post.permalink)["Location"] == f"{thread.get_absolute_url(3)}#post-{post.pk}"


def test_a_post_has_one_html_whoever_reads_it(customer, peer, moderator, agent, visiting_as):
    thread = make.thread(by=customer, product=(product := make.product()), version=product.versions.get())
    first = make.reply(thread, by=peer, kind="solution")
    make.reply(thread, by=agent, kind="workaround")
    removed = make.reply(thread, by=make.member())
    vote(by=customer, post=first)
    confirm_answer(by=customer, post=first, works=True)
    hide_post(by=moderator, post=removed, because="Spam.")
    readers = (None, customer, peer, moderator, agent)

    pages = [articles(visiting_as(reader).get(thread.get_absolute_url())) for reader in readers]

    assert all(page == pages[0] for page in pages)
    assert len(pages[0]) == 4


def test_what_arrives_over_the_socket_is_what_the_page_says(client, customer, peer, agent):
    thread = make.thread(by=customer)
    solution = make.reply(thread, by=agent, kind="solution")
    confirm_answer(by=peer, post=solution, works=True)
    thread = Thread.objects.for_page().get(pk=thread.pk)

    page = client.get(thread.get_absolute_url()).content.decode()
    regions = regions_html(thread)

    for html in (*regions.values(), post_html(solution, thread)):
        assert html.strip() in page
    assert set(regions) == {"notices", "head", "state", "best", "merged", "turn", "people"}


def test_a_removed_post_keeps_its_place_and_says_why(client, moderator, peer):
    thread = make.thread()
    hidden = make.reply(thread, by=peer, body="Buy seats here.")
    deleted = make.reply(thread, by=peer, body="Never mind me.")

    hide_post(by=moderator, post=hidden, because="Advertising.")
    delete_post(by=peer, post=deleted, because="Wrong thread.")
    page = client.get(thread.get_absolute_url()).content.decode()

    assert "Buy seats" not in page
    assert "Never mind" not in page
    assert "Hidden by a moderator. Reason: <bdi>Advertising.</bdi>" in page
    assert "Deleted by its author. Reason: <bdi>Wrong thread.</bdi>" in page


def test_notes_and_tickets_are_for_the_team(customer, moderator, agent, visiting_as):
    thread = make.thread(by=customer)
    make.reply(thread, by=agent, kind="note", body="Slot table counts retired devices.")
    link_ticket(by=agent, thread=thread, system="console", number="R-88")

    theirs = visiting_as(moderator).get(thread.get_absolute_url()).content.decode()
    askers = visiting_as(customer).get(thread.get_absolute_url()).content.decode()

    for secret in ("Slot table counts", "R-88", "For staff", "linked a ticket"):
        assert secret in theirs
        assert secret not in askers
    assert "took this to support" in askers


def test_what_happened_stands_between_the_posts(client, customer, peer, moderator):
    thread = make.thread(by=customer)
    answer = make.reply(thread, by=peer, kind="solution")
    confirm_answer(by=customer, post=answer, works=False)
    retitle_thread(by=moderator, thread=thread, title="Keys expired after rebuilding")
    make.reply(thread, by=peer, body="Then try this.")

    page = client.get(Thread.objects.get(pk=thread.pk).get_absolute_url()).content.decode()

    order = ["Reply", "still broken</span>", "changed the title or tags", "Then try this."]
    places = [page.index(words, page.index("data-live-record")) for words in order if words != "still broken</span>"]
    assert places == sorted(places)
    assert f'<a href="/posts/{answer.pk}/">this answer</a>: still broken' in page


def test_others_words_are_counted_and_leave_no_line(client, customer, peer, agent):
    thread = make.thread(by=customer)
    answer = make.reply(thread, by=agent, kind="solution")
    for _ in range(3):
        confirm_answer(by=make.member(), post=answer, works=True)

    page = client.get(thread.get_absolute_url()).content.decode()

    assert page.count('class="entry event"') == 0
    assert "works for 3" in page


def test_events_stand_on_the_page_of_their_time(client, customer, moderator):
    thread = long_thread(20, by=customer)
    retitle_thread(by=moderator, thread=thread, title="At the end of page one")
    make.reply(thread)
    lock_thread(by=moderator, thread=thread, because="Done.")
    thread.refresh_from_db()

    first, second = (client.get(thread.get_absolute_url(page)).content.decode() for page in (1, 2))

    assert ("changed the title" in first, "changed the title" in second) == (True, False)
    assert ("locked this" in first, "locked this" in second) == (False, True)


def test_the_page_of_a_visitor_is_nobodys(client):
    thread = long_thread(3)

    page = client.get(thread.get_absolute_url())

    assert "csrf" not in page.content.decode()
    assert not page.cookies
    assert "data-mine" not in page.content.decode()


def test_the_page_of_a_member_is_kept_by_nobody_else(peer, visiting_as):
    page = visiting_as(peer).get(make.thread().get_absolute_url())

    assert "private" in page["Cache-Control"]


@pytest.mark.parametrize(("who", "status"), [("customer", 404), ("peer", 404), ("moderator", 200), ("agent", 200)])
def test_a_thread_of_the_team_is_found_only_by_the_team(who, status, request, visiting_as):
    thread = make.thread(by=make.member(role="agent"), audience=Audience.TEAM)

    page = visiting_as(request.getfixturevalue(who)).get(thread.get_absolute_url())

    assert page.status_code == status


def test_a_hidden_thread_is_gone_for_others_and_says_why(customer, peer, moderator, visiting_as):
    thread = make.thread(by=customer)
    post = thread.posts.get()

    hide_thread(by=moderator, thread=thread, because="Advertising.")

    for path in (thread.get_absolute_url(), f"/threads/{thread.pk}/", post.permalink, f"{post.permalink}menu/"):
        for reader in (None, peer):
            answer = visiting_as(reader).get(path)
            assert answer.status_code == 410
            assert "Advertising." in answer.content.decode()
    for reader in (customer, moderator):
        page = visiting_as(reader).get(thread.get_absolute_url())
        assert page.status_code == 200
        assert "Only the asker and the team can read this." in page.content.decode()


def test_a_deleted_thread_is_gone_for_everybody(customer, moderator, visiting_as):
    thread = make.thread(by=customer)

    delete_post(by=customer, post=thread.posts.get(), because="Solved myself.")

    for reader in (None, customer, moderator):
        assert visiting_as(reader).get(thread.get_absolute_url()).status_code == 410


def test_a_hidden_thread_nobody_could_read_was_never_there(moderator, peer, visiting_as):
    thread = make.thread(by=moderator, space=make.space(team_only=True))

    hide_thread(by=moderator, thread=thread, because="Wrong place.")

    assert visiting_as(peer).get(thread.get_absolute_url()).status_code == 404


def test_an_edited_post_says_so(client, customer):
    thread = make.thread(by=customer)

    edit_post(by=customer, post=thread.posts.get(), body="Since Monday nothing is signed.", seen_revision=0)

    assert "/history/" in client.get(thread.get_absolute_url()).content.decode()


def test_accepting_moves_the_answer_to_the_top_once(client, customer, peer, agent):
    thread = make.thread(by=customer)
    answer = make.reply(thread, by=peer, kind="solution", body="Free the slot, then renew.")

    accept_answer(by=agent, post=answer)
    page = client.get(thread.get_absolute_url()).content.decode()

    shown = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert shown.count("<p>Free the slot, then renew.</p>") == 1
    assert client.get(answer.permalink)["Location"] == f"{thread.get_absolute_url()}#best"
