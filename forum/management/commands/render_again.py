from typing import Any

from django.core.management.base import BaseCommand

from forum.consistency.words import make_again


class Command(BaseCommand):
    """Writes without an action: nobody says anything, the same words only get the HTML that is made of them today."""

    help = "Makes the HTML of every post again from its words. For after a change of what words become."

    def handle(self, **options: Any) -> None:
        made = [html is not None for _post, html in make_again()]
        changed, unreadable = made.count(True), made.count(False)
        self.stdout.write(f"{changed} posts have another HTML now, {unreadable} are too long and stay as they were.")
