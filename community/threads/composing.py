"""Everything a page needs to let somebody write a reply: whether he may, what he began, what it will be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from community import prepared
from community.people.policies import answers_officially
from community.policy import Verdict

from .forms import ReplyForm, fresh_token, guessed_kind, kinds_for
from .models import Draft, Kind, Post, Thread, WaitReason
from .policies import may_reply


@dataclass(frozen=True)
class Look:
    """What decides how the form of a reply looks."""

    kinds: tuple[tuple[str, str], ...]
    kind: str
    is_kind_chosen: bool
    guesses_kind: bool
    is_asker: bool
    is_official: bool
    reasons: tuple[tuple[str, str], ...]
    slow_minutes: int


@dataclass
class ReplyComposer:
    """What templates/threads/_reply.html shows; `form` is bound when something was refused."""

    thread: Thread
    verdict: Verdict
    form: ReplyForm | None = None
    draft: Draft | None = None
    token: str = ""
    kinds: list[tuple[str, Any]] | None = None
    kind: str = Kind.INFORMATION
    body: str = ""
    is_kind_chosen: bool = False
    is_asker: bool = False
    # Speaks for the house, and has its ready replies at hand.
    is_official: bool = False
    # Why it takes time, when support says so: what was chosen and written before something was refused.
    because: str = ""
    more: str = ""
    writer: str = ""
    # The highest number of a post when the page was read: what is said after it is shown before a reply goes out.
    seen: int = 0

    @property
    def reasons(self) -> list[tuple[str, Any]]:
        """Why something may take time; asked only of support, where somebody waits."""
        asks = self.is_official and self.thread.is_question and not self.is_asker
        return list(WaitReason.choices) if asks else []

    @property
    def guesses_kind(self) -> bool:
        """Whether the text tells what it is (steps, code, a question at its end), as long as nobody chose otherwise."""
        return self.thread.is_question and not self.is_asker

    @property
    def look(self) -> Look:
        return Look(
            in_words(self.kinds or ()),
            str(self.kind),
            self.is_kind_chosen,
            self.guesses_kind,
            self.is_asker,
            self.is_official,
            in_words(self.reasons),
            self.thread.slow_minutes,
        )


def in_words(choices: Iterable[tuple[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((value, str(label)) for value, label in choices)


def reply_composer(
    reader: Any, thread: Thread, *, form: ReplyForm | None = None, quoted: Post | None = None
) -> ReplyComposer:
    """The composer under a thread for this reader. One query, for the draft; none for a visitor.

    `form`: a bound form whose text is to be kept. `quoted`: a post whose words the reply begins with.
    """
    composer = ReplyComposer(thread=thread, verdict=may_reply(reader, thread), form=form, seen=thread.post_count)
    if not reader.is_authenticated:
        return composer
    composer.kinds, composer.writer = kinds_for(reader, thread), reader.handle
    composer.is_official = answers_officially(reader)
    composer.is_asker = thread.author_id == reader.pk
    if form is not None:
        composer.body = form["body"].value() or ""
        composer.kind = form["kind"].value() or Kind.INFORMATION
        composer.is_kind_chosen = bool(form.data.get("kind"))
        composer.because, composer.more = form["because"].value() or "", form["more"].value() or ""
        composer.seen = read_number(form.data.get("seen", "")) or thread.post_count
        # Whoever was refused for being too often sends the same form again, so it keeps its token.
        composer.token = form.data.get("token", "")[:64] or fresh_token()
        return composer
    composer.token = fresh_token()
    composer.draft = prepared.first(draft_in, reader, thread.pk)
    if composer.draft:
        composer.body, composer.kind = composer.draft.body, composer.draft.kind
        composer.is_kind_chosen = bool(composer.draft.kind)
    if quoted is not None:
        composer.body = f"{composer.body.rstrip()}\n\n{quotation(quoted)}".lstrip()
    composer.kind = composer.kind or guessed_kind(reader, thread, composer.body)
    return composer


def draft_in(reader: Any, thread_id: int) -> QuerySet[Draft]:
    return Draft.objects.for_place(reader, thread_id)


def read_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def quotation(post: Post, words: str | None = None) -> str:
    """The Markdown that quotes a post, or some words of it, with a link back to it; ends where the answer begins."""
    said = (post.body if words is None else words).splitlines()
    # What the post itself quoted was said before, by somebody else.
    own = [line for line in said if not line.startswith(">")] if words is None else said
    called = post.author.called.replace("[", "(").replace("]", ")")
    quoted = "\n".join(f"> {line}".rstrip() for line in "\n".join(own).strip().splitlines())
    return f"> [{called}]({post.permalink})\n{quoted}\n\n"
