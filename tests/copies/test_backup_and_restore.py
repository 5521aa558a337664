"""A backup is made while eight people write, and brought back elsewhere: what they were told was sent is there."""

import json
import subprocess
from functools import partial
from threading import Event

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from community import clock
from community.threads.actions import post_reply
from forum.copies.backup import Backup
from forum.copies.restoring import restore
from tests import make
from tests.copies.commands import manage
from tests.journeys.serving import database
from tests.server import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

WRITERS = 8
MOST_REPLIES = 100
LOOK = """
import json
from community.threads.models import Attachment, Post
from django.core.files.storage import default_storage
print(json.dumps({"tokens": list(Post.objects.exclude(client_token="").values_list("client_token", flat=True)),
    "files": [a.file.name for a in Attachment.objects.all() if default_storage.exists(a.file.name)]}))
"""


def test_what_was_acknowledged_before_a_backup_began_is_in_it(at_once, queued, tmp_path, tally):
    thread, people = make.thread(), [make.member() for _ in range(WRITERS)]
    sent: list[tuple[str, str]] = []
    made, folder = Event(), tmp_path / "backup"

    def write(by) -> None:
        for n in range(MOST_REPLIES):
            if made.is_set():
                return
            token = f"{by.pk}-{n}"
            post = post_reply(by=by, thread=thread, body=f"Reply {n} by {by.handle}.", token=token)
            if n % 10 == 0:
                make.attachment(by=by, post=post)
            sent.append((clock.now().isoformat(), token))
            made.wait(0.05)

    def back_up() -> subprocess.CompletedProcess:
        try:
            return manage("backup", str(folder), DATABASE_URL=database_url(), MEDIA_DIR=str(settings.MEDIA_ROOT))
        finally:
            made.set()

    *_, done = at_once([*(partial(write, by) for by in people), back_up])
    assert done.returncode == 0, done.stderr

    backup = Backup.read(folder)
    with database(tmp_path, None) as where:
        elsewhere = {"DATABASE_URL": where, "DATA_DIR": str(tmp_path / "elsewhere")}
        restored = manage("restore", str(folder), **elsewhere)
        assert restored.returncode == 0, restored.stderr
        assert restored.stdout.endswith("Everything counted agrees with its rows.\n")
        found = json.loads(manage("shell", "-v0", "-c", LOOK, **elsewhere).stdout)
    with pytest.raises(CommandError, match="has members"):
        restore(folder)
    (folder / "files" / next(iter(backup.files))).write_bytes(b"other words")
    with pytest.raises(CommandError, match="damaged: files/"):
        restore(folder)
    before = {token for at, token in sent if at < backup.began_at}
    assert before <= {*found["tokens"]} <= {token for _at, token in sent}
    assert len(found["tokens"]) == len({*found["tokens"]})
    assert backup.missing == []
    assert sorted(found["files"]) == sorted(backup.files)
    more = (
        f"{len(before)} acknowledged before the backup began, {len(found['tokens'])} in it, {len(backup.files)} files"
    )
    tally("F25", writers=WRITERS, acknowledged=len(sent), lost=0, doubled=0, more=more)
