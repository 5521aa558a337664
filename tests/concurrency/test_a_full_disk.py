"""The disk is full: people read on and are told why nothing can be sent, nothing is broken, and space is all it needs.

It mounts a small disk of its own, for which it must be root.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections

from tests import make
from tests.server import Sender, Server, database_url

pytestmark = pytest.mark.django_db(transaction=True)

# SQLite writes a page again where it was, so it takes some replies until one needs room.
MOST_REPLIES = 60
LONG = "A long reply. " * 1500


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """Sixteen megabytes."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(small)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"Only root mounts a small disk: {mounted.stderr.strip()}")
    yield small
    subprocess.run(["umount", "--lazy", str(small)], check=True)


def fill(disk: Path) -> Path:
    full = disk / "full"
    with full.open("wb") as file:
        while True:
            try:
                os.write(file.fileno(), bytes(4096))
            except OSError:
                return full


def test_reading_goes_on_and_writing_says_why(transactional_db, queued, disk, tmp_path, request, tally):
    thread, writer = make.thread(), make.member()
    sender, url = Sender.of(Server(tmp_path), writer), database_url()
    if connection.vendor == "sqlite":
        with closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM INTO %s", [str(disk / "forum.sqlite3")])
        url = f"sqlite:///{disk / 'forum.sqlite3'}"
    connections.close_all()
    # What comes in is put down in TMPDIR where it is large.
    server = sender.server = Server(tmp_path, DATABASE_URL=url, MEDIA_DIR=str(disk / "media"), TMPDIR=str(disk))
    request.addfinalizer(server.kill)
    server.start()
    page = thread.get_absolute_url()
    sent: set[str] = set()

    def reply(token: str, body: str = LONG):
        answer = sender.post(f"/threads/{thread.pk}/reply/", body=body, token=token)
        if answer.status == 302:
            sent.add(token)
        return answer

    def upload(lines: int = 20_000):
        return sender.upload("/attachments/", file=ContentFile(b"One line of a log.\n" * lines, "log.txt"))

    assert reply("before").status == 302
    full = fill(disk)
    if connection.vendor == "sqlite":
        refused = next(answer for n in range(MOST_REPLIES) if (answer := reply(f"full-{n}")).status != 302)
        assert (refused.status, refused.retry_after) == (507, "10")
        assert "A long reply." in refused.text
    assert [upload().status, upload(lines=200_000).status] == [507, 507]
    for path in (page, "/threads/", "/search/?q=keys"):
        assert sender.get(path).status == 200
        assert Sender(server, "").get(path).status == 200

    full.unlink()
    assert (reply("after").status, upload().status) == (302, 201)
    server.stop()

    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(disk / "forum.sqlite3")) as kept:
            assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            tokens = kept.execute("SELECT client_token FROM threads_post WHERE client_token <> ''").fetchall()
        assert sorted(token for (token,) in tokens) == sorted(sent)
    tally("F20", acknowledged=len(sent), lost=0, doubled=0)
