"""`make bench` goes through all it measures. How fast anything is, no test says."""

import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench import corpus, results
from tests.bench.beside import channels
from tests.bench.readers import live_rows
from tests.bench.rows import measured_rows
from tests.bench.serving import embedded
from tests.journeys.serving import collected_static

pytestmark = pytest.mark.heavy


def test_every_row_is_measured_and_kept(tmp_path: Path, pytestconfig, migrated_copy: Path, django_db_setup):
    corpus.write(tmp_path / "threads.jsonl", corpus.SIZES["tiny"])
    folder = tmp_path / "forum"
    folder.mkdir()
    shutil.copyfile(migrated_copy, folder / "forum.sqlite3")
    (folder / "static").symlink_to(collected_static(Path(pytestconfig.cache.mkdir("static"))))
    said: list[str] = []

    with embedded(folder, tmp_path / "threads.jsonl") as forum:
        rows = [*measured_rows(forum, 0.01, said.append, most=1), *live_rows(forum, [5], 0.01, said.append)]
    beside = list(results.beside(rows, channels.rows(tmp_path, tmp_path, 0.01, said.append, readers=5)))
    path = results.keep("tiny", 0.01, {"embedded": rows, "channels": beside}, tmp_path / "results")

    assert [row.name for row in rows if row.refused] == []
    assert all(row.queries is not None for row in rows if "made anew" in row.name and row.width == 1)
    assert beside[0].name == "live: a reply to all readers ÷ ours"
    kept = json.loads(path.read_text())["embedded"]
    assert [row["name"] for row in kept] == [row.name for row in rows]
    assert {row["name"] for row in kept} >= {"thread of 20 posts, signed in", "live: a reply to all readers"}
    Console(file=(tmp_path / "table").open("w")).print(results.table("tiny", rows))
