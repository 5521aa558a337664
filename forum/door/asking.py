"""What a request asks for. Only a GET without any cookie, but for the one that names a language, is answered at the
door. Everything of a request that can change the page is in the key; what nobody needs is answered inside."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from community import languages

COUNTING_HEADERS = (b"host", b"accept", b"x-forwarded-proto")
WISHES = (b"accept-encoding", b"accept-language", b"cookie", b"if-none-match")
# A request with one of these is about somebody or something in particular, or for a part of a page.
NEVER = (b"authorization", b"range", b"if-modified-since", b"if-match", b"if-range", b"if-unmodified-since")
NEVER_BEGINNING = b"hx-"
# In bytes, path and query together; what is longer was written to fill the shelf.
LONGEST = 1000
# The best first.
ENCODINGS = ("br", "gzip")

type Key = tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    key: Key
    encoding: str
    # The versions that the browser has.
    has: frozenset[str]


def asked(scope: dict[str, Any]) -> Asked | None:
    """None when it must be answered inside."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope.get("root_path"):
        return None
    query = scope.get("query_string", b"")
    if len(scope["path"]) + len(query) > LONGEST:
        return None
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in NEVER or name.startswith(NEVER_BEGINNING):
            return None
        if name in COUNTING_HEADERS or name in WISHES:
            if name in found:
                return None
            found[name] = value
    language = language_of(found)
    if language is None:
        return None
    counting = tuple(found.get(name, b"") for name in COUNTING_HEADERS)
    return Asked(
        (scope["path"], query, scope.get("scheme"), language, *counting),
        encoding_of(found.get(b"accept-encoding", b"").decode("latin-1")),
        versions(found.get(b"if-none-match", b"").decode("latin-1")),
    )


def language_of(headers: dict[bytes, bytes]) -> str | None:
    """The language in which this visitor is answered; None for whoever has another cookie than the one for that.

    The key has the language and not what was sent: browsers ask for the same few languages in a thousand ways.
    """
    if cookie := headers.get(b"cookie"):
        name, _, chosen = cookie.decode("latin-1").partition("=")
        return (languages.known(chosen) or None) if name == settings.LANGUAGE_COOKIE_NAME else None
    return languages.asked_for(headers.get(b"accept-language", b"").decode("latin-1"))


def encoding_of(accepted: str) -> str:
    """The best encoding that is taken; empty for none. What is taken only if need be (q=0.1) is taken as well."""
    taken = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            taken.add(name.strip())
    return next((name for name in ENCODINGS if name in taken), "")


def versions(header: str) -> frozenset[str]:
    """A proxy on the way may have called them weak, which is the same here: nobody asks for parts."""
    return frozenset(part.strip().removeprefix("W/") for part in header.split(",") if part.strip())
