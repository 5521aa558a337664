from typing import Any

from django.core.management.base import BaseCommand

from cms import first_pages


class Command(BaseCommand):
    help = "Makes the home page and the help centre where they are missing. What editors have made is left alone."

    def handle(self, **options: Any) -> None:
        first_pages.build()
