"""Who stands here for the authors of another place: members without address or password, who keep their names."""

import re
import unicodedata
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from django.contrib.auth.hashers import make_password
from django.db.models import Min, OuterRef, Subquery

from community.people.handles import is_reserved, look_alike_key
from community.people.models import Member
from community.threads.models import ImportedAuthor, Post

from .reading import ForeignPost

HANDLE_LENGTH = 30
NAME_LENGTH = 60


class Authors:
    """Finds or makes the member for each author of a source. Used as a context inside each thread's transaction:
    whom a failed transaction made is forgotten with it."""

    def __init__(self, source: str):
        self.source = source
        self.known: dict[str, int] = dict(ImportedAuthor.objects.filter(source=source).values_list("name", "member_id"))
        self.new: dict[str, int] = {}

    def __enter__(self) -> Self:
        self.new = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.known |= self.new

    def members(self, posts: Sequence[ForeignPost]) -> list[int]:
        """The member's id for each post, in their order."""
        return [self.member(post) for post in posts]

    def member(self, post: ForeignPost) -> int:
        name = post.author
        known = self.known.get(name) or self.new.get(name) or self.made_meanwhile(name)
        if known is None:
            handle = free_handle(name)
            member = Member.objects.create(
                handle=handle,
                name="" if handle == name else name[:NAME_LENGTH],
                password=make_password(None),
                joined_at=post.created_at,
            )
            ImportedAuthor.objects.create(source=self.source, name=name, member=member)
            known = self.new[name] = member.pk
        return known

    def made_meanwhile(self, name: str) -> int | None:
        """By another import that runs beside this one."""
        return ImportedAuthor.objects.filter(source=self.source, name=name).values_list("member_id", flat=True).first()


def let_everybody_join_with_their_first_post(source: str) -> None:
    """Threads come in any order, so the first post of somebody may have come after he was made."""
    first = Post.objects.filter(author=OuterRef("pk")).values("author").annotate(at=Min("created_at")).values("at")
    made_here = ImportedAuthor.objects.filter(source=source).values("member")
    Member.objects.filter(pk__in=made_here, last_login=None).update(joined_at=Subquery(first))


def free_handle(name: str) -> str:
    """A handle like the name that nobody has and that nobody could take for somebody else's."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-_")[:HANDLE_LENGTH].strip("-_")
    if len(stem) < 3 or is_reserved(stem):
        stem = f"member-{stem}".strip("-")[:HANDLE_LENGTH]
    handle, count = stem, 1
    while is_reserved(handle) or Member.objects.filter(handle_key=look_alike_key(handle)).exists():
        count += 1
        ending = f"-{count}"
        handle = stem[: HANDLE_LENGTH - len(ending)] + ending
    return handle
