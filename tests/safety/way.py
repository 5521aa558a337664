"""What an address is about, and the few shapes that most of them have."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from community.threads.lists import FOR_ALL
from tests.safety.world import World

SHOWN = (*FOR_ALL, "waiting", "unread", "mine", "followed")


@dataclass(frozen=True)
class Way:
    """`about`: what the address names, such as a thread. `sends`: what a POST says, None for reading only."""

    kind: str
    about: str = ""
    arguments: Callable[[Any], list] = lambda row: [row.pk]
    queries: Callable[[Any], list[str]] = lambda row: [""]
    sends: dict[str, str] | None = None
    reads: bool = True
    places: Callable[[World], list[str]] = field(default=lambda world: [])


def thread(kind: str = "page", **more) -> Way:
    return Way(kind, "thread", **more)


def post(kind: str = "page", **more) -> Way:
    return Way(kind, "post", **more)


def company(**more) -> Way:
    return Way("company", "company", arguments=lambda row: [row.slug], **more)


def of_company(about: str) -> Way:
    """What only takes a POST, and stands below the address of an organisation."""
    return Way("company", about, arguments=lambda row: [row.organisation.slug, row.pk], sends={}, reads=False)


def places(kind: str, at: Callable[[World], list[str]]) -> Way:
    return Way(kind, places=at)


def asked_by_number(world: World) -> list[str]:
    return [f"/search/?q={row.pk}" for row in world.threads.values()]


def press(about: str, **sends: str) -> Way:
    """What only takes a POST."""
    return Way("page", about, sends=sends, reads=False)


def asked(*queries: dict) -> Callable[[Any], list[str]]:
    return lambda row: [f"?{urlencode(query)}" for query in queries]


def lists(path: str) -> list[str]:
    return [path, *(f"{path}?show={show}" for show in SHOWN), f"{path}?order=waiting"]


def writers(name: str, *queries: str) -> Callable[[World], list[str]]:
    """The pages of those who have written what there is."""
    return lambda world: [
        reverse(name, args=[world.people[who].handle]) + query for who in ("author", "agent") for query in queries
    ]


def in_spaces(name: str) -> Callable[[World], list[str]]:
    return lambda world: [reverse(name, args=[space.slug]) for space in world.spaces.values()]


def at_requests(name: str) -> Callable[[World], list[str]]:
    return lambda world: [reverse(f"requests:{name}", args=[row.pk]) for row in world.requests.values()]


def in_organisations(name: str) -> Callable[[World], list[str]]:
    return lambda world: [reverse(name, args=[row.slug]) for row in world.companies.values()]


NOTHING = Way("page", reads=False)
