"""Attacks, made rather than collected: every payload in every disguise in every place of a text."""

import html
from itertools import cycle, product
from urllib.parse import quote

import pytest

from community.prose import TooMuch, render
from tests.prose.reading import Found

SCRIPT = "alert(1)"
EVENTS = ("onerror", "onload", "onclick", "onfocus autofocus", "ontoggle open", "onanimationstart", "onpointerenter")
ELEMENTS = ("img src=x", "svg", "details", "input", "body", "video src=x", "a href=#", "math", "iframe", "marquee")
SCHEMES = (
    "javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "\x01javascript:",
    "javascript\x00:", "vbscript:", "data:text/html,", "data:text/html;base64,", "data:image/svg+xml,", "view-source:",
    "blob:", "file:///", "javascript://%0a", "//evil.example/", "\\\\evil.example/", "feed:javascript:",
    "javas&#99;ript:", "&#106avascript:",
)  # fmt: skip

MARKUP = [
    f"<script>{SCRIPT}</script>",
    f"<<script>script>{SCRIPT}<</script>/script>",
    f"<scr<script>ipt>{SCRIPT}</scr</script>ipt>",
    f"<script/x>{SCRIPT}</script >",
    f"<style>@import 'javascript:{SCRIPT}'</style>",
    f"<noscript><p title='</noscript><img src=x onerror={SCRIPT}>'>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={SCRIPT}&gt;'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={SCRIPT}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={SCRIPT}>",
    f"<!--><img src=x onerror={SCRIPT}>-->",
    f"<![CDATA[><img src=x onerror={SCRIPT}>]]>",
    f"<?xml ><img src=x onerror={SCRIPT}>?>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<form action=https://evil.example><button>",
    f"<object data=data:text/html,<script>{SCRIPT}</script>>",
    f"<a href=javascript:{SCRIPT}>x</a>",
    f"<iframe srcdoc='<script>{SCRIPT}</script>'>",
    f"</p></div></article><script>{SCRIPT}</script>",
    *(f"<{element} {event}={SCRIPT}>" for element, event in zip(ELEMENTS, cycle(EVENTS), strict=False)),
]
BREAKOUTS = [
    f"{quotation}{closing}{event}={SCRIPT} x={quotation}"
    for quotation, closing, event in product(('"', "'", "`", "&quot;", '\\"'), (" ", ">", "/", "\n"), EVENTS[:1])
]
ADDRESSES = [f"{scheme}{SCRIPT}" for scheme in SCHEMES]
PAYLOADS = MARKUP + BREAKOUTS + ADDRESSES

DISGUISES = {
    "as it is": lambda payload: payload,
    "as entities": html.escape,
    "as numbers": lambda payload: "".join(f"&#{ord(character)};" for character in payload),
    "as hex numbers without an end": lambda payload: "".join(f"&#x{ord(character):x}" for character in payload),
    "percent-encoded": quote,
    "in capitals": str.upper,
    "in full width": lambda payload: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in payload),
    "escaped": lambda payload: payload.replace("<", "\\<").replace("(", "\\("),
    "with zeros": lambda payload: payload.replace("r", "r\x00", 1),
}

PLACES = {
    "a paragraph": "{}",
    "a link": "[a]({})",
    "an angled link": "[a](<{}>)",
    "a link's words": "[{}](/b)",
    "a link's title": '[a](/b "{}")',
    "a link's other title": "[a](/b '{}')",
    "an outside link's path": "[a](https://b.example/{})",
    "a picture": "![a]({})",
    "a picture's words": "![{}](https://b.example/a.png)",
    "a picture's title": '![a](/attachments/1 "{}")',
    "a picture's path": "![a](https://b.example/{})",
    "a definition": "[a]\n\n[a]: {}",
    "a definition's title": '[a]\n\n[a]: /b "{}"',
    "an automatic link": "<{}>",
    "a bare address": "https://b.example/{}",
    "a short address": "www.b.example/{}",
    "code in a line": "`{}`",
    "code": "```\n{}\n```",
    "coloured code": "```html\n{}\n```",
    "a language": "```{}\na\n```",
    "indented code": "    {}",
    "a heading": "# {}",
    "a list": "- {}",
    "a task": "- [x] {}",
    "a quotation": "> {}",
    "a table": "| {} |\n|---|\n| {} |",
    "a footnote": "a[^1]\n\n[^1]: {}",
    "a footnote's name": "a[^{}]\n\n[^{}]: b",
    "a spoiler": "||{}||",
    "a folded block's title": ":::spoiler {}\na\n:::",
    "a folded block": ":::spoiler\n{}\n:::",
    "a mention": "@mira{}",
    "a thread number": "#4127{}",
    "emphasis": "*a **{}** b*",
    "an override": "\u202e{}",
}


def test_the_attacks_are_many():
    assert len(PAYLOADS) * len(DISGUISES) * len(PLACES) > 1_000


@pytest.mark.parametrize(
    "harm",
    ["<script>a</script>", "<p onclick=a>a</p>", '<a href="javascript:a">a</a>', '<img src="data:a">', "<p>a",
     "<!--a-->", '<a href="https://b.example">a</a>', '<span class="evil">a</span>', '<p style="color:red">a</p>',
     "<p id=a>a</p>"],
)  # fmt: skip
def test_the_one_who_looks_for_harm_would_find_it(harm):
    assert Found(harm).wrong != []


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_attack_leaves_more_than_words(place, disguise):
    for payload in PAYLOADS:
        text = place.replace("{}", disguise(payload))

        found = Found(render(text))

        assert found.wrong == [], text


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_leads_anywhere_but_the_web_mail_and_here(address):
    for text in (f"[a]({address})", f"[a](<{address}>)", f"![a]({address})", f"<{address}>", f"[a]\n\n[a]: {address}"):
        rendered = render(text)

        assert Found(rendered).wrong == []
        assert "href=" not in rendered
        assert "src=" not in rendered


def test_what_was_washed_stays_the_same_when_pasted_again():
    for payload in MARKUP:
        once = render(payload)
        again = render(once)

        assert Found(again).wrong == []


@pytest.mark.parametrize("depth", [2, 5, 20])
def test_nesting_one_construct_in_another_opens_no_hole(depth):
    openers = ["**", "*", "~~", "||", "[", "![", "> ", "- ", "`", "<", "\\", '"', "(", "@", "#", ":::spoiler "]
    for number, (first, second) in enumerate(product(openers, repeat=2)):
        text = (first + second) * depth + MARKUP[number % len(MARKUP)] + "](javascript:alert(1))" * depth
        try:
            rendered = render(text)
        except TooMuch:
            continue

        assert Found(rendered).wrong == [], text
