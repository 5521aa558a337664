"""The first thing under a title: a sentence that is true about whose turn it is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import clock, prose
from community.threads.models import Genre, Kind, Outlook, Post, State, Thread

from .awaiting import FirstReplies, first_replies, who_reads
from .best import Best, others_say

ASKED_LENGTH = 140


@dataclass(frozen=True)
class StateLine:
    """`says` chooses the sentence in components/state.html, `more` is what follows from it, in plain words."""

    thread: Thread
    says: str
    since: datetime
    more: tuple[Any, ...] = ()
    # The answer or the question back that the sentence is about.
    post: Post | None = None
    # How long it took until the asker confirmed.
    took: timedelta | None = None
    is_for_asker: bool = False
    # The reader is the asker, whoever's turn it is: promises, deadlines and offers are his to answer.
    by_asker: bool = False
    # How long others waited for a first reply; only for an asker whom nobody has answered yet.
    first_replies: FirstReplies | None = None

    @property
    def is_new(self) -> bool:
        return self.is_for_asker and self.says == State.WAITING_US

    @property
    def asker_word(self) -> str:
        if self.thread.confirmed_by_asker_at:
            return "yes"
        # A newer answer has not been judged yet: what was said of an older one stands there.
        is_open = self.thread.state == State.ANSWERED
        return "no" if self.thread.asker_says_no_at and not is_open else ""

    @property
    def first_reply_after(self) -> timedelta | None:
        first = getattr(self.thread, "first_reply_at", None)
        return first - self.thread.created_at if first else None

    @property
    def is_late(self) -> bool:
        return self.thread.due_at is not None and self.thread.due_at < clock.now()

    @property
    def rests(self) -> bool:
        """Something was promised, and it waits for the asker with everybody else."""
        return bool(self.thread.due_for) and self.says in (State.WAITING_ASKER, "waiting_you")

    @property
    def outlook(self) -> Outlook | None:
        """What is promised, needed and offered; nothing where nothing was ever said of it."""
        return getattr(self.thread, "outlook", None)

    @property
    def is_ours(self) -> bool:
        waits = self.thread.state in (State.WAITING_US, State.WORKAROUND)
        return self.thread.is_question and waits and not self.thread.is_merged

    @property
    def has_passed(self) -> bool:
        """The time of a promise that still runs."""
        return bool(self.outlook and self.outlook.promise_until and self.outlook.promise_until < clock.now())

    @property
    def should_be_decided(self) -> bool:
        return bool(self.outlook and self.outlook.decide_by and self.outlook.decide_by < clock.now())

    @property
    def planned_after(self) -> timedelta | None:
        return self.outlook.planned_at - self.thread.created_at if self.outlook and self.outlook.planned_at else None

    @property
    def done_after(self) -> timedelta | None:
        return self.outlook.done_at - self.thread.created_at if self.outlook and self.outlook.done_at else None

    @property
    def is_solved_there(self) -> bool:
        """Support stands behind a solution there, or its asker confirmed one: worth asking whether it helps here."""
        other = self.original
        return bool(other and (other.accepted_by_support_at or other.confirmed_by_asker_at))

    @property
    def original(self) -> Thread | None:
        """The thread this one is merged into, named only where everybody may read its title."""
        other = self.thread.merged_into
        return other if other and other.is_open_to_all else None


def state_line(thread: Thread, best: Best) -> StateLine:
    """The same for every reader. At most one query."""
    line = StateLine(thread, str(thread.state), thread.state_since)
    if thread.is_merged:
        return replace(line, says="merged", more=())
    if thread.genre == Genre.ANNOUNCEMENT or not thread.is_question:
        return replace(line, says=str(thread.genre) if not thread.is_closed else "closed", more=closing(thread))
    match thread.state:
        case State.WAITING_US | State.WORKAROUND if thread.asker_says_no_at:
            return replace(line, says="broken", more=with_support(thread))
        case State.WAITING_US:
            return replace(line, more=(nobody_yet(thread), *with_support(thread)))
        case State.WORKAROUND:
            # Where a time is owed, the next sentence names it.
            runs_on = () if thread.due_at else (_("The clock for the solution runs on."),)
            return replace(line, more=(*runs_on, *with_support(thread)))
        case State.WAITING_ASKER:
            asks = last_word(thread, Kind.QUESTION)
            if asks is None or asks.created_at < thread.state_since:
                # Nobody asked anything in the thread: a ticket was solved.
                return replace(line, more=(_("Support calls this solved. Is it solved for the asker?"),))
            return replace(line, post=asks, more=(what_is_asked(asks),))
        case State.ANSWERED:
            answer = best.post or last_word(thread, Kind.SOLUTION)
            since = thread.accepted_by_support_at or (answer.created_at if answer else thread.state_since)
            return replace(line, post=answer, since=since, more=tuple(others_say(best)))
        case State.CONFIRMED:
            took = thread.confirmed_by_asker_at - thread.created_at if thread.confirmed_by_asker_at else None
            return replace(line, post=best.post, took=took, more=tuple(others_say(best)[1:]))
        case State.UNKNOWN:
            return replace(line, post=best.post)
        case State.CLOSED:
            return replace(line, more=closing(thread), post=best.post)
    return line


def for_reader(line: StateLine, reader: Any) -> StateLine:
    """The sentence as the asker reads it, before the first reply and at their turn; for all others the one all read.

    At most one query, and that only for an asker whom nobody has answered yet.
    """
    if not reader.is_authenticated or line.thread.author_id != reader.pk:
        return line
    line = replace(line, by_asker=True)
    if line.says == "merged":
        return replace(line, is_for_asker=True)
    if line.says == State.WAITING_US and not line.thread.reply_count:
        told = (_("Nobody has answered yet."), who_reads(line.thread), *with_support(line.thread))
        return replace(line, more=told, is_for_asker=True, first_replies=first_replies(line.thread))
    if line.says == State.WAITING_ASKER:
        return replace(line, says="waiting_you", is_for_asker=True)
    if line.says == State.ANSWERED and line.post and line.post.author_id != reader.pk:
        return replace(line, says="did_it_help", is_for_asker=True)
    return line


def last_word(thread: Thread, kind: Kind) -> Post | None:
    post = Post.objects.filter(thread=thread, kind=kind).standing().select_related("author").order_by("-number").first()
    if post:
        post.thread = thread
    return post


def what_is_asked(post: Post) -> str:
    said = prose.excerpt(post.html, ASKED_LENGTH)
    return _("%(name)s asks: %(question)s") % {"name": post.author.called, "question": said}


def nobody_yet(thread: Thread) -> str:
    if not thread.reply_count:
        return _("Nobody has answered yet.")
    count = thread.reply_count
    return ngettext("%(n)s reply so far, and no solution yet.", "%(n)s replies so far, and no solution yet.", count) % {
        "n": count
    }


def with_support(thread: Thread) -> tuple[str, ...]:
    return (_("It is with support."),) if thread.with_support_at else ()


def closing(thread: Thread) -> tuple[str, ...]:
    if not thread.is_closed:
        return ()
    return (_("Reason, by a moderator: %(reason)s") % {"reason": thread.closed_because},)
