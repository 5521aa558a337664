"""Reads rendered HTML as a browser would, and names everything that should not be in it."""

from html.parser import HTMLParser

from community.prose.markup import WASH

VOID = {"br", "hr", "img"}
TAGS = VOID | {
    "p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
    "pre", "code", "em", "strong", "s", "a", "sup", "span", "bdi", "details", "summary", "section",
}  # fmt: skip
ATTRIBUTES = {
    "href", "title", "rel", "src", "alt", "loading", "decoding", "referrerpolicy", "class", "id", "tabindex", "start",
}  # fmt: skip


class Found(HTMLParser):
    """`.wrong` lists what a reader's browser should never have been given."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            self.wrong.append(f"never closed: {self._open}")
        if WASH.clean(html) != html:
            self.wrong.append("a second wash changes it")

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"<{tag} {name}>")
            if name == "href" and not safe_to_follow(value):
                self.wrong.append(f"href={value}")
            if name == "src" and not value.startswith(("https://", "/attachments/")):
                self.wrong.append(f"src={value}")
            if name == "id" and not value.startswith("note-"):
                self.wrong.append(f"id={value}")
        if tag == "a" and safe_to_follow(dict(attrs).get("href")) == "outside" and "rel" not in dict(attrs):
            self.wrong.append("an outside link that vouches")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> out of place")

    def handle_comment(self, data):
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data):
        self.wrong.append(f"<?{data}>")


def safe_to_follow(address: str | None) -> str:
    """ "ours", "outside" or nothing, after dropping what browsers drop from an address."""
    seen = "".join(character for character in address or "" if character > " ").lower().replace("\\", "/")
    if seen.startswith("#") or (seen.startswith("/") and not seen.startswith("//")):
        return "ours"
    return "outside" if seen.startswith(("https://", "http://", "mailto:")) else ""
