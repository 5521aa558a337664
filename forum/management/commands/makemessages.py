"""Takes the words out of the sources. Django's command, made to write the same for everybody: no dates, no places in
files, nothing obsolete, nothing guessed. It needs GNU gettext, which only those need who change words.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages

from forum.catalogues import catalogues, follow

# Where words are said; what tests say is nobody's to translate.
FOLDERS = ("forum", "community", "cms", "templates")


def extracted() -> polib.POFile:
    """What the sources say, as a catalogue without translations."""
    with tempfile.TemporaryDirectory() as folder:
        command = Extraction()
        command.folder = folder
        command.extract()
        return polib.pofile(str(Path(folder) / "django.pot"), wrapwidth=0)


class BuildFile(makemessages.BuildFile):
    """Works beside the sources, not among them: a test or a reloader may be looking there."""

    command: "Extraction"

    @property
    def work_path(self) -> str:  # type: ignore[override]
        if not self.is_templatized:
            return self.path
        return os.path.join(self.command.folder, self.path.replace(os.sep, "_") + ".py")


class Extraction(makemessages.Command):
    build_file_class = BuildFile
    msguniq_options = ["--to-code=utf-8", "--no-location", "--no-wrap"]
    xgettext_options = ["--from-code=UTF-8", "--add-comments=Translators", "--no-location", "--no-wrap"]
    domain = "django"
    verbosity = 0
    folder = ""

    def extract(self) -> None:
        makemessages.check_programs("msguniq", "xgettext")
        self.locale_paths = [self.folder]
        self.build_potfiles()

    def find_files(self, root: str) -> list[makemessages.TranslatableFile]:
        return sorted(
            makemessages.TranslatableFile(str(path.parent), path.name, self.folder)
            for folder in FOLDERS
            for path in (settings.ROOT / folder).rglob("*")
            if path.suffix in {".html", ".txt", ".py"}
        )


class Command(BaseCommand):
    help = "Brings the catalogues of all languages to what the sources say."

    def handle(self, **options: Any) -> None:
        sources = extracted()
        for code, path in catalogues().items():
            follow(path, code, sources)
            self.stdout.write(f"{code}: {polib.pofile(str(path)).percent_translated()} % translated")
