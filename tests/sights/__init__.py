"""Every page and every state of a page, in one list: what is looked at, photographed and measured."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote
from urllib.request import urlopen

VISITOR = None


class Places:
    """Where the things of the demo are in a forum that is being served."""

    def __init__(self, address: str) -> None:
        self.address = address

    @cache  # noqa: B019 -- there is one for a whole run
    def read(self, path: str) -> str:
        with urlopen(self.address + path, timeout=60) as answer:
            return answer.read().decode()

    def thread(self, begins: str) -> str:
        """The page of a thread everybody may read, by how its address begins after the number."""
        found = re.search(rf"/threads/\d+/{begins}[^<]*", unquote(self.read("/sitemap-threads.xml")))
        assert found, f"No thread of the demo is called {begins}…"
        return found[0]

    def number(self, begins: str) -> str:
        return self.thread(begins).split("/")[2]

    def post(self, begins: str, number: int = 1) -> str:
        """By which number a post is known, from the one it has in its thread."""
        found = re.search(rf'data-post="(\d+)" data-number="{number}"', self.read(self.thread(begins)))
        assert found, f"{begins}… has no post {number}"
        return found[1]


@dataclass(frozen=True)
class Sight:
    """A page in one state. `of` is the name of its address, `at` where it is, `then` what is pressed before looking."""

    name: str
    of: str
    who: str | None
    at: str | Callable[[Places], str]
    then: Callable[[Any], None] = field(default=lambda page: None)
    # What the page answers with.
    status: int = 200
    # Something lies over the page: a menu, a dialog.
    floats: bool = False

    def address(self, places: Places) -> str:
        return self.at if isinstance(self.at, str) else self.at(places)
