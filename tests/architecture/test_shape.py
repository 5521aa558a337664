"""The shape of the house: what a review would say twice is said here."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from community import wiring
from community.events import Event

ROOT = Path(__file__).parents[2]
OURS = ("forum", "cms", "community", "tests")
# What may lie at the top; anything else needs a reason to be the first thing a newcomer sees.
TOP_LEVEL = {
    "manage.py", "pyproject.toml", "requirements.lock", "README.md", "Makefile",
    "forum", "community", "cms", "templates", "tests",
}  # fmt: skip
LONGEST_FILE = 300


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def named(paths: list[Path]) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def test_imports_point_down():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_event_has_someone_listening():
    def kinds(event: type[Event]) -> set[type[Event]]:
        below = event.__subclasses__()
        return {event}.union(*map(kinds, below)) if below else {event}

    wired = wiring.TOGETHER.keys() | wiring.AFTERWARDS.keys()
    published = {kind for kind in kinds(Event) if not kind.__subclasses__()}

    assert {kind.__name__ for kind in published - wired} == set()


@pytest.mark.parametrize(
    "context", [app for app in apps.get_app_configs() if app.name.startswith("community.")], ids=str
)
def test_every_context_says_in_one_sentence_what_it_owns(context):
    said = (context.module.__doc__ or "").split("\n\n")[0].strip()

    assert said.endswith(".")
    assert said.count(". ") == 0


def test_the_top_level_is_what_a_newcomer_expects():
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_is_too_long_to_read():
    long = [path for path in python_files(*OURS) if len(path.read_text().splitlines()) > LONGEST_FILE]

    assert named(long) == []


def test_no_file_is_a_drawer_for_everything():
    assert named([path for path in python_files(*OURS) if path.stem in {"utils", "helpers", "misc", "core"}]) == []


def test_only_the_clock_asks_the_time():
    asking = re.compile(r"\btimezone\.now\b|\bdatetime\.now\b|\bdatetime\.utcnow\b|\bdate\.today\b|\blocaldate\(\)")
    askers = [path for path in python_files("forum", "cms", "community") if asking.search(path.read_text())]

    assert named(askers) == ["community/clock.py"]


def test_the_web_never_writes():
    """Views find, act and answer; what is written is written by actions."""
    writing = re.compile(r"\.(save|create|bulk_create|get_or_create|update_or_create|bulk_update|delete)\(")
    writers = [
        path
        for path in python_files("forum", "community")
        if {"views", "api"} & {path.stem, path.parent.name} and writing.search(path.read_text())
    ]

    assert named(writers) == []


def test_no_signal_hides_what_follows():
    """What follows from what stands in the wiring; only Wagtail's pages speak in signals."""
    hiding = re.compile(r"django\.db\.models\.signals|from django\.db\.models import .*\bsignals\b")
    hiders = [path for path in python_files("forum", "community") if hiding.search(path.read_text())]

    assert named(hiders) == []


def templates() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".html" and "tests" not in path.parts]


def test_no_template_carries_script_or_style_inline():
    """The content security policy would refuse them, silently for whoever wrote them."""
    inline = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:"
        r"|<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/(ld\+)?json\")",
        re.IGNORECASE,
    )
    carriers = [path for path in templates() if inline.search(path.read_text())]

    assert named(carriers) == []


def test_templates_take_nothing_from_elsewhere():
    """No address of another site in src, or in a stylesheet link."""
    elsewhere = re.compile(
        r"<(script|img|link|iframe|source|video)\b[^>]*\b(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE
    )

    assert named([path for path in templates() if elsewhere.search(path.read_text())]) == []


def test_public_classes_and_functions_of_the_base_layer_are_annotated():
    bare = []
    for name in ("events", "policy", "clock"):
        tree = ast.parse((ROOT / f"community/{name}.py").read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.returns is None and node.name != "__init__":
                bare.append(f"{name}.{node.name}")

    assert bare == []
