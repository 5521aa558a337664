"""The words of the house in other languages: where the catalogues lie, how they follow the sources and are compiled.

English stands in the sources. Every other language of `settings.LANGUAGES` has one catalogue, `django.po`, which people
edit; the `.mo` beside it is made from it on each machine and kept in no repository.
"""

import os
from pathlib import Path

import django.conf
import polib
from django.conf import settings
from django.utils.translation import to_locale

# The sources speak it, so it needs no catalogue.
SPOKEN_BY_SOURCES = "en"


def catalogues() -> dict[str, Path]:
    """The catalogue of each language that has one."""
    return {
        code: Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.po"
        for code, _name in settings.LANGUAGES
        if code != SPOKEN_BY_SOURCES
    }


def compile_newer() -> list[str]:
    """Compile each catalogue that is newer than what was compiled from it; the languages that were."""
    compiled = []
    for code, path in catalogues().items():
        made = path.with_suffix(".mo")
        if path.exists() and not (made.exists() and made.stat().st_mtime_ns > path.stat().st_mtime_ns):
            # Several processes may be at it; each puts a whole file in place.
            whole = made.with_suffix(f".{os.getpid()}")
            polib.pofile(str(path)).save_as_mofile(str(whole))
            whole.replace(made)
            compiled.append(code)
    return compiled


def follow(path: Path, code: str, sources: polib.POFile) -> None:
    """Bring the catalogue at `path` to what the sources say.

    What is translated stays, what the sources no longer say goes, and nothing is guessed from something similar.
    """
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Content-Transfer-Encoding": "8bit",
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": to_locale(code),
        "MIME-Version": "1.0",
        "Plural-Forms": plural_forms(code),
    }
    for said in sources:
        entry = polib.POEntry(
            msgctxt=said.msgctxt,
            msgid=said.msgid,
            msgid_plural=said.msgid_plural,
            flags=said.flags,
            comment=said.comment,
        )
        before = known.get((said.msgctxt, said.msgid))
        if before is not None and before.msgid_plural == said.msgid_plural:
            entry.msgstr, entry.msgstr_plural = before.msgstr, before.msgstr_plural
        elif said.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(how_many_forms(code)), "")
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def plural_forms(code: str) -> str:
    """How Django counts in this language, so that its own catalogue and ours are read as one."""
    made = Path(django.conf.__file__).parent / "locale" / to_locale(code) / "LC_MESSAGES" / "django.mo"
    return polib.mofile(str(made)).metadata["Plural-Forms"]


def how_many_forms(code: str) -> int:
    return int(plural_forms(code).partition("nplurals=")[2].partition(";")[0])
