from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.desk.events import GapsFound, RotaChanged
from community.desk.hours import DAY, moment
from community.desk.models import Gap, Shift
from community.desk.models.calendars import check_zone
from community.desk.policies import may_keep_rota
from community.desk.rota import WEEK, bounds, days_of, gaps_between, house_zone
from community.desk.spans import Span, shared, without
from community.events import publish
from community.people.models import Member
from community.policy import Invalid, OutOfStep, require

# A gap is told of so long before it begins, or as soon as it is one.
TOLD_AHEAD = timedelta(days=7)


@transaction.atomic
def add_shift(
    *, by: Member, member: Member, day: date, begins: time, ends: time, zone: str, is_weekly: bool = False
) -> Shift:
    """Put somebody into the rota. Raises Invalid with the field that cannot be used."""
    require(may_keep_rota(by))
    check_zone(zone)
    if not (member.is_active and member.answers_officially):
        raise Invalid("member", _("Only those who answer for support are on shift."))
    shift = Shift(member=member, day=day, begins=begins, ends=ends, zone=zone, is_weekly=is_weekly)
    if not is_weekly and bounds(shift.place, day, begins, ends)[1] <= clock.now():
        raise Invalid("day", _("This shift is over already."))
    shift.save()
    publish(RotaChanged(shift_id=shift.pk, actor_id=by.pk))
    return shift


@transaction.atomic
def drop_day(*, by: Member, shift: Shift, day: date) -> None:
    """Nobody is on for this shift on that day; on the others of a weekly one it stays as it was."""
    shift = held(by, shift)
    if day not in days_of(shift, day, day):
        raise OutOfStep(_("This shift does not fall on that day any more."))
    # The days after it are a row of their own.
    later = Shift.objects.get(pk=shift.pk)
    later.pk, later.day = None, day + WEEK
    later._state.adding = True
    if shift.is_weekly and (shift.until is None or later.day <= shift.until):
        later.save()
    end_before(shift, day)
    publish(RotaChanged(shift_id=shift.pk, actor_id=by.pk))


@transaction.atomic
def end_shift(*, by: Member, shift: Shift, day: date) -> None:
    """From that day on the shift is no more; what was before stays true."""
    shift = held(by, shift)
    end_before(shift, day)
    publish(RotaChanged(shift_id=shift.pk, actor_id=by.pk))


def held(by: Member, shift: Shift) -> Shift:
    require(may_keep_rota(by))
    found = Shift.objects.select_for_update().filter(pk=shift.pk).first()
    if found is None:
        raise OutOfStep(_("This shift was taken out of the rota already."))
    return found


def end_before(shift: Shift, day: date) -> None:
    if shift.day >= day:
        Shift.objects.filter(pk=shift.pk).delete()
        return
    shift.until = day - DAY
    shift.save(update_fields=["until"])


@transaction.atomic
def look_for_gaps() -> list[Gap]:
    """Hours of the coming week without anybody, of which nobody was told yet. Looking twice finds nothing new.

    Looks to the end of a day, so that a rota nobody has written makes one gap more a day and not one a minute.
    """
    at = clock.now()
    zone = house_zone()
    last = moment(zone, (at + TOLD_AHEAD).astimezone(zone).date() + DAY, time())
    gaps = gaps_between(at, last)
    told = list(Gap.objects.select_for_update().standing(at))
    for row in told:
        settle(row, gaps, at)
    new = without(gaps, [row.span for row in told])
    found = Gap.objects.bulk_create(Gap(begins_at=begins, ends_at=ends, told_at=at) for begins, ends in new)
    if found:
        publish(GapsFound(gap_ids=tuple(gap.pk for gap in found)))
    return found


def settle(row: Gap, gaps: list[Span], at: datetime) -> None:
    """What was filled of a gap that was told of may open again, and is told again then."""
    begins, ends = row.span
    ahead = (max(begins, at), ends)
    left = shared([ahead], gaps)
    if left == [ahead]:
        return
    row.filled_at = at
    row.save(update_fields=["filled_at"])
    Gap.objects.bulk_create(
        Gap(begins_at=begins, ends_at=ends, told_at=row.told_at, mailed_at=row.mailed_at) for begins, ends in left
    )


def note_gaps_mailed(gap_ids: tuple[int, ...]) -> list[Gap]:
    """Those that nobody was mailed about, for the one who mails them now."""
    gaps = Gap.objects.select_for_update().filter(pk__in=gap_ids, mailed_at=None)
    mine = list(gaps.order_by("begins_at"))
    gaps.update(mailed_at=clock.now())
    return mine
