"""What an erased member was called is not only found no more: SQLite's file does not hold it either."""

from pathlib import Path

import pytest
from django.db import connection
from django.tasks import default_task_backend

from community.people import actions
from community.search import entries
from community.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

NAME = b"zwerq"


@pytest.fixture(autouse=True)
def _no_old_work():
    default_task_backend.clear()


def blocks_with_the_name() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM wagtailsearch_indexentry_fts_data")
        return sum(NAME in block for (block,) in cursor.fetchall())


def file_with_the_name() -> bool:
    with connection.cursor() as cursor:
        # What was written last stands in a journal beside the file, and comes into it now.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0
    return NAME in Path(connection.settings_dict["NAME"]).read_bytes().lower()


def test_the_index_and_the_file_forget_the_words_of_who_is_erased():
    quilla = make.member(handle="qx7", name="Quilla Zwerq")
    thread = make.thread(body="Quilla Zwerq told me so.")
    for number in range(30):
        # Each a segment of its own.
        entries.write(Post.objects.filter(pk=make.reply(thread, body=f"Word {number}.").pk).select_related("thread"))
    entries.write(thread.posts.filter(number=1).select_related("thread"))
    default_task_backend.clear()

    actions.erase(by=quilla, member=quilla)
    actions.forget(member_id=quilla.pk)
    # Where it was written, and where it says that it is gone.
    assert blocks_with_the_name() == 2
    assert file_with_the_name()
    for result in default_task_backend.results:
        if result.task.module_path.endswith("merge_segments"):
            result.task.call()

    assert blocks_with_the_name() == 0
    assert not file_with_the_name()
    assert entries.best(["told"]) == [thread.posts.get(number=1).pk]
