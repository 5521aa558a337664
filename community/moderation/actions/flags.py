from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import FlagDecided
from community.moderation.models import KEYS_APART, SEVERITY, CaseKind, Flag, FlagReason, Outcome, Verb
from community.moderation.policies import may_curate, may_flag
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require
from community.threads.actions.record import locked_post
from community.threads.models import Audience, Post

from .cases import close_case, open_case
from .decisions import decided, reason
from .posts import hide
from .threads import hide_locked
from .weighing import hide_if_flags_agree, settle_hidden


def flag_post(*, by: Member, post: Post, why: str, words: str = "") -> Flag:
    """Ask a moderator to look at a post. Flagging it again before the decision changes nothing."""
    require(may_flag(by, post))
    if why not in FlagReason.values:
        raise Invalid("reason", _("Choose a reason."))
    words = " ".join(words.split())
    if why == FlagReason.OTHER and not words:
        raise Invalid("words", _("Say in your words what is wrong."))
    try:
        with transaction.atomic():
            # Lock first: it may have been removed while they were writing; and those who decide take the same locks.
            post = locked_post(post.pk)
            require(may_flag(by, post))
            flag = Flag.objects.create(
                post=post,
                flagger=by,
                reason=why,
                words=words[:500],
                severity=SEVERITY[FlagReason(why)],
                created_at=clock.now(),
            )
            flag.case = open_case(
                CaseKind.FLAGS,
                severity=flag.severity,
                since=flag.created_at,
                post=post,
                space=post.thread.space,
                for_support=post.thread.audience == Audience.ORGANISATION,
            )
            flag.save(update_fields=["case"])
            hide_if_flags_agree(flag.case, post, at=flag.created_at)
            return flag
    except IntegrityError:
        return Flag.objects.waiting().get(post=post, flagger=by)


@transaction.atomic
def uphold_flag(*, by: Member, flag: Flag, because: str) -> Flag:
    """The flag is right: the post is hidden, and every waiting flag on it is decided with it."""
    return decide(flag, Outcome.UPHELD, Verb.UPHELD_FLAG, by=by, because=because)


@transaction.atomic
def decline_flag(*, by: Member, flag: Flag, because: str) -> Flag:
    """The post may stand; every waiting flag on it is decided with it."""
    return decide(flag, Outcome.DECLINED, Verb.DECLINED_FLAG, by=by, because=because)


def decide(flag: Flag, outcome: Outcome, verb: Verb, *, by: Member, because: str) -> Flag:
    post = locked_post(flag.post_id)
    require(may_curate(by))
    because = reason(because)
    flag = Flag.objects.select_related("decided_by", "case").get(pk=flag.pk)
    if flag.decided_at:
        raise OutOfStep(
            _("This flag was already %(outcome)s by %(name)s.")
            % {"outcome": flag.get_outcome_display(), "name": flag.decided_by.called if flag.decided_by else ""}
        )
    at = clock.now()
    # First the case, then the flags: one that is raised at this moment is decided with it, or waits in a case anew.
    case = flag.case and close_case(flag.case, by=by, at=at, outcome=str(outcome), because=because)
    waiting = list(Flag.objects.waiting().filter(post=post, case=case))
    Flag.objects.filter(pk__in=[each.pk for each in waiting]).update(
        outcome=outcome, decided_at=at, decided_by=by, decided_because=because
    )
    settle_hidden(case, post, by=by, at=at, because=because, is_upheld=outcome == Outcome.UPHELD)
    if outcome == Outcome.UPHELD and not post.is_removed:
        if post.is_first:
            hide_locked(post.thread, by=by, at=at, because=because)
        else:
            hide(post, by=by, at=at, because=because)
    decided(
        verb,
        by=by,
        at=at,
        because=because,
        thread=post.thread,
        post=post,
        member=post.author,
        before=KEYS_APART.join(sorted({each.reason for each in waiting})),
        after=outcome,
    )
    for each in waiting:
        publish(FlagDecided(flag_id=each.pk, post_id=post.pk, flagger_id=each.flagger_id, outcome=str(outcome)))
    flag.refresh_from_db()
    return flag
