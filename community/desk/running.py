"""How a clock stands: what happened in a thread, read from its log, as stretches in which the clock ran."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import Case, Q, When

from community.threads.models import EntryKind, Kind, Lane, State, Thread

from .hours import Hours

# What somebody who asks can go on with. A kind word is none of it, from whomever it comes.
RESPONSES = frozenset({Kind.INFORMATION, Kind.QUESTION, Kind.WORKAROUND, Kind.SOLUTION})
SAID = frozenset({EntryKind.REPLIED, EntryKind.EDITED})
TAKEN_AWAY = frozenset({EntryKind.DELETED, EntryKind.HIDDEN})
GONE: dict[str, bool] = {
    EntryKind.THREAD_HIDDEN: True,
    EntryKind.THREAD_DELETED: True,
    EntryKind.THREAD_UNHIDDEN: False,
    EntryKind.THREAD_RESTORED: False,
}
# What is merged is waited for where it leads to, and there a clock of its own runs.
MERGED: dict[str, bool] = {EntryKind.MERGED: True, EntryKind.UNMERGED: False}


class Turn(Enum):
    RUNS = "runs"
    RESTS = "rests"
    STOPS = "stops"


OUR_TURN = frozenset({State.WAITING_US, State.WORKAROUND})
OVER = frozenset({State.CONFIRMED, State.CLOSED, State.OPEN})


@dataclass(frozen=True)
class Fact:
    """One row of a thread's log, as far as clocks care."""

    kind: str
    at: datetime
    state: str = ""
    post: int | None = None
    post_kind: str = ""
    # By a person of support, and to be read now.
    is_official: bool = False


@dataclass(frozen=True)
class Run:
    """The stretches in which a clock ran, the last one open while it runs."""

    stretches: tuple[tuple[datetime, datetime | None], ...] = ()
    stopped_at: datetime | None = None

    @property
    def running_since(self) -> datetime | None:
        begun, ended = self.stretches[-1] if self.stretches else (None, None)
        return begun if ended is None else None

    def used(self, hours: Hours) -> timedelta:
        """What was worked in the stretches that have ended."""
        ended = (hours.worked_between(begun, end) for begun, end in self.stretches if end)
        return sum(ended, timedelta())

    def reaches(self, working: timedelta, hours: Hours) -> datetime | None:
        """The moment at which so much has been worked: one that has come, or one that will if the clock runs on."""
        for begun, ended in self.stretches:
            at = hours.due_at(begun, working)
            # Done at the very moment at which it was due is done in time.
            if at and (ended is None or at < ended):
                return at
            if ended:
                working -= hours.worked_between(begun, ended)
        return None


def facts_of(thread: Thread) -> list[Fact]:
    """What happened, in order. Chatter of others, which moves no clock, is left out however much there is."""
    chatter = Q(kind=EntryKind.REPLIED, post_kind__in=(Kind.INFORMATION, Kind.ACKNOWLEDGEMENT))
    rows = thread.log.after(0, lane=Lane.ALL).exclude(chatter & Q(post__is_official=False) & ~Q(actor=thread.author_id))
    # What nobody did, a machine did: a receipt is no response.
    official = Q(
        post__thread=thread,
        post__is_official=True,
        post__hidden_at=None,
        post__deleted_at=None,
        actor__isnull=False,
    )
    told = rows.annotate(official=Case(When(official, then=True), default=False))
    return [Fact(*row) for row in told.values_list("kind", "at", "state", "post", "post_kind", "official")]


def response_run(facts: Iterable[Fact]) -> Run:
    """Until a person of support says something to go on with, counted from the posts that still stand."""
    facts = list(facts)
    return run(turns(facts), stops_at=first_response(facts))


def solution_run(facts: Iterable[Fact]) -> Run:
    """Until a solution that support stands behind, or the asker's own word, rests while it is the asker's turn."""
    return run(turns(facts))


def first_response(facts: Iterable[Fact]) -> datetime | None:
    """When the first response that still stands became one: an edit that makes one of a kind word counts from then."""
    since: dict[int, datetime] = {}
    for fact in facts:
        if fact.post is None or not fact.is_official or fact.kind not in SAID:
            continue
        if fact.post_kind in RESPONSES:
            since.setdefault(fact.post, fact.at)
        else:
            since.pop(fact.post, None)
    return min(since.values(), default=None)


def turns(facts: Iterable[Fact]) -> Iterator[tuple[datetime, Turn]]:
    state, is_gone, is_merged = str(State.WAITING_US), False, False
    accepted: set[int | None] = set()
    facts = list(facts)
    # What was said in another thread before was promised nothing: the clock begins when it became one of its own.
    to_be_split = any(fact.kind == EntryKind.SPLIT_FROM for fact in facts)
    for fact in facts:
        to_be_split = to_be_split and fact.kind != EntryKind.SPLIT_FROM
        state = fact.state or state
        is_gone = GONE.get(fact.kind, is_gone)
        is_merged = MERGED.get(fact.kind, is_merged)
        if fact.kind == EntryKind.ACCEPTED:
            accepted.add(fact.post)
        elif fact.kind == EntryKind.UNACCEPTED or fact.kind in TAKEN_AWAY:
            accepted.discard(fact.post)
        turn = turn_in(state, is_gone=is_gone, is_accepted=bool(accepted))
        yield fact.at, Turn.RESTS if (is_merged or to_be_split) and turn == Turn.RUNS else turn


def turn_in(state: str, *, is_gone: bool, is_accepted: bool) -> Turn:
    if is_gone or state in OVER or (state == State.ANSWERED and is_accepted):
        return Turn.STOPS
    return Turn.RUNS if state in OUR_TURN else Turn.RESTS


def run(turned: Iterable[tuple[datetime, Turn]], *, stops_at: datetime | None = None) -> Run:
    stretches: list[tuple[datetime, datetime | None]] = []
    stopped_at = begun = None
    for at, turn in turned:
        if stops_at and at >= stops_at:
            break
        if turn == Turn.RUNS:
            begun, stopped_at = begun or at, None
            continue
        if begun:
            stretches.append((begun, at))
            begun = None
        stopped_at = (stopped_at or at) if turn == Turn.STOPS else None
    if stops_at:
        stopped_at = stops_at
    if begun:
        stretches.append((begun, stops_at))
    return Run(tuple(stretches), stopped_at)
