"""Many people vote, follow and say "me too" and take it back, at once; a count is never anything but its rows."""

import random
from functools import partial

import pytest

from community.threads.actions import bookmark, follow, mark_read, me_too, post_reply, vote
from community.threads.models import Bookmark, Follow, MeToo, ReadMark, Thread, Vote
from forum.consistency import faults
from tests import make
from tests.concurrency.sizes import LONG

pytestmark = pytest.mark.django_db(transaction=True)

# Each person has two tabs open, so that the same click comes twice at once as well.
PEOPLE = 16 if LONG else 8
TABS = 2
CLICKS = 1_000 if LONG else 30


def test_counts_equal_rows_whatever_is_clicked_at_once(at_once, dice):
    thread = make.thread()
    posts = [make.reply(thread) for _ in range(2)]
    people = [make.member() for _ in range(PEOPLE)]

    def click(by, seed: int) -> None:
        own = random.Random(seed)
        for n in range(CLICKS):
            on = own.random() < 0.6
            what = own.choice(["vote", "vote", "follow", "me too", "bookmark", "read", "reply"])
            if what == "vote":
                assert vote(by=by, post=own.choice(posts), on=on) >= 0
            elif what == "follow":
                follow(by=by, thread=thread, on=on)
            elif what == "me too":
                assert me_too(by=by, thread=thread, on=on) >= 0
            elif what == "bookmark":
                bookmark(by=by, post=own.choice(posts), on=on)
            elif what == "read":
                mark_read(by=by, thread=thread, number=own.randint(1, 3))
            elif own.random() < 0.2:
                # The whole row of the thread is written, beside everybody's clicks.
                post_reply(by=by, thread=thread, body=f"Reply {seed} {n}.")

    at_once([partial(click, by, dice.getrandbits(32)) for by in people for _tab in range(TABS)])

    assert [fault for fault in faults() if "index" not in fault] == []
    thread.refresh_from_db()
    assert thread.me_too_count == MeToo.objects.filter(thread=thread).count()
    assert thread.follower_count == Follow.objects.filter(thread=thread).count()
    for post in posts:
        post.refresh_from_db()
        assert post.vote_count == Vote.objects.filter(post=post).count()
    assert Bookmark.objects.count() <= PEOPLE * len(posts)
    assert ReadMark.objects.filter(thread=thread, member__in=people).count() <= PEOPLE


def test_the_same_click_from_many_tabs_counts_once(at_once):
    thread, member = make.thread(), make.member()
    post = make.reply(thread)

    for on, rows in ((True, 1), (False, 0), (True, 1)):
        at_once([partial(vote, by=member, post=post, on=on) for _tab in range(8)])
        at_once([partial(me_too, by=member, thread=thread, on=on) for _tab in range(8)])
        at_once([partial(mark_read, by=member, thread=thread, number=2) for _tab in range(8)])

        post.refresh_from_db()
        assert post.vote_count == rows
        assert Thread.objects.get(pk=thread.pk).me_too_count == rows
    assert [fault for fault in faults() if "index" not in fault] == []
