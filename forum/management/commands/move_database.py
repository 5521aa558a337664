from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from forum.copies.moving import move


class Command(BaseCommand):
    help = "Moves everything from SQLite into the PostgreSQL of DATABASE_URL. Stop the forum first. May be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="url", required=True, help="sqlite:////absolute/path/of/forum.sqlite3")

    def handle(self, *, url: str, **options: Any) -> None:
        move(url, self.stdout.write)
        self.stdout.write("Every table is the same in both.")
        call_command("check_consistency", stdout=self.stdout)
