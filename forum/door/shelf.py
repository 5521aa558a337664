"""The pages that are kept: so many at most, so many bytes at most, and each only until what it shows has changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .asking import Key

# Times on a page run on, and a command in another process may have changed what it shows; so no page stays for long.
STAYS_SECONDS = 30.0
MOST_PAGES = 1000
# Bytes; a page of twenty long posts has some 200,000 before compression.
MOST_BYTES = 64 * 1024 * 1024


@dataclass
class Page:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    version: str
    marks: frozenset[str]
    until: float = field(default_factory=lambda: time.monotonic() + STAYS_SECONDS)
    # By encoding, on its way or made; made once, however many ask for it.
    compressed: dict[str, Any] = field(default_factory=dict)


class Shelf:
    """May be told from any thread what is outdated."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()
        self.changes = 0
        self.changed: dict[str, int] = {}

    def find(self, key: Key) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None:
                return None
            if page.until < time.monotonic():
                self.drop(key)
                return None
            self.pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page, *, begun: int) -> None:
        """Keep a page that was begun when `begun` was the number of the newest change."""
        with self.lock:
            # What changed while the page was being made may or may not be on it.
            if any(self.changed.get(mark, 0) > begun for mark in (*page.marks, "")):
                return
            if key in self.pages:
                self.drop(key)
            self.pages[key] = page
            self.size += room_for(page)
            while len(self.pages) > MOST_PAGES or self.size > MOST_BYTES:
                self.drop(next(iter(self.pages)))

    def outdate(self, marks: Iterable[str]) -> None:
        """Let go of what carries one of these marks; without marks, of everything."""
        gone = frozenset(marks)
        with self.lock:
            self.changes += 1
            for mark in gone or ("",):
                self.changed[mark] = self.changes
            for key in [key for key, page in self.pages.items() if not gone or gone & page.marks]:
                self.drop(key)
            if len(self.changed) > 10 * MOST_PAGES:
                # Forgetting when each mark changed is safe when nothing that is being made may be kept.
                self.changed = {"": self.changes}

    def drop(self, key: Key) -> None:
        self.size -= room_for(self.pages.pop(key))


def room_for(page: Page) -> int:
    """What it takes with its compressed twins, which come later and have a fifth of its size at most."""
    return len(page.body) * 7 // 5
