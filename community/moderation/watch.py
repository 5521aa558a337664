"""What is watched for, as every process remembers it. One short question tells whether that is still true."""

import threading
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import QuerySet

from community.people.models import Trust

from .models import ApprovalRule, Limits, WatchedWord, WatchMark, default_limits
from .words import Matcher

# The one row of WatchMark.
ROW = 1


@dataclass(frozen=True)
class Word:
    pk: int
    pattern: str
    act: str
    note: str
    # Empty: everywhere.
    space_ids: frozenset[int]

    def counts_in(self, space_id: int) -> bool:
        return not self.space_ids or space_id in self.space_ids


@dataclass(frozen=True)
class Watch:
    mark: str
    words: dict[int, Word]
    matcher: Matcher
    # By space, and under None the one for all.
    rules: dict[int | None, ApprovalRule]
    # By level of trust.
    limits: dict[int, Limits]

    def rules_for(self, space_id: int) -> list[ApprovalRule]:
        return [rule for key in (None, space_id) if (rule := self.rules.get(key))]


DEFAULT_LIMITS = {level: default_limits(level) for level in Trust.values}
NOTHING = Watch("", {}, Matcher([]), {}, DEFAULT_LIMITS)
_lock = threading.Lock()
_held = NOTHING


def mark_now() -> QuerySet:
    """The mark that counts, for a query that asks other things too."""
    return WatchMark.objects.filter(pk=ROW).values("mark")


def current() -> Watch:
    """One query; four where something has changed since."""
    return as_of(mark_now().values_list("mark", flat=True).first())


def remembered() -> Watch:
    """What this process knew last, without asking: good enough to guess by."""
    return _held


def as_of(mark: str | None) -> Watch:
    """What is watched under this mark, out of memory where it is the one remembered."""
    global _held
    if not mark:
        return NOTHING
    watch = _held
    if watch.mark != mark:
        with _lock:
            watch = _held = read(mark)
    return watch


def read(mark: str) -> Watch:
    rows = WatchedWord.objects.filter(is_on=True).prefetch_related("spaces")
    words = {row.pk: as_word(row) for row in rows}
    rules = {rule.space_id: rule for rule in ApprovalRule.objects.filter(is_on=True)}
    limits = DEFAULT_LIMITS | {row.trust: row for row in Limits.objects.all()}
    return Watch(mark, words, matcher_of(words), rules, limits)


def as_word(row: WatchedWord) -> Word:
    return Word(row.pk, row.pattern, row.act, row.note, frozenset(space.pk for space in row.spaces.all()))


def matcher_of(words: dict[int, Word]) -> Matcher:
    return Matcher((word.pk, word.pattern) for word in words.values())


def changed() -> None:
    """Call in the transaction that changes a rule or a word: whoever reads after it has ended reads anew."""
    WatchMark.objects.update_or_create(pk=ROW, defaults={"mark": uuid4().hex})
