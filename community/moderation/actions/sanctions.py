from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.moderation.events import MemberSanctioned, SanctionEnded
from community.moderation.models import FOR_GOOD, PersonNote, Sanction, SanctionKind, Verb
from community.moderation.policies import may_sanction
from community.people.actions import free, locked, restrict
from community.people.models import Member
from community.people.policies import until_in_words
from community.policy import Invalid, OutOfStep, require

from .decisions import decided, reason

MINUTE = timedelta(minutes=1)
# Whoever means longer means for good, and says so.
LONGEST = timedelta(days=3650)
NOTE_LENGTH = 1000
VERBS = {
    SanctionKind.WARNING: Verb.WARNED,
    SanctionKind.SILENCE: Verb.SILENCED,
    SanctionKind.SUSPENSION: Verb.SUSPENDED,
}
# What stands on the member's row meanwhile; a warning only stays on record.
RESTRICTIONS = {SanctionKind.SILENCE: "silenced", SanctionKind.SUSPENSION: "suspended"}


@transaction.atomic
def sanction_member(*, by: Member, member: Member, kind: str, because: str, until: datetime | None = None) -> Sanction:
    """Warn, silence or suspend; `until` None is for good. It counts at once, and the member is told why.

    Raises NotAllowed, Invalid, or OutOfStep when the same stands already.
    """
    member = locked(member.pk)
    require(may_sanction(as_now(by), member))
    if kind not in SanctionKind.values:
        raise Invalid("kind", _("Choose what to do."))
    kind, because, at = SanctionKind(kind), reason(because), clock.now()
    until = checked(until, at) if kind in RESTRICTIONS else None
    if kind in RESTRICTIONS:
        for standing in Sanction.objects.standing().filter(member=member, kind=kind).select_related("by"):
            if not standing.until or standing.until > at:
                words = _("%(name)s decided this already: it stands %(until)s.")
                raise OutOfStep(words % {"name": standing.by.called, "until": until_in_words(by, standing.until)})
            run_out(standing, member)
        restrict(member, RESTRICTIONS[kind], at=at, until=until, because=because)
    after = "" if kind not in RESTRICTIONS else f"{until:%Y-%m-%d %H:%M} UTC" if until else FOR_GOOD
    decision = decided(VERBS[kind], by=by, at=at, because=because, member=member, after=after)
    sanction = Sanction.objects.create(
        member=member, kind=kind, because=because, by=by, at=at, until=until, decision=decision
    )
    publish(MemberSanctioned(sanction_id=sanction.pk, member_id=member.pk))
    return sanction


def checked(until: datetime | None, at: datetime) -> datetime | None:
    """On the full minute, at which it ends by itself."""
    if until is None:
        return None
    if until <= at:
        raise Invalid("until", _("That time has passed."))
    if until > at + LONGEST:
        raise Invalid("until", _("That is more than ten years. Choose “for good” if you mean it; it can be appealed."))
    full = until.replace(second=0, microsecond=0)
    return full if full == until else full + MINUTE


@transaction.atomic
def end_sanction(*, by: Member, sanction: Sanction, because: str) -> Sanction:
    """Take it back before its time. Raises OutOfStep when it has ended."""
    member = locked(sanction.member_id)
    require(may_sanction(as_now(by), member))
    because = reason(because)
    sanction = standing_now(sanction.pk)
    decided(Verb.ENDED_EARLY, by=by, at=clock.now(), because=because, member=member, before=sanction.kind)
    end(sanction, member, at=clock.now(), by=by, because=because)
    return sanction


def standing_now(sanction_id: int) -> Sanction:
    """The caller holds the lock of the member."""
    sanction = Sanction.objects.get(pk=sanction_id)
    if not sanction.is_standing:
        raise OutOfStep(_("This has ended already."))
    return sanction


def end(sanction: Sanction, member: Member, *, at: datetime, by: Member | None, because: str = "") -> None:
    """The caller holds the lock of the member, has asked, and has written down who decided so."""
    sanction.ended_at, sanction.ended_by, sanction.ended_because = at, by, because
    sanction.save(update_fields=["ended_at", "ended_by", "ended_because"])
    if sanction.kind in RESTRICTIONS:
        free(member, RESTRICTIONS[SanctionKind(sanction.kind)])
    publish(SanctionEnded(sanction_id=sanction.pk, member_id=member.pk))


def stand_again(sanction: Sanction, member: Member) -> None:
    """As before its end, which is taken back. The caller holds the lock of the member and has asked."""
    if Sanction.objects.standing().filter(member=member, kind=sanction.kind).exists():
        raise OutOfStep(_("Somebody has decided anew about the member meanwhile."))
    sanction.ended_at, sanction.ended_by, sanction.ended_because = None, None, ""
    sanction.save(update_fields=["ended_at", "ended_by", "ended_because"])
    if sanction.kind in RESTRICTIONS:
        what = RESTRICTIONS[SanctionKind(sanction.kind)]
        restrict(member, what, at=sanction.at, until=sanction.until, because=sanction.because)


@transaction.atomic
def let_run_out(sanction_id: int) -> None:
    """Write down that its time has come; nothing when somebody was faster."""
    member_id = Sanction.objects.values_list("member_id", flat=True).get(pk=sanction_id)
    member = locked(member_id)
    sanction = Sanction.objects.run_out(clock.now()).filter(pk=sanction_id).first()
    if sanction:
        run_out(sanction, member)


def run_out(sanction: Sanction, member: Member) -> None:
    at = sanction.until or clock.now()
    decided(Verb.RAN_OUT, by=None, at=at, member=member, before=sanction.kind)
    end(sanction, member, at=at, by=None)


@transaction.atomic
def note_person(*, by: Member, member: Member, words: str) -> PersonNote:
    """Write down something about a member for those who decide about him."""
    require(may_sanction(as_now(by), member))
    words = words.strip()
    if not words:
        raise Invalid("words", _("Write something first."))
    return PersonNote.objects.create(member=member, by=by, words=words[:NOTE_LENGTH], at=clock.now())


def as_now(by: Member) -> Member:
    """Whoever lost the role while the page was open has lost it."""
    return Member.objects.get(pk=by.pk)


def note_mailed(rows: QuerySet, column: str) -> bool:
    """True for the one who may send the mail."""
    return bool(rows.filter(**{column: None}).update(**{column: clock.now()}))
