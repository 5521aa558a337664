from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.consistency import faults


class Command(BaseCommand):
    help = "Counts every counter, log and fact again and says where they differ from their rows. Changes nothing."

    def handle(self, **options: Any) -> None:
        found = 0
        for found, fault in enumerate(faults(), start=1):  # noqa: B007 - the last number is how many there are
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{found} faults.")
        self.stdout.write("Everything counted agrees with its rows.")
