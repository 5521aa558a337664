from typing import Any

from django.core.management.base import BaseCommand

from forum.demo.building import build, is_built
from forum.demo.people import DOORS, PASSWORD


class Command(BaseCommand):
    help = "Loads the demo: people, spaces and a few days of threads. A second time it changes nothing."

    def handle(self, **options: Any) -> None:
        if is_built():
            self.stdout.write("The demo is loaded.")
        else:
            self.stdout.write(f"The demo is loaded: {build()} threads.")
        self.stdout.write(f"Sign in with one click on the sign-in page, or with the password {PASSWORD}:")
        for handle, part in DOORS.items():
            self.stdout.write(f"  {handle:<16}{part}")
