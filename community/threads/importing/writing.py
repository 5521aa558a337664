"""Writes threads from elsewhere: the thread, its posts, its log and its counters, in one transaction."""

import re
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from community import prose
from community.spaces.models import Space
from community.threads.models import (
    EntryKind,
    Genre,
    ImportedThread,
    Kind,
    Lane,
    LogEntry,
    Post,
    State,
    Thread,
)

from .authors import Authors
from .reading import ForeignPost, ForeignThread, Unusable


@dataclass(kw_only=True)
class Taken:
    """What became of a line. `thread` is None if it was here already; `kept_plain` are the numbers of those posts
    whose Markdown asks for too much, so that they stand as plain text."""

    thread: Thread | None
    kept_plain: list[int] = field(default_factory=list)


class Importer:
    """Takes threads from one `source`, whose ids and author names are its own, into one space."""

    def __init__(self, *, source: str, space: Space):
        self.source = source
        self.space = space
        self.authors = Authors(source)
        self.known = {row.foreign_id: row for row in ImportedThread.objects.filter(source=source)}

    def take(self, foreign: ForeignThread) -> Taken:
        """Write the whole thread or nothing. Raises Unusable if it cannot be taken as it is."""
        if known := self.known.get(foreign.id):
            return self.compared(known, foreign)
        kept_plain: list[int] = []
        texts = [self.rendered(post, kept_plain) for post in foreign.posts]
        try:
            with transaction.atomic(), self.authors:
                thread = self.write(foreign, texts)
                row = self.remember(foreign, thread)
        except IntegrityError:
            # Another import of the same file is running beside this one and was quicker.
            if known := ImportedThread.objects.filter(source=self.source, foreign_id=foreign.id).first():
                return self.compared(known, foreign)
            raise
        self.known[foreign.id] = row
        return Taken(thread=thread, kept_plain=kept_plain)

    def compared(self, known: ImportedThread, foreign: ForeignThread) -> Taken:
        if known.created_at != foreign.created_at:
            raise Unusable(
                f"id {foreign.id} is here already as another thread, #{known.thread_id}; "
                "say with --source that this file comes from elsewhere"
            )
        if known.post_count < len(foreign.posts):
            raise Unusable(
                f"thread {foreign.id} is here already as #{known.thread_id} with {known.post_count} posts; "
                f"the line has {len(foreign.posts)}, the newer ones were not added"
            )
        return Taken(thread=None)

    def rendered(self, post: ForeignPost, kept_plain: list[int]) -> tuple[str, str]:
        """Body and HTML."""
        try:
            return post.body, prose.render(post.body)
        except prose.TooMuch:
            body = fenced(post.body)
        try:
            html = prose.render(body)
        except prose.TooMuch as too_much:
            raise Unusable(f"post {post.number}: {too_much}") from too_much
        kept_plain.append(post.number)
        return body, html

    def write(self, foreign: ForeignThread, texts: list[tuple[str, str]]) -> Thread:
        writers = self.authors.members(foreign.posts)
        asker = writers[0]
        last = max(foreign.posts, key=lambda post: (post.created_at, post.number))
        answered = any(writer != asker for writer in writers)
        thread = Thread.objects.create(
            title=foreign.title,
            genre=Genre.QUESTION,
            space=self.space,
            author_id=asker,
            created_at=foreign.created_at,
            last_post_at=last.created_at,
            last_poster_id=writers[foreign.posts.index(last)],
            state=State.UNKNOWN if answered else State.WAITING_US,
            state_since=last.created_at if answered else foreign.created_at,
            post_count=len(foreign.posts),
            reply_count=len(foreign.posts) - 1,
            seq=len(foreign.posts),
        )
        posts = Post.objects.bulk_create(
            Post(
                thread=thread,
                number=number,
                position=number,
                author_id=writer,
                kind=Kind.INFORMATION,
                body=body,
                html=html,
                created_at=post.created_at,
            )
            for number, (post, writer, (body, html)) in enumerate(
                zip(foreign.posts, writers, texts, strict=True), start=1
            )
        )
        LogEntry.objects.bulk_create(
            LogEntry(
                thread=thread,
                lane=Lane.ALL,
                seq=post.number,
                kind=EntryKind.ASKED if post.number == 1 else EntryKind.REPLIED,
                post=post,
                actor_id=post.author_id,
                at=post.created_at,
            )
            for post in posts
        )
        return thread

    def remember(self, foreign: ForeignThread, thread: Thread) -> ImportedThread:
        return ImportedThread.objects.create(
            source=self.source,
            foreign_id=foreign.id,
            thread=thread,
            created_at=foreign.created_at,
            post_count=len(foreign.posts),
        )


def fenced(text: str) -> str:
    """The text as a block of code, whatever backticks it has itself."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
