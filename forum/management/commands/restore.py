from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from forum.copies.restoring import restore


class Command(BaseCommand):
    help = "Brings a backup back into an empty database and an empty folder of files, and checks all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` made")

    def handle(self, *, folder: Path, **options: Any) -> None:
        backup = restore(folder)
        self.stdout.write(f"Restored as of {backup.began_at}: {len(backup.tables)} tables, {len(backup.files)} files.")
        call_command("check_consistency", stdout=self.stdout)
