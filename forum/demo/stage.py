"""What has been built so far, and who comes next: what the sentences of the demo speak about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from community.people.models import Member
from community.threads.models import Post, Thread

from .people import crowd_handles
from .script import Script, Step, Unreadable

OTHERS = re.compile(r"(\d+) others")


@dataclass(kw_only=True)
class Stage:
    people: dict[str, Member]
    loaded_at: datetime
    threads: dict[str, Thread] = field(default_factory=dict)
    waiting: dict[tuple[str, str], Iterator[Member]] = field(default_factory=dict)

    def person(self, handle: str, step: Step) -> Member:
        try:
            return self.people[handle]
        except KeyError:
            raise Unreadable(f"{step}: nobody is called {handle}") from None

    def persons(self, names: str, verb: str, step: Step) -> list[Member]:
        """`tallow, oakum and 3 others`: those named, and the next of the crowd who have not done this here yet."""
        found = []
        for name in re.split(r", | and ", names):
            if others := OTHERS.fullmatch(name):
                crowd = self.crowd(step.script, verb)
                found += [next(crowd) for _ in range(int(others[1]))]
            else:
                found.append(self.person(name, step))
        return found

    def crowd(self, script: Script, verb: str) -> Iterator[Member]:
        """The crowd in an order of its own for each thread; those whom the thread names speak for themselves."""
        if (script.name, verb) not in self.waiting:
            named = set(re.findall(r"[\w-]+", " ".join(step.sentence for step in script.steps)))
            rest = [self.people[handle] for handle in crowd_handles() if handle not in named]
            Random(script.name).shuffle(rest)  # noqa: S311 - the same order each time, nothing secret
            self.waiting[script.name, verb] = iter(rest)
        return self.waiting[script.name, verb]

    def thread(self, name: str, step: Step) -> Thread:
        """The thread as it is in the database now."""
        try:
            return Thread.objects.get(pk=self.threads[name].pk)
        except KeyError:
            raise Unreadable(f"{step}: at that time nobody had asked {name}") from None

    def post(self, number: int | str, step: Step) -> Post:
        try:
            return self.thread(step.script.name, step).posts.get(number=number)
        except Post.DoesNotExist:
            raise Unreadable(f"{step}: at that time there was no post {number}") from None
