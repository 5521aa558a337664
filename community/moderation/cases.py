"""Flags that several people raised on one post are one thing to decide, and were one once it is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from community.prose import excerpt
from community.threads.models import Post

from .models import Flag

WORDS = 400


@dataclass
class Case:
    """One post and the flags on it, most severe first; all of them wait, or were decided together."""

    flags: list[Flag]

    @property
    def first(self) -> Flag:
        return self.flags[0]

    @property
    def post(self) -> Post:
        return self.first.post

    @property
    def words(self) -> str:
        return excerpt(self.post.html, WORDS)

    @property
    def since(self) -> Any:
        return min(flag.created_at for flag in self.flags)

    @property
    def reasons(self) -> list[Any]:
        """Each once, the worst first."""
        return list(dict.fromkeys(flag.get_reason_display() for flag in self.flags))

    @property
    def removed_because(self) -> str:
        """Why the post is out of sight already, if it is."""
        post, thread = self.post, self.post.thread
        return post.deleted_because or post.hidden_because or thread.deleted_because or thread.hidden_because


def cases_of(keys: Iterable[dict[str, Any]]) -> list[Case]:
    """The cases of a page of `Flag.objects…in_cases()`, in its order."""
    keys = list(keys)
    flags = Flag.objects.for_queue().filter(post__in=[key["post"] for key in keys]).most_severe_first()
    found: dict[tuple, list[Flag]] = {(key["post"], key["decided_at"]): [] for key in keys}
    for flag in flags:
        if (key := (flag.post_id, flag.decided_at)) in found:
            found[key].append(flag)
    return [Case(flags) for flags in found.values() if flags]


def case_with(flag: Flag) -> Case:
    """The case a flag belongs to."""
    return cases_of([{"post": flag.post_id, "decided_at": flag.decided_at}])[0]
