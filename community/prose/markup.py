"""The HTML we write, and the wash that lets through nothing else."""

import html
import re
from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from community.prose import highlighting
from community.prose.characters import REORDERING, isolate, reveal

REL = "nofollow ugc noopener"
OUR_OWN = re.compile(r"/(?![/\\])|#")
# Pictures from elsewhere would tell their owner who reads what, and when; they are shown as links.
IMAGE_SOURCE = re.compile(r"/attachments/")

Tokens = Sequence[Token]

WASH = nh3.Cleaner(
    tags={
        "p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li",
        "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "em", "strong", "s",
        "a", "img", "sup", "span", "bdi", "details", "summary", "section",
    },
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "width", "height"},
        "ol": {"start"},
        "li": {"id"},
        "sup": {"id"},
    },
    tag_attribute_values={
        "a": {"rel": {REL}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        "pre": {"tabindex": {"0"}},
        "span": {"tabindex": {"0"}},
    },
    allowed_classes={
        "a": {"mention", "thread-number", "footnote-back"},
        "details": {"spoiler"},
        "li": {"task", "done"},
        "section": {"footnotes"},
        "span": {"spoiler", "control", "box", *highlighting.CLASSES},
        "sup": {"footnote"},
        "td": {"centre", "end"},
        "th": {"centre", "end"},
        "ul": {"tasks"},
        "ol": {"tasks"},
    },
    url_schemes={"http", "https", "mailto"},
    id_prefix="note-",
    link_rel=None,
)  # fmt: skip


class Markup(RendererHTML):
    """Writes each token. A method is named after the token it writes."""

    def text(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return isolate(html.escape(tokens[idx].content))

    def code_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return f"<code>{reveal(html.escape(tokens[idx].content))}</code>"

    def code_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return _block_of_code(html.escape(tokens[idx].content))

    def fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
        return _block_of_code(highlighting.coloured(token.content, language, env["effort"]))

    def heading_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return f"<{_lowered(tokens[idx])}>"

    def heading_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return f"</{_lowered(tokens[idx])}>\n"

    def link_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        if not OUR_OWN.match(str(token.attrs["href"])):
            token.attrs["rel"] = REL
        return self._tag(token)

    def image(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        source = str(token.attrs["src"])
        described = self.renderInlineAsText(token.children, options, env)
        if IMAGE_SOURCE.match(source):
            token.attrs["alt"] = described
            token.attrs |= {"loading": "lazy", "decoding": "async"}
            if size := env.get("sizes", {}).get(source):
                token.attrs |= dict(zip(("width", "height"), size, strict=True))
            return self._tag(token)
        # An image that may not be shown is still something the writer wanted to point at.
        named = isolate(html.escape(described or source))
        if token.meta["in_link"]:
            return named
        rel = "" if OUR_OWN.match(source) else f' rel="{REL}"'
        return f'<a href="{html.escape(source)}"{rel}>{named}</a>'

    def list_item_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        if "checked" not in token.meta:
            return self.renderToken(tokens, idx, options, env)
        # A sign rather than a form control: it can be read in a mail, a feed and aloud.
        done, box = ("task done", "\u2611\ufe0e") if token.meta["checked"] else ("task", "\u2610\ufe0e")
        return f'<li class="{done}"><span class="box">{box}</span> '

    def bullet_list_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        if "class" in tokens[idx].attrs:
            tokens[idx].attrs["class"] = "tasks"
        return self.renderToken(tokens, idx, options, env)

    ordered_list_open = bullet_list_open

    def td_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        style = str(token.attrs.pop("style", ""))
        side = {"text-align:center": "centre", "text-align:right": "end"}.get(style)
        return f'<{token.tag} class="{side}">' if side else f"<{token.tag}>"

    th_open = td_open

    def spoiler_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return '<span class="spoiler" tabindex="0">'

    def container_spoiler_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        title = tokens[idx].info.strip().removeprefix("spoiler").strip()
        # Without a summary of ours the browser shows its own, in the language of the reader.
        summary = f"<summary>{isolate(html.escape(title))}</summary>\n" if title else ""
        return f'<details class="spoiler">\n{summary}'

    def container_spoiler_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return "</details>\n"

    def footnote_ref(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        note, back = _note_ids(token, env)
        return f'<sup class="footnote" id="{back}"><a href="#{note}">{token.meta["id"] + 1}</a></sup>'

    def footnote_block_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return f'<li id="{_note_ids(tokens[idx], env)[0]}">'

    def footnote_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Tokens, idx: int, options: OptionsDict, env: Any) -> str:
        back = _note_ids(tokens[idx], env)[1]
        return f' <a class="footnote-back" href="#{back}">\u21a9\ufe0e</a>'

    def _tag(self, token: Token) -> str:
        for name in ("alt", "title"):
            if name in token.attrs:
                token.attrs[name] = REORDERING.sub("", str(token.attrs[name]))
        return f"<{token.tag}{self.renderAttrs(token)}>"


def _block_of_code(escaped: str) -> str:
    # Wide code scrolls sideways, which a keyboard can only do inside something it can focus.
    return f'<pre tabindex="0"><code>{reveal(escaped)}</code></pre>\n'


def _lowered(token: Token) -> str:
    """The page has its h1 (the title) and h2 (its parts); a post begins below them."""
    return f"h{min(int(token.tag[1]) + 2, 6)}"


def _note_ids(token: Token, env: Any) -> tuple[str, str]:
    """(id of the note, id of the place that refers to it).

    Many posts share a page, so both carry the text's own mark.
    """
    note = f"note-{env['mark']}-{token.meta['id'] + 1}"
    return note, f"{note}-from-{token.meta.get('subId', 0) + 1}"
