"""What is between an organisation and support stays there, by every way in."""

import pytest

from community.moderation.actions import flag_thing
from community.organisations.actions import end_seat, give_seat
from community.people.models import Role
from community.policy import NotAllowed
from community.search.catching_up import catch_up
from community.threads.actions import confirm_answer, post_reply, vote
from community.threads.models import Kind, Post, Thread
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_by(visiting_as, fenwick, rival, peer, moderator, agent):
    """A browser by what its person is to Fenwick Freight."""
    people = {
        "caller": fenwick.caller,
        "reader": fenwick.reader,
        "rival": rival,
        "peer": peer,
        "moderator": moderator,
        "agent": agent,
        "visitor": None,
    }
    return lambda who: visiting_as(people[who])


WHO = [
    ("caller", True),
    ("reader", True),
    ("agent", True),
    ("rival", False),
    ("peer", False),
    ("moderator", False),
    ("visitor", False),
]


@pytest.mark.parametrize(("who", "reads"), WHO)
def test_by_every_way_in(seen_by, opened, fenwick, who, reads):
    space = make.space()
    request = opened(title="Zeppelin timetable", body="Zeppelin words", space=space)
    post = post_reply(by=fenwick.caller, thread=request.thread, body="More zeppelin words")
    file = make.attachment(by=fenwick.caller, post=post)
    list(catch_up())
    browser = seen_by(who)
    thread = request.thread

    for address in (
        thread.get_absolute_url(),
        f"/posts/{post.pk}/",
        f"/threads/{thread.pk}/since/0/",
        f"/threads/{thread.pk}/state/",
        file.get_absolute_url(),
    ):
        assert (browser.get(address, follow=True).status_code == 200) is reads, address
    for address in ("/threads/", space.get_absolute_url(), "/search/?q=timetable", f"/people/{fenwick.caller.handle}/"):
        assert ("eppelin" in browser.get(address).content.decode()) is reads, address
    assert "eppelin" not in browser.get("/feeds/latest/", follow=True).content.decode()
    if who != "visitor":
        assert ("eppelin" in browser.get("/requests/").content.decode()) is reads


def test_who_lost_his_seat_no_longer_reads_what_he_wrote(visiting_as, fenwick, opened, keeper):
    request = opened()

    end_seat(by=keeper, seat=seat_of(fenwick.caller, fenwick.organisation))

    assert visiting_as(fenwick.caller).get(request.thread.get_absolute_url()).status_code == 404


def test_secondary_access_says_and_does_nothing_in_it(fenwick, opened):
    request = opened()
    answer = post_reply(by=fenwick.manager, thread=request.thread, body="Restart it.", kind=Kind.SOLUTION)

    for try_it in (
        lambda: post_reply(by=fenwick.reader, thread=request.thread, body="Me too"),
        lambda: vote(by=fenwick.reader, post=answer),
        lambda: confirm_answer(by=fenwick.reader, post=answer, works=True),
    ):
        with pytest.raises(NotAllowed, match="You read along here"):
            try_it()

    assert Post.objects.filter(author=fenwick.reader).count() == 0


def test_every_named_caller_goes_on_with_what_another_has_opened(fenwick, opened, keeper):
    request = opened()
    colleague = make.member("colleague")
    give_seat(by=keeper, organisation=fenwick.organisation, member=colleague, kind="caller")

    assert post_reply(by=colleague, thread=request.thread, body="It is the same on the other machine.").number == 2


def test_a_moderator_who_is_a_customer_too_reads_it_as_a_customer(visiting_as, fenwick, opened, keeper):
    request = opened()
    note = post_reply(by=fenwick.manager, thread=request.thread, body="They are behind on payments.", kind=Kind.NOTE)
    moderator = make.member("both-at-once", role=Role.MODERATOR)
    give_seat(by=keeper, organisation=fenwick.organisation, member=moderator, kind="caller")
    browser = visiting_as(moderator)

    page = browser.get(request.thread.get_absolute_url())

    assert page.status_code == 200
    assert "payments" not in page.content.decode()
    assert browser.get(f"/posts/{note.pk}/").status_code == 404
    assert browser.get(f"/threads/{request.thread.pk}/since/0/?lane=team").status_code == 404
    assert note not in Post.objects.visible_to(moderator)
    with pytest.raises(NotAllowed):
        post_reply(by=moderator, thread=request.thread, body="A note", kind=Kind.NOTE)


def test_flags_and_decisions_about_it_are_for_support(visiting_as, fenwick, opened, moderator, keeper):
    request = opened(title="Zeppelin timetable")
    flag_thing(by=fenwick.manager, thing=request.thread.posts.get(), why="abuse", words="")

    for address in ("/moderation/", "/moderation/log/"):
        assert "Zeppelin" not in visiting_as(moderator).get(address).content.decode()
    assert "Zeppelin" in visiting_as(keeper).get("/moderation/").content.decode()


def test_two_organisations_do_not_meet_in_one_person(visiting_as, fenwick, founded, keeper, opened):
    harbour = founded("Harbour Dental")
    give_seat(by=keeper, organisation=harbour, member=fenwick.caller, kind="reader")
    opened(title="Of Fenwick")
    opened(by=keeper, organisation=harbour, title="Of Harbour")

    page = visiting_as(fenwick.caller).get("/requests/").content.decode()

    assert "Of Fenwick" in page
    assert "Of Harbour" in page
    assert [thread.title for thread in Thread.objects.visible_to(fenwick.reader)] == ["Of Fenwick"]
    narrowed = visiting_as(fenwick.caller).get("/requests/?organisation=harbour-dental").content.decode()
    assert "Of Fenwick" not in narrowed
