"""Reads a whole page as a browser would, and names everything that people's words must not have put there."""

import json
import re
from html.parser import HTMLParser

# What carries an address that a browser follows, loads or sends to.
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "background",
    "ping",
    "xlink:href",
    "srcset",
}
NEVER = {"iframe", "object", "embed", "base", "frame", "applet", "style", "marquee", "math", "plaintext", "xmp"}
# Files of ours, and the words of Django's own back office.
SCRIPTS = ("/static/", "/admin/jsi18n/")
DATA = {"application/ld+json", "application/json"}
OURS = re.compile(r"[/?#]|https?://|mailto:|$", re.IGNORECASE)
# `//evil.example` and `/\evil.example` leave the house although they look like a path.
LEAVES = re.compile(r"[/\\]{2}|/\\")


class Page(HTMLParser):
    """`.wrong` lists what a reader's browser should never have been given."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.data = ""
        self._in_data = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in NEVER or (tag == "meta" and "http-equiv" in told):
            self.wrong.append(f"<{tag}>")
        if tag == "script":
            self._in_data = told.get("type") in DATA
            if not self._in_data and not (told.get("src") or "").startswith(SCRIPTS):
                self.wrong.append(f"<script {told}>")
        for name, value in attrs:
            seen = re.sub(r"[\x00-\x20]", "", value or "")
            runs = name.startswith("on") or name in ("srcdoc", "style")
            if runs or (name in ADDRESSES and (not OURS.match(seen) or LEAVES.match(seen))):
                self.wrong.append(f"<{tag} {name}={value}>")

    def handle_data(self, data):
        if self._in_data:
            self.data += data

    def handle_endtag(self, tag):
        if tag == "script" and self._in_data:
            self._in_data = False
            try:
                json.loads(self.data)
            except ValueError:
                self.wrong.append("a block of data that ends too early")
            if re.search("[<>\u2028\u2029]", self.data):
                self.wrong.append("a block of data that could end early")
            self.data = ""


def wrong_in(html: str) -> list[str]:
    return Page(html).wrong
