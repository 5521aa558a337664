"""The lines of the review queue: each case with what stands beside it, for a whole page in a few questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Prefetch, Q

from community import clock, prose
from community.people.models import Member
from community.prose import excerpt
from community.spaces.models import Space
from community.threads.models import Post

from .docket import DOCKET, Entry
from .flagged import Flagged, what_is_flagged
from .models import Case, CaseKind, Flag, HeldAccount, PersonNote, Verb
from .policies import may_decide_appeal

# Who stands in a line of the queue, and where it is: by the way from its case.
PEOPLE = (
    *("post.author", "thread.author", "member", "attachment.uploader", "claimed_by", "decided_by", "held.by"),
    *("appeal.member", "appeal.sanctioned_by", "appeal.sanction.by"),
)
PLACES = ("post.thread.space", "thread.space", "attachment.post.thread.space", "held.space")

WORDS = 400
CONTEXT = 160
# About two screens; what is longer is opened where it stands.
MOST_SHOWN = 6_000
# A few pages of the queue, for each process less than two megabytes.
MOST_RENDERED = 100
# What counts as a decision against somebody.
AGAINST = (
    *(Verb.UPHELD_FLAG, Verb.HID_POST, Verb.HID_THREAD, Verb.DELETED_POST, Verb.DECLINED_HELD),
    *(Verb.TOOK_FILE, Verb.CLEARED_PROFILE),
)

SANCTIONED = (Verb.WARNED, Verb.SILENCED, Verb.SUSPENDED)


@dataclass
class History:
    """What is known of a member whose words are in question."""

    decisions: int = 0
    sanctions: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass
class Line:
    case: Case
    reader: Any
    at: datetime
    history: History = field(default_factory=History)
    # What the post answers.
    answers: Post | None = None
    # The question of a thread that is flagged as a whole.
    begins: Post | None = None
    # What decides it, where a form is needed for each.
    form: Any = None

    @property
    def entry(self) -> Entry:
        return DOCKET[CaseKind(self.case.kind)]

    @property
    def person(self) -> Any:
        return self.entry.person(self.case)

    @property
    def flags(self) -> list[Flag]:
        return list(self.case.flags.all())

    @property
    def first(self) -> Flag:
        return self.flags[0]

    @property
    def post(self) -> Post:
        return self.case.post

    @property
    def about(self) -> Flagged:
        return what_is_flagged(self.case)

    @property
    def words(self) -> str:
        post = self.case.post or self.begins
        return excerpt(post.html, WORDS) if post else ""

    @property
    def html(self) -> str:
        """The same as it was said, code and all; empty where it is too long for a line."""
        if self.case.held:
            return self.held_html
        post = self.case.post or self.begins
        return post.html if post and len(post.html) <= MOST_SHOWN else ""

    @property
    def held_html(self) -> str:
        body = self.case.held.body
        return rendered(body) if body and len(body) <= MOST_SHOWN else ""

    @property
    def before(self) -> str:
        return excerpt(self.answers.html, CONTEXT) if self.answers else ""

    @property
    def since(self) -> datetime:
        return self.case.since

    @property
    def reasons(self) -> list[Any]:
        """Each once, the worst first."""
        return list(dict.fromkeys(flag.get_reason_display() for flag in self.flags))

    @property
    def may_decide(self) -> Any:
        return may_decide_appeal(self.reader, self.case.appeal)

    @property
    def is_claimed(self) -> bool:
        return self.case.claimed_at(self.at)

    @property
    def is_mine(self) -> bool:
        return self.is_claimed and self.case.claimed_by_id == self.reader.pk

    @property
    def is_others(self) -> bool:
        return self.is_claimed and not self.is_mine


@lru_cache(maxsize=MOST_RENDERED)
def rendered(body: str) -> str:
    """Once for as long as it waits, and not each time that somebody looks at the queue."""
    try:
        return prose.render(body)
    except prose.TooMuch:
        return ""


def lines_of(cases: Iterable[Case], reader: Any) -> list[Line]:
    """The cases of a page of `Case.objects…for_queue()`, in its order."""
    lines = [Line(case, reader, clock.now()) for case in cases]
    add_people_and_places([line.case for line in lines])
    people = {line.person.pk: line.person for line in lines if line.person}
    histories = {pk: History(person.against, person.sanctioned) for pk, person in people.items()}
    for note in PersonNote.objects.filter(member__in=people).order_by("-at", "-pk"):
        histories[note.member_id].notes.append(note.words)
    for line in lines:
        line.history = histories[line.person.pk] if line.person else History()
    add_what_they_answer(lines)
    return lines


def add_people_and_places(cases: list[Case]) -> None:
    missing = [place for case in cases for path in PEOPLE if (place := place_of(case, path))]
    members = Member.objects.annotate(
        against=Count("decisions_about_me", filter=Q(decisions_about_me__verb__in=AGAINST)),
        sanctioned=Count("decisions_about_me", filter=Q(decisions_about_me__verb__in=SANCTIONED)),
    )
    if any(case.kind == CaseKind.HELD_ACCOUNT for case in cases):
        members = members.prefetch_related(Prefetch("held_accounts", HeldAccount.objects.filter(freed_at=None)))
    found = members.in_bulk({pk for _row, _name, pk in missing})
    for row, name, pk in missing:
        setattr(row, name, found[pk])
    places = [(case.space, place) for case in cases for path in PLACES if (place := place_of(case, path))]
    elsewhere = {pk for space, (_row, _name, pk) in places if space is None or space.pk != pk}
    spaces = Space.objects.in_bulk(elsewhere) if elsewhere else {}
    for space, (row, name, pk) in places:
        setattr(row, name, spaces.get(pk, space))


def place_of(case: Case, path: str) -> tuple[Any, str, int] | None:
    """The row that has somebody or something by this name, the name, and the key; None where there is none."""
    *way, name = path.split(".")
    row: Any = case
    for step in way:
        row = getattr(row, step, None)
    pk = getattr(row, f"{name}_id", None)
    return (row, name, pk) if pk else None


def add_what_they_answer(lines: list[Line]) -> None:
    """What stands before a post, and the question of a thread that is flagged as a whole."""
    wanted = {place: line for line in lines if (place := place_asked_for(line.case))}
    which = Q(pk=None)
    for thread, position in wanted:
        which |= Q(thread=thread, position=position)
    for post in Post.objects.filter(which).exclude(number=None).select_related("author") if wanted else ():
        line = wanted[post.thread_id, post.position]
        if line.case.thread_id:
            line.begins = post
        elif not post.is_removed:
            line.answers = post


def place_asked_for(case: Case) -> tuple[int, int] | None:
    if case.thread_id:
        return case.thread_id, 1
    return (case.post.thread_id, case.post.position - 1) if case.post and case.post.position > 1 else None


def line_with(case: Case, reader: Any) -> Line:
    return lines_of([Case.objects.for_queue().get(pk=case.pk)], reader)[0]
