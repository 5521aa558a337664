"""Answers that support or the asker stand behind, and of which others say that they fail."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.moderation.flagged import Flagged
from community.moderation.models import Case, CaseKind, Verb
from community.moderation.policies import may_claim
from community.people.models import Member
from community.policy import Invalid, require
from community.threads.actions.record import locked_post, record
from community.threads.events import ThreadReopened
from community.threads.models import EntryKind, Post, State

from .cases import close_case, open_case, standing
from .decisions import decided, reason
from .sanctions import as_now
from .upholding import how_it_stands

# Readers follow advice that may not work; nobody is hurt by words.
SEVERITY = 2
KEPT, HANDED_OVER, SETTLED = "kept", "handed_over", "settled"
VERBS = {KEPT: Verb.KEPT_ANSWER, HANDED_OVER: Verb.HANDED_OVER}


def contradicts_itself(post: Post) -> bool:
    stood_behind = post.accepted_by_support_at or post.confirmed_by_asker_at
    return bool(stood_behind and not post.is_removed and (post.asker_says_no_at or post.others_failed_count))


def line_up_contradiction(post: Post, *, at: datetime) -> None:
    open_case(CaseKind.CONTRADICTION, severity=SEVERITY, since=at, post=post, **Flagged(post).place)


def settle_contradiction(post: Post, *, by: Member, at: datetime) -> None:
    """Somebody has taken back what he said, or the answer is gone: nothing is left to decide, claimed or not."""
    if case := standing(CaseKind.CONTRADICTION, {"post": post}):
        close_case(case, by=by, at=at, outcome=SETTLED, because="", despite_claim=True)


@transaction.atomic
def decide_contradiction(*, by: Member, case: Case, outcome: str, because: str) -> Case:
    """Keep the answer as it stands, or hand the thread to support, where it waits for them again."""
    post = locked_post(case.post_id or 0)
    require(may_claim(as_now(by), case))
    if outcome not in VERBS:
        raise Invalid("outcome", _("Choose what becomes of the answer."))
    because, at = reason(because), clock.now()
    case = close_case(case, by=by, at=at, outcome=outcome, because=because)
    decided(VERBS[outcome], by=by, at=at, because=because, thread=post.thread, post=post, member=post.author)
    if outcome == HANDED_OVER:
        before = how_it_stands(post.thread)
        post.thread.move_to_state(State.WAITING_US, at)
        record(ThreadReopened, post.thread, EntryKind.REOPENED, by=by, at=at)
        case.before = before | {"deed": "hand_over", "seq": post.thread.seq}
        case.save(update_fields=["before"])
    return case
