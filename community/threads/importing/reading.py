"""From a line to a thread that can be written, or the reason why not."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from community.threads.actions.asking import TITLE_LENGTH

AUTHOR_LENGTH = 150
ID_LENGTH = 100


class Unusable(ValueError):
    """A line that cannot be taken; the message says why, for the person who has the file."""


@dataclass(frozen=True, kw_only=True)
class ForeignPost:
    number: int
    author: str
    created_at: datetime
    body: str


@dataclass(frozen=True, kw_only=True)
class ForeignThread:
    """`posts` are in order and at least one; all times are aware."""

    id: str
    title: str
    created_at: datetime
    posts: tuple[ForeignPost, ...]


def read_thread(line: bytes) -> ForeignThread:
    """Raises Unusable."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(f"not UTF-8 at byte {error.start + 1}") from None
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"not JSON at character {error.pos + 1}: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise Unusable(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise Unusable("not an object with id, title, created_at and posts")
    posts = field(found, "posts", list)
    if not posts:
        raise Unusable("posts is empty")
    return ForeignThread(
        id=foreign_id(found),
        title=title(found),
        created_at=moment(found),
        posts=in_order([read_post(post, place) for place, post in enumerate(posts, start=1)]),
    )


def read_post(found: Any, place: int) -> ForeignPost:
    where = f"post {place}: "
    if not isinstance(found, dict):
        raise Unusable(where + "not an object with number, author, created_at and body")
    number = field(found, "number", int, where)
    if number < 1:
        raise Unusable(where + f"number is {number}")
    author = " ".join(words(found, "author", where).split())
    if len(author) > AUTHOR_LENGTH:
        raise Unusable(where + f"author has {len(author)} characters, at most {AUTHOR_LENGTH} can be kept")
    return ForeignPost(number=number, author=author, created_at=moment(found, where), body=words(found, "body", where))


def in_order(posts: list[ForeignPost]) -> tuple[ForeignPost, ...]:
    ordered = sorted(posts, key=lambda post: post.number)
    for one, next_one in pairwise(ordered):
        if one.number == next_one.number:
            raise Unusable(f"two posts have the number {one.number}")
    return tuple(ordered)


def foreign_id(found: dict[str, Any]) -> str:
    value = found.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Unusable("id is missing" if "id" not in found else "id is neither a number nor a text")
    if len(value) > ID_LENGTH:
        raise Unusable(f"id has {len(value)} characters, at most {ID_LENGTH} can be kept")
    return storable(value, "id")


def title(found: dict[str, Any]) -> str:
    text = " ".join(words(found, "title").split())
    if len(text) > TITLE_LENGTH:
        raise Unusable(f"title has {len(text)} characters, at most {TITLE_LENGTH} can be kept")
    return text


def moment(found: dict[str, Any], where: str = "") -> datetime:
    text = words(found, "created_at", where)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable(where + f"created_at is not a time: {text[:40]}") from None
    if at.tzinfo is None:
        raise Unusable(where + f"created_at does not say its time zone: {text[:40]}")
    return at


def words(found: dict[str, Any], key: str, where: str = "") -> str:
    """A text with something in it."""
    text = field(found, key, str, where)
    if not text.strip():
        raise Unusable(where + f"{key} is empty")
    return storable(text, where + key)


def storable(text: str, what: str) -> str:
    """What every database we know can keep: no NUL, no halves of characters."""
    if "\0" in text:
        raise Unusable(f"{what} has a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unusable(f"{what} has half a character (a lone surrogate)") from None
    return text


def field(found: dict[str, Any], key: str, kind: type, where: str = "") -> Any:
    if key not in found:
        raise Unusable(where + f"{key} is missing")
    value = found[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        named = {str: "a text", int: "a whole number", list: "a list"}[kind]
        raise Unusable(where + f"{key} is not {named}")
    return value
