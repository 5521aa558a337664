"""Waves and held accounts: seen as one thing, cleared away as one thing, and undone as one thing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.alike import Company
from community.moderation.events import TextHeld, WaveCleared, WaveRestored
from community.moderation.models import (
    Case,
    CaseKind,
    Held,
    HeldAccount,
    HeldState,
    SanctionKind,
    Verb,
    Wave,
    WaveState,
)
from community.moderation.policies import may_curate, may_sanction
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.actions.record import locked_post
from community.threads.models import Post

from .cases import close_case, open_case, standing
from .decisions import decided, reason
from .holding import close, wait_again
from .posts import hide, unhide_post
from .sanctions import as_now, end_sanction, sanction_member
from .threads import hide_locked, unhide_thread

FREED = "freed"
# It grows by the minute, and all of it is one decision.
WAVE_SEVERITY = 5
# All that somebody writes waits with it.
ACCOUNT_SEVERITY = 2


def join_wave(held: Held, company: Company, *, at: datetime) -> Wave:
    """One more of a wave, with what came before it. The caller has just written it down, in this transaction."""
    wave = Wave.objects.filter(pk__in=company.wave_ids, state=WaveState.WAITING).order_by("pk").first()
    if wave is None:
        begun = {"began_at": at, "last_at": at}
        wave, is_new = Wave.objects.get_or_create(
            signature=company.signature[:200], state=WaveState.WAITING, defaults=begun
        )
        if is_new:
            open_case(CaseKind.WAVE, severity=WAVE_SEVERITY, since=at, wave=wave)
    wave.posts.add(*company.post_ids)
    Held.objects.waiting().filter(pk__in=[*company.held_ids, held.pk]).update(wave=wave)
    Wave.objects.filter(pk=wave.pk).update(last_at=at)
    return wave


@transaction.atomic
def clear_wave(*, by: Member, wave: Wave, because: str) -> Wave:
    """Take away what slipped through, decline what is held, suspend the accounts; each is told, with the reason."""
    wave = waiting_wave(by, wave)
    because, at = reason(because), clock.now()
    removed = [
        post
        for pk in wave.posts.order_by("thread_id", "pk").values_list("pk", flat=True)
        if (post := hidden(pk, by=by, at=at, because=because))
    ]
    wave.hidden_posts.set(removed)
    for held in Held.objects.waiting().select_for_update().filter(wave=wave).order_by("pk"):
        close(held, HeldState.DECLINED, Verb.DECLINED_HELD, by=by, because=because)
    for member in accounts_of(wave):
        if not may_sanction(by, member) or member.is_suspended(at):
            continue
        kind = SanctionKind.SUSPENSION
        wave.sanctions.add(sanction_member(by=by, member=member, kind=kind, because=because))
        settle_account(member, by=by, at=at, outcome="suspended", because=because)
    decide(wave, WaveState.CLEARED, Verb.CLEARED_WAVE, by=by, at=at, because=because)
    publish(WaveCleared(wave_id=wave.pk, post_ids=tuple(post.pk for post in removed)))
    return wave


def hidden(post_id: int, *, by: Member, at: datetime, because: str) -> Post | None:
    post = locked_post(post_id)
    if post.is_removed or post.thread.is_hidden:
        return None
    if post.is_first:
        hide_locked(post.thread, by=by, at=at, because=because)
    else:
        hide(post, by=by, at=at, because=because)
    verb = Verb.HID_THREAD if post.is_first else Verb.HID_POST
    decided(verb, by=by, at=at, because=because, thread=post.thread, post=post, member=post.author)
    return post


def accounts_of(wave: Wave) -> list[Member]:
    """Whose posts or held texts it has, by their numbers."""
    posted = wave.posts.values("author")
    return list(Member.objects.filter(pk__in=posted.union(wave.held.order_by().values("by"))).order_by("pk"))


@transaction.atomic
def dismiss_wave(*, by: Member, wave: Wave, because: str) -> Wave:
    """It is none: what is held waits one by one, and for a day the same is not taken for a wave again."""
    wave = waiting_wave(by, wave)
    decide(wave, WaveState.DISMISSED, Verb.DISMISSED_WAVE, by=by, at=clock.now(), because=reason(because))
    return wave


@transaction.atomic
def restore_wave(*, by: Member, wave: Wave, because: str) -> Wave:
    """Undo a clearing: posts are shown again, accounts come back, what was held waits again."""
    wave = locked_wave(by, wave)
    because = reason(because)
    if wave.state != WaveState.CLEARED:
        raise OutOfStep(_("It is not cleared away."))
    shown = list(wave.hidden_posts.select_related("thread").order_by("thread_id", "pk"))
    for post in shown:
        if post.is_first and post.thread.is_hidden:
            unhide_thread(by=by, thread=post.thread, because=because)
        elif post.hidden_at:
            unhide_post(by=by, post=post, because=because)
    for sanction in wave.sanctions.filter(ended_at=None).select_related("member").order_by("member_id"):
        end_sanction(by=by, sanction=sanction, because=because)
    # Only what the clearing declined: what somebody decided by himself stays decided.
    again = wave.held.filter(state=HeldState.DECLINED, decided_at__gte=wave.decided_at, decided_by=wave.decided_by)
    for held in again.select_for_update().order_by("pk"):
        wait_again(held)
        publish(TextHeld(held_id=held.pk, member_id=held.by_id))
    decide(wave, WaveState.RESTORED, Verb.RESTORED_WAVE, by=by, at=clock.now(), because=because)
    publish(WaveRestored(wave_id=wave.pk, post_ids=tuple(post.pk for post in shown)))
    return wave


def locked_wave(by: Member, wave: Wave) -> Wave:
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    require(may_curate(as_now(by)))
    return locked


def waiting_wave(by: Member, wave: Wave) -> Wave:
    locked = locked_wave(by, wave)
    if not locked.is_waiting:
        words = _("%(name)s has decided about this wave already.")
        raise OutOfStep(words % {"name": locked.decided_by.called if locked.decided_by else ""})
    return locked


def decide(wave: Wave, state: WaveState, verb: Verb, *, by: Member, at: datetime, because: str) -> None:
    if case := standing(CaseKind.WAVE, {"wave": wave}):
        close_case(case, by=by, at=at, outcome=str(state), because=because)
    wave.state, wave.decided_at, wave.decided_by, wave.decided_because = state, at, by, because
    wave.save(update_fields=["state", "decided_at", "decided_by", "decided_because"])
    decided(verb, by=by, at=at, because=because, before=wave.called[:200])


def hold_account(member: Member, signals: list[str], *, at: datetime) -> None:
    """All that the account writes in public waits from now on, until a moderator has looked at it."""
    HeldAccount.objects.get_or_create(member=member, freed_at=None, defaults={"signals": signals, "at": at})
    open_case(CaseKind.HELD_ACCOUNT, severity=ACCOUNT_SEVERITY, since=at, member=member)


@transaction.atomic
def free_account(*, by: Member, held: HeldAccount, because: str) -> HeldAccount:
    """It is no advertiser: what it writes from now on is judged by itself. What waits is decided one by one."""
    held = HeldAccount.objects.select_for_update().select_related("member").get(pk=held.pk)
    require(may_sanction(as_now(by), held.member))
    because = reason(because)
    if held.freed_at:
        raise OutOfStep(_("This account is free already."))
    at = clock.now()
    settle_account(held.member, by=by, at=at, outcome=FREED, because=because)
    decided(Verb.FREED_ACCOUNT, by=by, at=at, because=because, member=held.member)
    held.refresh_from_db()
    return held


def hold_again(case: Case) -> None:
    """Whoever let the account write takes it back. What the suspended sent is decided with the suspension."""
    if case.outcome != FREED:
        raise OutOfStep(_("It was settled with a decision about the member. Take that back where it is."))
    freed = HeldAccount.objects.filter(member=case.member, freed_at=case.decided_at, freed_by=case.decided_by)
    freed.update(freed_at=None, freed_by=None)


def settle_account(member: Member, *, by: Member, at: datetime, outcome: str, because: str) -> None:
    """Nobody has to look at this account any more, if anybody had."""
    if HeldAccount.objects.filter(member=member, freed_at=None).update(freed_at=at, freed_by=by):
        case = standing(CaseKind.HELD_ACCOUNT, {"member": member})
        if case:
            close_case(case, by=by, at=at, outcome=outcome, because=because)
