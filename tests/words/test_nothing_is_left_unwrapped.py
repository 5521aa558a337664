"""Every word that the house says can be said in another language."""

import functools
import json
import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.utils.translation import gettext

from cms import first_pages
from tests.safety.addresses import everywhere
from tests.safety.stage import PRESSES, set_stage
from tests.safety.test_only_what_a_form_asks_for import every_row
from tests.words.pseudo import WORD, speaking_between_marks, split, unwrapped

pytestmark = pytest.mark.django_db

# Names and things that are the same in every language.
NAMES = {"Ctrl", "Esc", "Enter", "UTC", "Markdown", "JSON", "Atom", "MB", "kB", settings.SITE_NAME}
# Applications of others have catalogues of their own; programs read the rest.
OF_OTHERS = ("/admin/", "/cms/", "/documents/", "/design/")


def people_said() -> list[str]:
    """Everything that stands in a row because somebody wrote it, the longest first."""
    said = set()
    for row in every_row().values():
        for column in row._meta.concrete_fields:
            value = getattr(row, column.attname)
            if isinstance(value, str) and WORD.search(value):
                said |= {value, re.sub(r"<[^>]+>", "", value).strip()}
    return sorted(said, key=len, reverse=True)


def pages(stage) -> list[str]:
    """Where readers see different things."""
    found = [
        "/", "/threads/", "/threads/?show=mine", "/threads/?show=nothing", "/search/", "/search/?q=again",
        "/search/?q=xyz", "/spaces/gardens/", "/people/peer/", "/people/gone/standing/", "/moderation/?show=decided",
        "/moderation/", "/moderation/mine/", "/desk/", "/ask/", "/drafts/", "/nowhere/", "/language/?language=de",
    ]  # fmt: skip
    for thread in (stage.thread, stage.locked):
        found += [thread.get_absolute_url()]
        found += [f"/threads/{thread.pk}/{end}" for end in ("reply/", "title/", "curate/", "ticket/")]
    for post in (stage.question, stage.answer, stage.deleted):
        endings = ("menu/", "history/", "edit/", "delete/", "tried/", "flag/", "hide/")
        found += [f"/posts/{post.pk}/{end}" for end in endings]
    return found


def every_page() -> list[str]:
    return sorted({address for address, _ in everywhere() if not address.startswith(OF_OTHERS)})


def left_over(page: HttpResponse, theirs: list[str]) -> list[str]:
    """What this page says that could not be said in another language."""
    if page.get("Content-Type", "").startswith("application/json"):
        said = split(json.dumps(page.json().get("reason", "")))[0]
    elif page.get("Content-Type", "").startswith("text/html"):
        said = unwrapped(page.content.decode())
    else:
        said = []

    def ours(text: str) -> str:
        return functools.reduce(lambda left, name: left.replace(name, ""), theirs, text)

    return [text for text in said if WORD.search(ours(text))]


@pytest.mark.parametrize("who", [None, "asker", "agent", "moderator", "keeper"])
def test_no_page_says_a_word_that_cannot_be_translated(who):
    first_pages.build()
    stage = set_stage()
    theirs = [*people_said(), *NAMES]
    browser = Client(raise_request_exception=False)
    if who:
        browser.force_login(getattr(stage.people, who))

    found = {}
    for address in pages(stage) + (every_page() if who == "keeper" else []):
        with speaking_between_marks():
            page = browser.get(address)
        for text in left_over(page, theirs):
            found.setdefault(text[:150], address)

    assert found == {}


def test_no_refusal_says_a_word_that_cannot_be_translated():
    """Each form sent empty, then sent by somebody who may not."""
    stage = set_stage()
    theirs = [*people_said(), *NAMES]

    found = {}
    for press in PRESSES:
        for who in (press.who, "gone" if press.who == "keeper" else "asker"):
            browser = Client(raise_request_exception=False)
            browser.force_login(getattr(stage.people, who))
            with speaking_between_marks():
                page = browser.post(press.address(stage), {}, headers={"accept": "text/html"})
            for text in left_over(page, theirs):
                found.setdefault(text[:150], press.name)

    assert found == {}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>⟦Wrapped⟧</p>", []),
        ("<p>Plain</p>", ["Plain"]),
        ("<p>⟦By <a>Ash</a>⟧ plain</p>", ["plain"]),
        ('<img alt="A face">', ["A face"]),
        ('<p data-words-saved="Saved"></p>', ["Saved"]),
        ("<p><bdi>Their title</bdi> <code>make</code></p>", []),
        ('<div dir="auto"><p>Their words</p></div><p>Ours</p>', ["Ours"]),
        ('<a lang="de">Deutsch</a>', []),
        ("<p>⟦<br>One⟧<input> two</p>", ["two"]),
    ],
)
def test_what_stands_outside_the_marks_is_found(html, words):
    assert unwrapped(html) == words


def test_python_and_templates_are_heard_between_the_marks():
    with speaking_between_marks():
        said = Template(
            "{% load i18n %}{% translate 'Save' %}{% blocktranslate count n=2 %}a{% plural %}b{% endblocktranslate %}"
        )
        assert said.render(Context()) == "⟦Save⟧⟦b⟧"
        assert gettext("Save") == "⟦Save⟧"
