"""One post as every reader sees it."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy

from community import clock
from community.remembered import Remembered
from community.threads.models import Genre, Kind, Post, Thread

ICONS: dict[str, str] = {
    Kind.INFORMATION: "info",
    Kind.ACKNOWLEDGEMENT: "ack",
    Kind.QUESTION: "ask",
    Kind.WORKAROUND: "around",
    Kind.SOLUTION: "solve",
    Kind.NOTE: "inner",
}
BEGINNINGS: dict[str, tuple[str, Any]] = {
    Genre.QUESTION: ("ask", gettext_lazy("Question")),
    Genre.DISCUSSION: ("thread", gettext_lazy("Discussion")),
    Genre.ANNOUNCEMENT: ("info", gettext_lazy("Announcement")),
}

# Pages of a busy day; a few kilobytes each.
MOST_KEPT = 3_000

_posts = Remembered[str](MOST_KEPT)


@dataclass(frozen=True)
class PostView:
    """One post as every reader sees it."""

    post: Post
    thread: Thread

    @property
    def html(self) -> str:
        """Its one HTML: a line with the reason if it was removed."""
        return _posts.of(self.facts, lambda: render_to_string("components/post.html", {"item": self}))

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything the HTML says. Whoever lets it say more adds it here."""
        post, author, thread = self.post, self.post.author, self.thread
        about = (thread.product, thread.version, thread.platform)
        asked = (*(thing and thing.name for thing in about), thread.me_too_count) if post.is_first else ()
        return (
            get_language(),
            # Times of this year are said without it.
            clock.now().year,
            (thread.pk, thread.slug, thread.genre, self.is_asker, self.is_best, *asked),
            (author.pk, author.handle, author.name, author.role, author.helped_count),
            (post.pk, post.number, post.kind, post.is_official, post.created_at, post.edited_at, post.vote_count),
            (post.accepted_by_support_at, post.confirmed_by_asker_at, post.asker_says_no_at),
            (post.others_confirmed_count, post.others_failed_count),
            (post.hidden_at, post.hidden_because, post.deleted_at, post.deleted_because, self.removed_by_author),
            hash(post.html),
        )

    @property
    def icon(self) -> str:
        return BEGINNINGS[self.thread.genre][0] if self.post.is_first else ICONS[self.post.kind]

    @property
    def kind(self) -> Any:
        return BEGINNINGS[self.thread.genre][1] if self.post.is_first else self.post.get_kind_display()

    @property
    def is_asker(self) -> bool:
        return self.post.author_id == self.thread.author_id

    @property
    def is_askers(self) -> bool:
        """Where nothing is asked, nobody is called the asker."""
        return self.is_asker and self.thread.is_question

    @property
    def is_best(self) -> bool:
        """Shown at the top of the thread; in its place in the record a line says so."""
        return self.post.pk == self.thread.best_id

    @property
    def asks_back(self) -> bool:
        return self.post.kind == Kind.QUESTION and self.thread.is_question and not self.is_asker

    @property
    def has_taken(self) -> bool:
        """Whether a moderator took a picture out of it: only our own markup has this class."""
        return 'class="taken"' in self.post.html

    @property
    def removed_because(self) -> str:
        return self.post.deleted_because if self.post.deleted_at else self.post.hidden_because

    @property
    def is_hidden_by_flags(self) -> bool:
        """For now, by nobody in particular: the reason says both."""
        return self.post.hidden_for_now and not self.post.deleted_at

    @property
    def removed_by_author(self) -> bool:
        return self.post.deleted_at is not None and self.post.deleted_by_id == self.post.author_id
