"""How each kind of case is shown: the one table that a new kind of thing to decide adds a line to.

A kind needs a member of `CaseKind`, a column of `Case` that says what it is about (`SUBJECTS`, with its constraint),
`open_case` where it comes up and `close_case` in the action that decides, and here a template. The template gets
`line`, a community.moderation.cases.Line, and has the forms that decide; the frame round it (what it is, since when,
who has claimed it, what is known of the person) is the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .flagged import what_is_flagged
from .models import Case, CaseKind


@dataclass(frozen=True)
class Entry:
    template: str
    # Whose doing it is about; his history stands beside it. None: of many.
    person: Callable[[Case], Any]
    # What the list of all that waits counts together with it.
    listed_as: str
    can_be_undone: bool = False


HELD = Entry("moderation/_held_row.html", lambda case: case.held.by, "held", can_be_undone=True)
DOCKET: dict[CaseKind, Entry] = {
    CaseKind.FLAGS: Entry(
        "moderation/case.html", lambda case: what_is_flagged(case).person, "flags", can_be_undone=True
    ),
    CaseKind.HELD_POST: HELD,
    CaseKind.HELD_EDIT: HELD,
    CaseKind.HELD_ACCOUNT: Entry(
        "moderation/_held_account_case.html", lambda case: case.member, "held", can_be_undone=True
    ),
    CaseKind.WAVE: Entry("moderation/_wave_case.html", lambda case: None, "held"),
    CaseKind.CONTRADICTION: Entry(
        "moderation/_contradiction.html", lambda case: case.post.author, "contradictions", can_be_undone=True
    ),
    CaseKind.APPEAL: Entry(
        "moderation/appeal_case.html", lambda case: case.appeal.member, "appeals", can_be_undone=True
    ),
}


def kinds_listed_as(key: str) -> list[CaseKind]:
    return [kind for kind, entry in DOCKET.items() if entry.listed_as == key]
