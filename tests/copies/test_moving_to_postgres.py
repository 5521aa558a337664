"""From SQLite to PostgreSQL: killed in the middle it goes on, and both hold the same.

Collected where the tests have a PostgreSQL (conftest.py).
"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.copies.commands import manage
from tests.journeys.serving import database
from tests.server import ROOT

pytestmark = pytest.mark.heavy


def test_everything_is_the_same_in_both_also_after_a_kill(tmp_path, migrated_copy, tally):
    old = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    if migrated_copy.exists():
        shutil.copyfile(migrated_copy, tmp_path / "old.sqlite3")
    else:
        manage("migrate", "--verbosity=0", DATABASE_URL=old, DATA_DIR=str(tmp_path))
    made = manage("demo", DATABASE_URL=old, DATA_DIR=str(tmp_path))
    assert made.returncode == 0, made.stderr

    with database(tmp_path, None) as new:
        there = {"DATABASE_URL": new, "DATA_DIR": str(tmp_path), "REDIS_URL": "", "PYTHONUNBUFFERED": "1"}
        own = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.serving"} | there
        command = [sys.executable, "manage.py", "move_database", "--from", old]
        with subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True) as moving:
            assert any(line.startswith("threads_thread:") for line in moving.stdout)
            moving.kill()
        moved = manage("move_database", "--from", old, **there)
        assert moved.returncode == 0, moved.stderr
        assert "people_member:" not in moved.stdout
        assert moved.stdout.endswith("Every table is the same in both.\nEverything counted agrees with its rows.\n")
    tally("F29", kills=1, lost=0, doubled=0)
