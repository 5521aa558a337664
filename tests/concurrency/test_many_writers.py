"""Eight people write into one thread at the same moment; nothing is lost, doubled or out of order."""

import time
from collections.abc import Callable
from functools import partial
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Avg, Count, F, Max

from community.threads.actions import post_reply
from community.threads.models import Lane, LogEntry, Post, Thread
from forum.consistency import faults
from tests import make
from tests.concurrency.sizes import LONG, crowded
from tests.server import Sender

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
REPLIES = 100
FORMS = 25
# So long each goes on by `make faults`, and how soon nineteen of twenty are answered, by writers (yardsticks F7).
SECONDS, ALONE = 60, 15
WITHIN = {8: 0.5, 16: 1.0, 32: 2.0}
# Replies a second.
AT_LEAST = 50


def p95_of(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def counted(thread: Thread) -> None:
    """One post and one row of the log for each number from 1 to the last, and the counters say the same."""
    thread.refresh_from_db()
    posts = Post.objects.filter(thread=thread)
    log = LogEntry.objects.filter(thread=thread, lane=Lane.ALL).order_by("seq")
    assert list(posts.order_by("number").values_list("number", flat=True)) == list(range(1, thread.post_count + 1))
    assert list(log.values_list("seq", flat=True)) == list(range(1, thread.seq + 1))
    assert list(log.values_list("post__number", flat=True)) == list(range(1, thread.post_count + 1))
    assert thread.reply_count == posts.count() - 1


def test_eight_people_write_a_hundred_replies_each(at_once, queued):
    thread, people = make.thread(), [make.member() for _ in range(WRITERS)]

    def write(by) -> None:
        for n in range(REPLIES):
            post_reply(by=by, thread=thread, body=f"Reply {n} by {by.handle}.", token=f"{by.pk}-{n}")

    began = time.monotonic()
    at_once([partial(write, by) for by in people])
    seconds = time.monotonic() - began

    counted(thread)
    assert thread.reply_count == WRITERS * REPLIES
    assert thread.follower_count == 1 + WRITERS
    each = Post.objects.filter(number__gt=1).values_list("author").annotate(n=Count("pk"))
    assert dict(each) == {by.pk: REPLIES for by in people}
    assert list(faults()) == []
    print(f"{connection.vendor}: {WRITERS * REPLIES / seconds:.0f} replies/s by {WRITERS} writers through the action")


# Eight where tests are short; two and four times as many by `make faults`.
@pytest.mark.parametrize("writers", [WRITERS] if not LONG else [*WITHIN])
def test_writers_readers_and_a_report_do_not_get_in_each_others_way(server, at_once, tally, writers):
    thread, people = make.thread(), [make.member() for _ in range(writers)]
    senders = [Sender.of(server, by) for by in people]
    connection.close()
    before = crowded()
    server.start()
    done = Event()

    def write(writer: int, seconds: float, times: list[float]) -> None:
        until, n = time.monotonic() + seconds, 0
        try:
            while time.monotonic() < until if LONG else n < FORMS:
                began = time.monotonic()
                token = f"{writer}-{began}"
                answer = senders[writer].post(f"/threads/{thread.pk}/reply/", body=f"Reply {token}.", token=token)
                times.append(time.monotonic() - began)
                assert answer.status == 302, answer.text
                n += 1
        finally:
            done.set()

    def write_beside(*others: Callable[[], int], seconds: float) -> tuple[list[float], float, list[int]]:
        """How long each form took, how many were answered a second, and what the others told."""
        times: list[float] = []
        began = time.monotonic()
        told = at_once([*(partial(write, writer, seconds, times) for writer in range(writers)), *others])
        return sorted(times), len(times) / (time.monotonic() - began), told[writers:]

    def read_long() -> int:
        """One look at everything that lasts until the others are done, as a backup has it."""
        seen = 0
        while not done.is_set():
            for post in Post.objects.iterator(chunk_size=5):
                seen += bool(post.body)
                done.wait(0.02)
        return seen

    def report() -> int:
        made = 0
        while not done.wait(0.1):
            list(Post.objects.values("thread", "author").annotate(n=Count("pk"), last=Max("created_at")))
            list(Thread.objects.annotate(wait=Avg(F("posts__created_at") - F("created_at"))).values("wait"))
            made += 1
        return made

    alone = [write_beside(seconds=ALONE)] if LONG else []
    done.clear()
    times, rate, (seen, made) = write_beside(read_long, report, seconds=SECONDS)
    # Once more, as others on this machine come and go.
    alone += [write_beside(seconds=ALONE)] if LONG else []
    server.stop()

    counted(thread)
    assert thread.reply_count == len(times) + sum(len(quiet) for quiet, _rate, _told in alone)
    assert "locked" not in server.log
    assert "Traceback" not in server.log
    assert list(faults()) == []
    call_command("check_consistency")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    p95 = p95_of(times)
    if LONG:
        others = max(before, crowded())
        # Where the machine does not give as much to writers alone, a reader and a report at most halve what it gives.
        assert p95 <= max(WITHIN[writers] * others, 2 * max(p95_of(quiet) for quiet, _rate, _told in alone))
        assert rate >= min(AT_LEAST / others, min(quiet_rate for _times, quiet_rate, _told in alone) / 2)
    more = f"{rate:.0f} replies/s, p95 {p95 * 1000:.0f} ms, beside {made} reports and a reader of {seen} rows"
    more += "".join(f"; alone {per:.0f}/s, {p95_of(quiet) * 1000:.0f} ms" for quiet, per, _told in alone)
    tally("F7", writers=writers, acknowledged=len(times), lost=0, doubled=0, more=more)
