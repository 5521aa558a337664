"""The lines of the review queue: each case with what stands beside it, for a whole page in a few questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from community import clock
from community.prose import excerpt
from community.threads.models import Post

from .docket import DOCKET, Entry
from .flagged import Flagged, what_is_flagged
from .models import Case, CaseKind, Decision, Flag, PersonNote, Verb
from .policies import may_decide_appeal

WORDS = 400
CONTEXT = 160
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


def lines_of(cases: Iterable[Case], reader: Any) -> list[Line]:
    """The cases of a page of `Case.objects…for_queue()`, in its order."""
    lines = [Line(case, reader, clock.now()) for case in cases]
    people = {line.person.pk for line in lines if line.person}
    histories = {pk: History() for pk in people}
    against = Decision.objects.filter(member__in=people, verb__in=AGAINST + SANCTIONED).order_by()
    for member, verb, n in against.values_list("member", "verb").annotate(n=Count("pk")):
        if verb in SANCTIONED:
            histories[member].sanctions += n
        else:
            histories[member].decisions += n
    for note in PersonNote.objects.filter(member__in=people).order_by("-at", "-pk"):
        histories[note.member_id].notes.append(note.words)
    for line in lines:
        line.history = histories[line.person.pk] if line.person else History()
    if of_posts := [line for line in lines if line.case.post_id]:
        add_what_they_answer(of_posts)
    if of_threads := {line.case.thread_id: line for line in lines if line.case.thread_id}:
        for post in Post.objects.filter(thread__in=of_threads, position=1):
            of_threads[post.thread_id].begins = post
    return lines


def add_what_they_answer(lines: list[Line]) -> None:
    replies = [line for line in lines if line.post.position > 1]
    which = Q(pk=None)
    for line in replies:
        which |= Q(thread=line.post.thread_id, position=line.post.position - 1)
    found = Post.objects.filter(which, hidden_at=None, deleted_at=None).exclude(number=None).select_related("author")
    by_place = {(post.thread_id, post.position): post for post in found}
    for line in replies:
        line.answers = by_place.get((line.post.thread_id, line.post.position - 1))


def line_with(case: Case, reader: Any) -> Line:
    return lines_of([Case.objects.for_queue().get(pk=case.pk)], reader)[0]
