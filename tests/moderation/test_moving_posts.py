"""Posts go to a thread that is there already: links lead on, counts are right, and seconds later all is as before."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import make_promise
from community.inbox.models import Notice, NoticeKind
from community.inbox.tasks import tell_of_moved_posts
from community.live.frames import catch_up
from community.moderation.actions import continue_batch, hide_thread, merge_thread, move_posts, undo_batch
from community.moderation.models import Batch, Decision, Verb
from community.policy import Invalid, NotAllowed, OutOfStep
from community.search import entries
from community.search.queries import Asked, found
from community.threads.actions import accept_answer, confirm_answer, delete_post, mark_read, post_reply
from community.threads.models import Audience, EntryKind, Post, State, Thread
from tests import make
from tests.moderation.test_merging import standing, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    clock.set_to(clock.now())
    yield
    clock.reset()


@pytest.fixture
def drifted(customer, peer):
    """Posts 3 and 4 are about printing."""
    thread = make.thread(by=customer, space=make.space("Mail", slug="mail"), title="Keys expired")
    make.reply(thread, by=peer, body="Which keys?")
    make.reply(thread, by=make.member("prints"), body="My zebra printer stands still.")
    make.reply(thread, by=make.member("knows"), body="Turn it off and on.", kind="solution")
    thread.refresh_from_db()
    return thread


@pytest.fixture
def printing():
    """Where they belong, asked before and answered by nobody."""
    thread = make.thread(by=make.member("prints-too"), space=make.space("Printing"), title="Printer stands still")
    clock.advance(timedelta(minutes=5))
    post_reply(by=make.member("waits"), thread=thread, body="Here as well.")
    thread.refresh_from_db()
    return thread


def move(thread: Thread, into: Thread, by, posts=(3, 4), because="They are about printing.") -> Batch:
    clock.advance(timedelta(minutes=5))
    made = move_posts(by=by, thread=thread, posts=list(posts), into=into, because=because)
    thread.refresh_from_db()
    into.refresh_from_db()
    return made


def test_they_stand_behind_what_was_said_there_and_their_links_lead_on(client, moderator, drifted, printing):
    third = drifted.posts.get(number=3)
    file = make.attachment(by=third.author, post=third)
    entries.write(Post.objects.select_related("thread"))

    move(drifted, printing, moderator)

    third.refresh_from_db()
    assert (third.thread, third.number, third.is_first) == (printing, 3, False)
    assert (drifted.post_count, drifted.reply_count, drifted.moved_count) == (4, 1, 2)
    assert (printing.post_count, printing.reply_count, printing.state) == (4, 3, State.ANSWERED)
    assert set(printing.follows.values_list("member__handle", flat=True)) >= {"prints", "knows"}
    old, new = client.get(drifted.address).text, client.get(printing.address).text
    assert ("zebra" not in old, old.count(f"moved to #{printing.pk}")) == (True, 2)
    assert "moved posts to another thread" in old
    new = new[new.index("data-live-record") :]
    order = ["Here as well.", "moved posts of another thread here", "zebra printer", "off and on"]
    assert sorted(order, key=new.index) == order
    # Whoever reads it there learns nothing of where it was.
    assert f"#{drifted.pk}" not in new
    assert client.get(third.permalink).url == f"{printing.address}#post-{third.pk}"
    file.refresh_from_db()
    assert file.post.thread == printing
    assert [hit.thread_id for hit in found(Asked("zebra"), moderator)] == [printing.pk]
    assert post_reply(by=drifted.author, thread=drifted, body="Back to keys.").number == 5
    assert not wrong()


def test_the_log_says_who_and_why_and_those_who_follow_are_told_once(moderator, drifted, printing):
    move(drifted, printing, moderator)

    assert drifted.log.latest("seq").kind == EntryKind.MOVED_AWAY
    assert list(printing.log.order_by("-seq").values_list("kind", flat=True)[:3]) == [
        EntryKind.REPLIED,
        EntryKind.REPLIED,
        EntryKind.MOVED_HERE,
    ]
    made = Decision.objects.get()
    assert (made.verb, made.because, made.after) == (
        Verb.MOVED_POSTS,
        "They are about printing.",
        f"#{printing.pk}",
    )
    last = printing.posts.get(number=4)
    for _twice in range(2):
        tell_of_moved_posts.func(printing.pk, last.pk, moderator.pk)
    told = Notice.objects.filter(kind=NoticeKind.MOVED_HERE).values_list("member__handle", "thread", "count")
    assert sorted(told) == [(handle, printing.pk, 1) for handle in ("knows", "prints", "prints-too", "waits")]


def test_open_pages_of_both_are_brought_up_to_date(moderator, drifted, printing):
    left, came = drifted.seq, printing.seq
    moved = list(drifted.posts.filter(number__gte=3).values_list("pk", flat=True))

    move(drifted, printing, moderator)

    caught = catch_up(drifted, left)
    assert all("moved to" in caught["frames"][-1]["regions"][f"post-{pk}"] for pk in moved)
    assert "zebra" not in str(catch_up(drifted, 0))
    frames = catch_up(printing, came)["frames"]
    assert [frame["place"] for frame in frames] == ["append"] * 3
    assert "zebra printer" in frames[1]["html"]
    assert "best" in frames[-1]["regions"]


def test_within_seconds_all_is_as_it_was(visiting_as, client, moderator, customer, agent, drifted, printing):
    accept_answer(by=agent, post=drifted.posts.get(number=4))
    confirm_answer(by=customer, post=drifted.posts.get(number=4), works=True)
    mark_read(by=customer, thread=drifted, number=4)
    drifted.refresh_from_db()
    before = standing(drifted, printing)
    browser = visiting_as(moderator)
    sent = {"posts": "3-4", "into": f"#{printing.pk}", "because": "They are about printing."}

    menu = browser.get(f"/posts/{drifted.posts.get(number=3).pk}/menu/").text
    assert f"/threads/{drifted.pk}/curate/?move=3-4#move_posts" in menu
    assert 'value="3-4"' in browser.get(f"/threads/{drifted.pk}/curate/?move=3-4").text
    answer = browser.post(f"/threads/{drifted.pk}/curate/move_posts/", sent)
    page = " ".join(browser.get(answer.url).text.split())
    drifted.refresh_from_db()
    assert (f'2 posts stand in <a href="{printing.address}">#{printing.pk}</a> now.' in page) is True
    assert (drifted.state, drifted.best) == (State.WAITING_US, None)
    seen = drifted.seq
    undone = browser.post(f"{answer.url}undo/")

    assert "Taken back: each post stands where it stood." in browser.get(undone.url).text
    after = standing(drifted, printing)
    # Numbers are given once: lines keep the two places that there were for seconds.
    assert (after[1].pop("post_count"), after[1].pop("moved_count")) == (4, 2)
    assert (before[1].pop("post_count"), before[1].pop("moved_count")) == (2, 0)
    assert after == before
    assert list(drifted.posts.order_by("number").values_list("number", "came_at")) == [(n, None) for n in range(1, 5)]
    assert client.get(drifted.address).text.count("moved to #") == 0
    assert "zebra printer" in catch_up(drifted, seen)["frames"][1]["html"]
    tell_of_moved_posts.func(drifted.pk, drifted.posts.get(number=4).pk, moderator.pk)
    assert not Notice.objects.filter(kind=NoticeKind.MOVED_HERE).exists()
    assert not wrong()


def test_a_promise_counts_where_it_was_made_and_an_answer_where_it_stands(
    moderator, customer, agent, visiting_as, drifted, printing
):
    until = clock.now() + timedelta(days=2)
    promise = make_promise(by=agent, thread=drifted, what="A new driver", until=until, body="I send you a driver.")
    answer = post_reply(by=agent, thread=drifted, body="Or print from a stick.", kind="solution")
    confirm_answer(by=customer, post=answer, works=True)

    move(drifted, printing, moderator, posts=[promise.post.number, answer.number])

    promise.refresh_from_db()
    answer.refresh_from_db()
    assert (promise.thread, promise.is_open) == (drifted, True)
    assert (promise.post.thread, printing.promises.count()) == (printing, 0)
    # Of support, and still accepted by it; whom it helped asks in another thread, and speaks there as one of all.
    assert (answer.is_official, printing.best, drifted.best) == (True, answer, None)
    assert (printing.accepted_by_support_at is not None, printing.confirmed_by_asker_at) == (True, None)
    assert (answer.others_confirmed_count, drifted.confirmed_by_asker_at) == (1, None)
    old, new = (visiting_as(customer).get(thread.address).text for thread in (drifted, printing))
    # What was promised stands over the one, the words in which it was said in the other.
    assert ("A new driver" in old, "I send you a driver." in old, "Or print from a stick." in old) == (
        True,
        False,
        False,
    )
    assert ("I send you a driver." in new, "Or print from a stick." in new) == (True, True)
    assert not wrong()


def test_what_somebody_answered_since_stays_and_later_it_is_too_late(moderator, peer, drifted, printing):
    made = move(drifted, printing, moderator)
    post_reply(by=peer, thread=printing, body="That helped me.")

    continue_batch(undo_batch(by=moderator, batch=made).pk)

    assert made.items.get().words == "Somebody has changed it since, so it stays."
    assert printing.posts.count() == 5
    again = move(drifted, printing, moderator, posts=[2])
    clock.advance(timedelta(seconds=13))
    with pytest.raises(OutOfStep, match="too late"):
        undo_batch(by=moderator, batch=again)
    assert not wrong()


def test_posts_that_go_back_by_hand_take_their_old_places(moderator, drifted, printing):
    move(drifted, printing, moderator)

    move(printing, drifted, moderator, because="It was about keys after all.")

    assert list(drifted.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert (drifted.moved_count, printing.moved_count, printing.reply_count) == (0, 2, 1)
    assert not wrong()


def test_what_cannot_be_moved_says_why_and_leaves_no_trace(moderator, customer, drifted, printing):
    closed = make.space("Cellar", team_only=True)
    merged = make.thread(space=printing.space)
    merge_thread(by=moderator, thread=merged, into=printing)
    hidden = hide_thread(by=moderator, thread=make.thread(), because="Advertising.")
    private = make.thread(audience=Audience.NAMED)
    inside = make.thread(by=moderator, space=closed)
    make.reply(inside, by=moderator, body="Among us.")
    inside.refresh_from_db()
    so_far = Decision.objects.count()
    for thread, into, posts, words in (
        (drifted, printing, [1, 2], "question stays"),
        (drifted, printing, [9], "no post 9"),
        (drifted, drifted, [3], "in this thread already"),
        (drifted, merged, [3], f"the one it leads to: #{printing.pk}"),
        (drifted, hidden, [3], "hidden or deleted"),
        (drifted, private, [3], "between few people"),
        (inside, printing, [2], "may read these posts"),
    ):
        with pytest.raises(Invalid, match=words):
            move(thread, into, moderator, posts=posts)
    delete_post(by=moderator, post=drifted.posts.get(number=4), because="Twice.")
    with pytest.raises(Invalid, match="no post 4"):
        move(drifted, printing, moderator)
    with pytest.raises(OutOfStep, match="was merged into"):
        move(merged, drifted, moderator, posts=[2])
    with pytest.raises(NotAllowed, match="Only moderators"):
        move(drifted, printing, customer, posts=[3])
    assert (Decision.objects.count(), drifted.posts.count()) == (so_far + 1, 4)
    assert not wrong()
