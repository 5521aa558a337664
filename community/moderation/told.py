"""What is told to everybody of what is decided: what, when and why; never who decided, and never about whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from community.threads.models import Thread

from .models import FOR_GOOD, Decision, Outcome, Verb

# What is decided about a thread, and as what it is told. A flag that is upheld hides what it was raised about.
OF_THREADS = {
    verb: verb
    for verb in (
        *(Verb.HID_POST, Verb.SHOWED_POST, Verb.DELETED_POST, Verb.RESTORED_POST, Verb.HID_THREAD, Verb.SHOWED_THREAD),
        *(Verb.LOCKED, Verb.UNLOCKED, Verb.PINNED, Verb.UNPINNED, Verb.MOVED, Verb.CLOSED, Verb.REOPENED),
        *(Verb.SLOWED, Verb.SPLIT, Verb.MERGED, Verb.UNMERGED, Verb.TOOK_FILE, Verb.GAVE_FILE_BACK),
    )
} | {Verb.UPHELD_FLAG: Verb.HID_POST}
# Where the reason stands in the thread, or in place of what is gone, for everybody who comes there.
REASON_IS_READ = {
    *(Verb.UPHELD_FLAG, Verb.HID_POST, Verb.DELETED_POST, Verb.HID_THREAD, Verb.LOCKED, Verb.CLOSED, Verb.TOOK_FILE)
}
OF_MEMBERS = (
    *(Verb.WARNED, Verb.SILENCED, Verb.SUSPENDED, Verb.ENDED_EARLY, Verb.LIFTED_ON_APPEAL, Verb.CLEARED_PROFILE),
)


@dataclass(frozen=True)
class Told:
    what: str
    # A day and no minute: who was there at that minute is nobody's to compare.
    on: date
    because: str = ""
    thread: Thread | None = None
    until: datetime | None = None
    is_for_good: bool = False


def told_to_all() -> QuerySet:
    in_threads = Decision.objects.filter(
        Q(verb__in=OF_THREADS) | Q(verb=Verb.UNDID, before=Outcome.UPHELD)
    ).in_open_places()
    # What became of a thread or a file that was flagged stands beside it as a decision of its own.
    in_threads = in_threads.exclude(verb__in=(Verb.UPHELD_FLAG, Verb.UNDID), post=None)
    decisions = Decision.objects.filter(Q(pk__in=in_threads.values("pk")) | Q(verb__in=OF_MEMBERS))
    return decisions.select_related("post", "sanction").newest_first()


def with_threads(decisions: Iterable[Decision]) -> list[Told]:
    """With the thread of each that every visitor may read."""
    decisions = list(decisions)
    numbers = {decision.thread_id for decision in decisions if decision.thread_id}
    open_to_all = Thread.objects.open_to_all().in_bulk(numbers)
    return [told(decision, open_to_all) for decision in decisions]


def told(decision: Decision, open_to_all: dict[int, Thread]) -> Told:
    verb = Verb(decision.verb)
    on = decision.at.date()
    if verb in OF_MEMBERS:
        until = decision.sanction.until if hasattr(decision, "sanction") else None
        return Told(str(verb.label), on, until=until, is_for_good=decision.after == FOR_GOOD)
    shown_as = OF_THREADS.get(verb, verb)
    if verb == Verb.UPHELD_FLAG and decision.post is not None and decision.post.is_first:
        shown_as = Verb.HID_THREAD
    thread = open_to_all.get(decision.thread_id)
    # A thread that is hidden says why to everybody who comes there, and nothing else.
    is_read = verb in REASON_IS_READ and (thread is not None or shown_as == Verb.HID_THREAD)
    return Told(str(shown_as.label), on, decision.because if is_read else "", thread)
