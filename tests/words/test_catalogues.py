"""The words of the house in other languages follow what the sources say, and say it whole."""

import gettext
import re
import shutil
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings

from forum.catalogues import catalogues, compile_newer, follow, how_many_forms, plural_forms
from forum.management.commands.makemessages import extracted

LANGUAGES = sorted(catalogues())
TAG = re.compile(r"</?[a-z][^<>]*>")
# %(name)s and %s of Python, {name} of Python and of the scripts, %name% of the scripts.
PLACE = re.compile(r"%\(\w+\)[sd]|%\w+%|%[sd]|\{\w*\}")

needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext (xgettext) was not found.")


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(catalogues()[code]))


def keys(entries: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete}


def says(form: int, code: str) -> list[int]:
    """The numbers that this form of a plural is for."""
    choose = gettext.c2py(plural_forms(code).partition("plural=")[2].rstrip("; "))
    return [number for number in range(200) if choose(number) == form]


@pytest.fixture(scope="module")
def said() -> polib.POFile:
    return extracted()


def test_the_house_speaks_five_languages_each_by_its_own_name():
    assert dict(settings.LANGUAGES) == {
        "en": "English",
        "de": "Deutsch",
        "fr": "Français",
        "es": "Español",
        "ar": "العربية",
    }


@needs_gettext
@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_the_sources_say_is_missing_and_nothing_else_is_there(code, said):
    ours = keys(catalogue(code))

    assert {"missing": keys(said) - ours, "obsolete": ours - keys(said)} == {"missing": set(), "obsolete": set()}, (
        "Bring the catalogues to what the sources say: make messages"
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_guessed_and_nothing_is_left_over(code):
    read = catalogue(code)

    assert [entry.msgid for entry in read if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_is_said_in_every_language(code):
    assert [entry.msgid for entry in catalogue(code) if not entry.translated()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_places_and_tags_of_its_source(code):
    broken = []
    for entry in catalogue(code):
        source = entry.msgid_plural or entry.msgid
        forms = entry.msgstr_plural or {0: entry.msgstr}
        for form, text in forms.items():
            if not text:
                continue
            lacks = Counter(PLACE.findall(source)) - Counter(PLACE.findall(text))
            adds = Counter(PLACE.findall(text)) - Counter(PLACE.findall(source))
            # "One reply": a form for one number alone need not say the number.
            may_lack = 1 if entry.msgid_plural and len(says(form, code)) == 1 else 0
            tags = Counter(TAG.findall(source)) != Counter(TAG.findall(text))
            if lacks.total() > may_lack or adds or tags or source.endswith("\n") != text.endswith("\n"):
                broken.append((source, text))

    assert broken == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translated_plural_has_every_form_of_its_language(code):
    forms = set(range(how_many_forms(code)))
    halves = [
        entry.msgid
        for entry in catalogue(code)
        if entry.msgid_plural
        and any(entry.msgstr_plural.values())
        and {form for form, text in entry.msgstr_plural.items() if text} != forms
    ]

    assert halves == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_catalogue_counts_as_django_does_and_names_nobody(code):
    assert catalogue(code).metadata == {
        "Content-Transfer-Encoding": "8bit",
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": code,
        "MIME-Version": "1.0",
        "Plural-Forms": plural_forms(code),
    }


def test_arabic_counts_in_six_forms():
    assert how_many_forms("ar") == 6


def one(msgid: str, msgstr: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def test_following_the_sources_keeps_what_is_translated_drops_what_is_gone_and_guesses_nothing(tmp_path):
    path = tmp_path / "django.po"
    before = polib.POFile()
    before.extend([one("Save", "Speichern"), one("Sign in", "Anmelden")])
    before.save(str(path))
    sources = polib.POFile()
    sources.extend([one("Sign in again"), one("Save"), one("%(n)s reply", msgid_plural="%(n)s replies")])

    follow(path, "de", sources)

    assert [(entry.msgid, entry.msgstr, entry.flags) for entry in polib.pofile(str(path))] == [
        ("Sign in again", "", []),
        ("Save", "Speichern", []),
        ("%(n)s reply", "", []),
    ]
    assert polib.pofile(str(path))[2].msgstr_plural == {0: "", 1: ""}


def test_following_twice_changes_nothing(tmp_path):
    path = tmp_path / "django.po"
    sources = polib.POFile()
    sources.extend([one("Save"), one("A very long sentence " * 20)])

    follow(path, "ar", sources)
    once = path.read_text()
    follow(path, "ar", sources)

    assert path.read_text() == once


def test_only_a_catalogue_that_is_newer_is_compiled_again(settings, tmp_path: Path):
    settings.LOCALE_PATHS = [tmp_path]
    path = catalogues()["de"]
    path.parent.mkdir(parents=True)
    whole = polib.POFile()
    whole.append(one("Save", "Speichern"))
    whole.save(str(path))

    assert [compile_newer(), compile_newer()] == [["de"], []]
    with path.with_suffix(".mo").open("rb") as made:
        assert gettext.GNUTranslations(made).gettext("Save") == "Speichern"
