from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from community.search.catching_up import catch_up
from forum.consistency import faults, mend
from forum.copies import rows


class Command(BaseCommand):
    help = "Counts every counter, log and fact again and says where they differ from their rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend numbers and index first, and say what was done")
        parser.add_argument(
            "--fingerprint", action="store_true", help="say a hash that databases of the same rows share"
        )

    def handle(self, **options: Any) -> None:
        if options["fingerprint"]:
            self.say_fingerprint()
        if options["repair"]:
            self.repair()
        found = 0
        for found, fault in enumerate(faults(), start=1):  # noqa: B007 - the last number is how many there are
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{found} faults.")
        self.stdout.write("Everything counted agrees with its rows.")

    def repair(self) -> None:
        """What is counted is mended. What people said and decided is not: that is looked at by a person."""
        for mended in mend():
            self.stdout.write(mended)
        if indexed := sum(catch_up()):
            self.stdout.write(f"{indexed} posts were brought into the index.")

    def say_fingerprint(self) -> None:
        prints = rows.fingerprint(DEFAULT_DB_ALIAS)
        for table, told in prints.items():
            if not told.startswith("0:"):
                self.stdout.write(f"{table} {told}")
        self.stdout.write(f"all {rows.together(prints)}")
