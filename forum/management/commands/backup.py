from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from forum.copies.backup import back_up


class Command(BaseCommand):
    help = "Copies database and files into a new folder while people go on writing. `restore` brings them back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where to; it must not be there yet")

    def handle(self, *, folder: Path, **options: Any) -> None:
        backup = back_up(folder)
        for name in backup.missing:
            self.stderr.write(f"Named by a row and not there: {name}")
        self.stdout.write(
            f"{folder} has {len(backup.tables)} tables and {len(backup.files)} files as of {backup.began_at}. "
            "The secret key is not in it; keep that elsewhere."
        )
