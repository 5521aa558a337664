"""Repeating an import, and finishing one that was killed."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from community.threads.importing import Importer
from community.threads.models import Post, Thread
from tests.importing.foreign import post, thread

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["threads.jsonl", "threads.jsonl.gz"])
def test_importing_again_adds_nothing(importing, file_of, everything_there, name):
    path = file_of(thread(1), thread(2, post(1), post(2, "grace")), name=name)
    first = importing(path)
    before = everything_there()

    again = importing(path)

    assert "Threads taken: 2" in first
    assert "Threads taken: 0, here already: 2, lines not taken: 0" in again
    assert everything_there() == before
    assert before["Thread"] == 2


def test_plain_and_packed_are_the_same_threads(importing, file_of, everything_there):
    importing(file_of(thread(1), name="threads.jsonl"))
    before = everything_there()

    importing(file_of(thread(1), name="other.jsonl.gz"))

    assert everything_there() == before


def test_the_same_thread_twice_in_one_file_is_taken_once(importing, file_of):
    importing(file_of(thread(1), thread(1)))

    assert Thread.objects.count() == 1


def test_a_thread_that_has_grown_meanwhile_is_reported_and_stays_as_it_was(importing, file_of):
    importing(file_of(thread(1)))

    report = importing(file_of(thread(1, post(1), post(2))))

    assert report.failed
    assert "Line 1 was not taken: thread 1 is here already" in report
    assert Post.objects.count() == 1


def test_another_place_with_the_same_ids_is_noticed(importing, file_of):
    importing(file_of(thread(1)))
    elsewhere = file_of(thread(1, post(1, at="2020-01-01T00:00:00Z")))

    refused = importing(elsewhere)
    taken = importing(elsewhere, source="elsewhere")

    assert "Line 1 was not taken: id 1 is here already as another thread" in refused
    assert "Threads taken: 1" in taken
    assert Thread.objects.count() == 2


def test_authors_of_two_places_are_two_people(importing, file_of):
    importing(file_of(thread(1, post(1, "ada"))))
    importing(file_of(thread(1, post(1, "ada"))), source="elsewhere")

    assert [one.author.handle for one in Thread.objects.order_by("pk")] == ["ada", "ada-2"]


def test_what_fails_half_way_leaves_whole_threads_and_the_next_run_finishes(importing, file_of, monkeypatch):
    path = file_of(*(thread(number, post(1, f"author-{number}"), post(2, "grace")) for number in range(1, 5)))
    write = Importer.write

    def stumble(importer, foreign, texts):
        written = write(importer, foreign, texts)
        if foreign.id == "3":
            raise RuntimeError("the power is gone")
        return written

    with monkeypatch.context() as patched:
        patched.setattr(Importer, "write", stumble)
        with pytest.raises(RuntimeError):
            importing(path)
    assert sorted(Thread.objects.values_list("imported__foreign_id", flat=True)) == ["1", "2"]
    assert Post.objects.count() == 4

    report = importing(path)

    assert "Threads taken: 2, here already: 2" in report
    assert Post.objects.count() == 8
    assert [one.author.handle for one in Thread.objects.order_by("pk")] == [f"author-{n}" for n in range(1, 5)]


KILLED_IN_THE_MIDDLE = """
import os, sys
import django
django.setup()
from django.core.management import call_command
from community.threads.importing import writing

call_command("migrate", verbosity=0)
create = writing.LogEntry.objects.bulk_create
written = []

def die_at_the_fifth(rows):
    created = create(rows)
    written.append(1)
    if len(written) == 5:
        os._exit(9)
    return created

if sys.argv[2] == "die":
    writing.LogEntry.objects.bulk_create = die_at_the_fifth
call_command("import_threads", sys.argv[1])
"""


def test_a_killed_import_leaves_whole_threads_and_the_next_run_finishes(tmp_path, migrated_copy):
    posts = [post(1), post(2, "grace"), post(3, "joan")]
    path = tmp_path / "threads.jsonl"
    path.write_text("".join(json.dumps(thread(number, *posts)) + "\n" for number in range(1, 9)))
    database = tmp_path / "killed.sqlite3"
    if migrated_copy.exists():
        shutil.copyfile(migrated_copy, database)
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "forum.settings.embedded",
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(tmp_path),
    }

    def run(how: str) -> int:
        command = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(path), how]
        return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, check=False).returncode

    def rows() -> tuple[int, int, int]:
        with sqlite3.connect(database) as connection:
            tables = ("threads_thread", "threads_post", "threads_logentry")
            return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)

    assert run("die") == 9
    assert rows() == (4, 12, 12)
    assert run("finish") == 0
    assert rows() == (8, 24, 24)
