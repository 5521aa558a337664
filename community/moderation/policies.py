from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.people.policies import administers, answers_officially, curates, may_write
from community.policy import ALLOWED, Verdict, refused

from .flagged import Flagged
from .models import Appeal, Case, Held, Sanction

# Something new may have come to light; asking every day is no reason to look again.
APPEAL_AGAIN_AFTER = timedelta(days=30)


def may_curate(member: Any) -> Verdict:
    """Hide, lock, pin, move, close, decide flags."""
    if not curates(member):
        return refused(_("Only moderators do this."))
    return may_write(member)


def may_flag(member: Any, flagged: Flagged) -> Verdict:
    """Also for whoever is silenced: only moderators read it, and what is said about him he cannot answer."""
    if not member.is_authenticated:
        return refused(SIGN_IN_TO_FLAG[flagged.name])
    if flagged.person.pk == member.pk:
        return refused(OWN[flagged.name])
    if flagged.is_gone:
        return refused(GONE[flagged.name])
    return ALLOWED


SIGN_IN_TO_FLAG = {
    "post": _("Sign in to flag a post."),
    "thread": _("Sign in to flag a thread."),
    "member": _("Sign in to flag a profile."),
    "attachment": _("Sign in to flag a file."),
}
OWN = {
    "post": _("This is your own post. You can edit or delete it."),
    "thread": _("This is your own thread. You can edit or delete its question."),
    "member": _("This is your own profile. You can edit it."),
    "attachment": _("This is your own file. You can take it out of your post."),
}
GONE = {
    "post": _("This post is already removed."),
    "thread": _("This thread is already removed."),
    "member": _("This member is no longer active, and nobody reads the profile."),
    "attachment": _("This file is already taken away."),
}


def may_decide_flag(by: Any, flagged: Flagged) -> Verdict:
    """A profile is somebody's standing, and decided about like one."""
    return may_sanction(by, flagged.thing) if flagged.name == "member" else may_curate(by)


def may_sanction(by: Any, member: Member) -> Verdict:
    """Warn, silence, suspend and take that back; also who reads and writes the notes about a member."""
    if not (may := may_curate(by)):
        return may
    if by.pk == member.pk:
        return refused(_("Nobody decides about themselves."))
    if member.is_team and not administers(by):
        return refused(_("Only administrators decide about members of the team."))
    return ALLOWED


def may_set_trust(by: Any, member: Member) -> Verdict:
    if not (may := may_sanction(by, member)):
        return may
    if member.is_team:
        return refused(_("The team has its role. Trust is earned by everybody else."))
    return ALLOWED


def may_appeal(member: Any, sanction: Sanction, appeals: list[Appeal], *, at: datetime) -> Verdict:
    """Only against what stands, once at a time. Being silenced or suspended is no hindrance."""
    if not (member.is_authenticated and member.pk == sanction.member_id):
        return refused(_("Only the person concerned appeals."))
    if not sanction.is_standing or (sanction.until and sanction.until <= at):
        return refused(_("This has ended."))
    if any(appeal.decided_at is None for appeal in appeals):
        return refused(_("Your appeal waits for somebody else than the one who decided."))
    if any(appeal.decided_at and at < appeal.decided_at + APPEAL_AGAIN_AFTER for appeal in appeals):
        return refused(_("Your appeal was decided. You can appeal again after 30 days."))
    return ALLOWED


def may_decide_appeal(by: Any, appeal: Appeal) -> Verdict:
    """Never whoever took the decision, never whom it concerns."""
    if by.is_authenticated and by.pk == appeal.sanctioned_by_id:
        return refused(_("You took this decision, so somebody else decides about the appeal."))
    return may_sanction(by, appeal.member)


def may_decide_held(by: Any, held: Held) -> Verdict:
    if by.is_authenticated and by.pk == held.by_id:
        return refused(_("Nobody decides about themselves."))
    return may_curate(by)


def may_withdraw_held(by: Any, held: Held) -> Verdict:
    """Also whoever is silenced meanwhile takes back what nobody has read yet."""
    if not (by.is_authenticated and by.pk == held.by_id):
        return refused(_("Only its author takes this back."))
    return ALLOWED


def may_rewrite_held(by: Any, held: Held) -> Verdict:
    return may_write(by) if (may := may_withdraw_held(by, held)) else may


def may_watch(member: Any) -> Verdict:
    """Say which words are watched and what is read before it is published."""
    if not administers(member):
        return refused(_("Only administrators change what is watched."))
    return may_write(member)


def may_claim(member: Any, case: Case | None) -> Verdict:
    """What is between an organisation and support, support claims."""
    if case is not None and case.for_support and not answers_officially(member):
        return refused(_("Only support decides about this."))
    return may_curate(member)


def may_undo(member: Any, case: Case) -> Verdict:
    if case.decided_by_id and case.decided_by_id != member.pk:
        return refused(_("Only whoever decided takes it back within seconds."))
    return may_claim(member, case)
