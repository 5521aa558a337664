from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from community.desk.actions import take_up_missed
from community.search.catching_up import catch_up, missing_posts
from community.spaces.models import Space
from community.threads.importing import Importer, Line, Unusable, lines_of, read_thread
from community.threads.importing.authors import let_everybody_join_with_their_first_post


class Command(BaseCommand):
    help = (
        "Takes over threads from a file of JSON lines, plain or gzip. It can be repeated and stopped at any time: "
        "a thread is taken whole or not at all, and never twice. Ends with 1 if there were lines it could not take."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--space", default="imported", help="the space the threads go to (default: %(default)s)")
        parser.add_argument(
            "--source",
            default="file",
            help="a name for the place whose ids and authors these are (default: %(default)s)",
        )

    def handle(self, *, file: Path, space: str, source: str, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        self.importer = Importer(source=source, space=self.find_space(space))
        self.taken, self.here_already, self.refused = 0, 0, 0
        console = Console(file=self.stdout, soft_wrap=True)  # type: ignore[arg-type]
        try:
            self.take_all(file, console)
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped. Threads taken: {self.taken}, each of them whole. Run it again for the rest.", returncode=130
            ) from None
        finally:
            let_everybody_join_with_their_first_post(source)
            take_up_missed()
        self.index(console)
        console.print(self.summary())
        if self.refused:
            raise CommandError(f"Lines not taken: {self.refused}; the reasons stand above.")

    def find_space(self, slug: str) -> Space:
        if slug == "imported":
            return Space.objects.get_or_create(slug=slug, defaults={"name": "Imported", "position": 900})[0]
        try:
            return Space.objects.get(slug=slug)
        except Space.DoesNotExist:
            known = ", ".join(Space.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no space {slug}. There are: {known}") from None

    def take_all(self, file: Path, console: Console) -> None:
        with progress(console) as bar:
            reading = bar.add_task("Importing", total=file.stat().st_size)
            for line in lines_of(file):
                for message in self.take(line):
                    console.print(message, markup=False, highlight=False)
                bar.update(reading, completed=line.read, description=f"{self.taken} threads")

    def index(self, console: Console) -> None:
        """Also what an import that was killed has left behind."""
        with progress(console) as bar:
            indexing = bar.add_task("Indexing", total=missing_posts().count())
            for count in catch_up():
                bar.advance(indexing, count)

    def take(self, line: Line) -> list[str]:
        """What there is to say about the line: why it was not taken, or what was kept in another way."""
        try:
            if line.fault:
                raise Unusable(line.fault)
            taken = self.importer.take(read_thread(line.text))
        except Unusable as reason:
            self.refused += 1
            return [f"Line {line.number} was not taken: {reason}"]
        if taken.thread is None:
            self.here_already += 1
        else:
            self.taken += 1
        return [
            f"Line {line.number}, post {number}: more formatting than a post can show, kept as plain text"
            for number in taken.kept_plain
        ]

    def summary(self) -> str:
        return f"Threads taken: {self.taken}, here already: {self.here_already}, lines not taken: {self.refused}."


def progress(console: Console) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal)
