"""The history of a post. A revision keeps what stood there before; what came instead stands in the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .differences import Change, changes_between
from .models import Post, Revision


@dataclass
class Edit:
    """One edit: `words` and `title` are empty where it changed nothing of them."""

    number: int
    editor: Any
    at: datetime
    because: str
    words: list[Change]
    title: list[Change]


def edits_of(post: Post, revisions: Iterable[Revision]) -> list[Edit]:
    """The edits that these revisions, the latest first, were kept for."""
    kept = list(revisions)
    if not kept:
        return []
    later = list(post.revisions.filter(number__gt=kept[0].number).order_by("number"))
    body = later[0].body if later else post.body
    title = next((revision.title for revision in later if revision.title), post.thread.title)
    edits = []
    for revision in kept:
        words = changes_between(revision.body, body) if revision.body != body else []
        renamed = changes_between(revision.title, title) if revision.title else []
        edits.append(Edit(revision.number, revision.editor, revision.at, revision.because, words, renamed))
        body, title = revision.body, revision.title or title
    return edits
