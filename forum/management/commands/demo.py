from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from forum.demo.building import build, is_built
from forum.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Loads the demo: people, spaces and a few days of threads. A second time it changes nothing."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO_SIGN_IN:
            # Everybody knows the password of the demo's people.
            self.stdout.write("The demo's door is closed here (DEMO_SIGN_IN), so the demo is not loaded.")
        elif is_built():
            self.stdout.write("The demo is loaded.")
        else:
            count = build()
            self.stdout.write(f"The demo is loaded: {count} threads. Its people have the password {PASSWORD}.")
