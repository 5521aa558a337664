"""A page that somebody has open, and the same page made anew: the two must say the same."""

import json
import re

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from community.live import frames
from community.threads.models import Thread
from community.threads.pages.html import regions_html
from community.threads.pages.record import record_of


class Page:
    """What a visitor's open page shows of a thread, kept up to date by nothing but frames."""

    def __init__(self, thread: Thread):
        self.items, self.regions = fresh(thread)
        self.seen = thread.seq

    def hear(self, thread: Thread) -> None:
        """The frames as they go out once the change is committed."""
        for entry in frames.rows_of_log(thread).after(self.seen, lane="all"):
            frame = json.loads(frames.text_of(entry, thread))
            assert frame["seq"] == self.seen + 1
            self.seen = frame["seq"]
            self.apply(frame)

    def apply(self, frame: dict) -> None:
        name = element_id(frame["html"])
        if frame["place"] == "append" or (frame["place"] == "replace" and name in self.items):
            self.items[name] = frame["html"]
        for region, html in frame["regions"].items():
            if region in self.regions:
                self.regions[region] = html
            elif region in self.items:
                self.items[region] = html


def fresh(thread: Thread) -> tuple[dict[str, str], dict[str, str]]:
    """The record and the regions of a page that is made now."""
    items = {}
    for item in record_of(thread, AnonymousUser(), 1).items:
        html = item.html if hasattr(item, "html") else render_to_string(item.template, {"item": item})
        items[element_id(html)] = html
    return items, regions_html(thread)


def element_id(html: str) -> str:
    found = re.search(r' id="([^"]+)"', html)
    return found[1] if found else ""


def same_words(html: str) -> str:
    """Without what no frame of this thread brings: how often an author has helped, titles in addresses, which of
    those who speak here has said more, and how long ago: times run by themselves.
    """
    if 'data-live-region="people"' in html:
        html = "".join(sorted(re.findall(r"<li>.*?</li>", html)))
    html = re.sub(r"(<time [^>]*>)[^<]*", r"\1", html)
    html = re.sub(r"<span>helped \d+ times?</span>", "", html)
    return " ".join(re.sub(r"(/threads/\d+/)[^/]+/", r"\1", html).split())
