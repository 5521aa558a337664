"""Two machines whose clocks are ten minutes apart write into one thread: it reads in the order in which it was said."""

from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.threads.models import LogEntry, Post, Thread
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db

TEN_MINUTES = timedelta(minutes=10)
# An ordinary day, the hour that clocks in Europe go through twice, a leap day, and after the end of 32 bits.
DAYS = [
    datetime(2026, 5, 4, 10, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 55, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 58, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, tzinfo=UTC),
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_thread_reads_in_the_order_of_what_was_said_and_nothing_is_of_the_future(client, day):
    clock.set_to(day)
    thread = make.thread()
    said = [make.reply(thread, body=f"Word number {n}.") for n in range(2)]
    clock.set_to(day + TEN_MINUTES)
    said.append(make.reply(thread, body="Word number 2."))
    clock.set_to(day)
    said.append(make.reply(thread, body="Word number 3."))

    page = client.get(thread.get_absolute_url()).content.decode()

    places = [page.index(f"Word number {n}.") for n in range(4)]
    assert places == sorted(places)
    assert list(Post.objects.replies().order_by("number")) == said
    assert list(LogEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert Thread.objects.get().last_poster == said[-1].author
    assert "in the future" not in page
    assert [fault for fault in faults() if "index" not in fault] == []
