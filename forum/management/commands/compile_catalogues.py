from typing import Any

from django.core.management.base import BaseCommand

from forum.catalogues import compile_newer


class Command(BaseCommand):
    help = "Compiles each catalogue of words (django.po) that is newer than what was compiled from it."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        compiled = compile_newer()
        if compiled and options["verbosity"]:
            self.stdout.write(f"Compiled the words of {', '.join(compiled)}.")
