import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from community.threads.models import Thread


@pytest.fixture
def file_of(tmp_path: Path):
    """A file with a line for each thread; bytes are taken as they are."""

    def write(*lines: dict | bytes, name: str = "threads.jsonl") -> Path:
        text = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
        path = tmp_path / name
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


class Report(str):
    """What the command said; `failed` if it ended with an error."""

    failed = False


@pytest.fixture
def importing(db: None):
    def run(path: Path, **options: Any) -> Report:
        said, error = StringIO(), None
        try:
            call_command("import_threads", path, stdout=said, **options)
        except CommandError as refusal:
            error = refusal
        report = Report(said.getvalue() + (f"\n{error}" if error else ""))
        report.failed = error is not None
        return report

    return run


@pytest.fixture
def everything_there():
    """All that an import could add, to compare before and after."""

    def count() -> dict[str, int]:
        from community.people.models import Member
        from community.threads.models import ImportedThread, LogEntry, Post

        return {model.__name__: model.objects.count() for model in (Thread, Post, LogEntry, Member, ImportedThread)}

    return count
