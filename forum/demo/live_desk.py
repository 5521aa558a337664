"""Who of the demo's support is on shift, round the clock and with one night that is still open."""

from datetime import datetime, time, timedelta
from itertools import cycle

from community import clock
from community.desk.actions import add_shift, drop_day
from community.desk.models import Calendar, LiveTarget
from community.organisations.models import Plan
from community.people.models import Member

ZONE = "Europe/London"
SHIFTS = ((time(6), time(14)), (time(14), time(22)), (time(22), time(6)))
AGENTS = ("desk-2", "desk-5", "desk-7")
# Begun so long ago that everything in the demo happened while somebody was on.
BEGUN = timedelta(days=14)
# Far enough that nobody who looks at the demo finds the desk empty, near enough that it has been told of.
OPEN_NIGHT = timedelta(days=5)


def build_live_desk(people: dict[str, Member], loaded_at: datetime) -> None:
    """Before anybody calls."""
    calendar, _new = Calendar.objects.get_or_create(
        name="Live desk", defaults={"zone": ZONE, "is_round_the_clock": True}
    )
    _target, is_new = LiveTarget.objects.get_or_create(
        plan=Plan.objects.get(name="Enhanced"), defaults={"seconds": 90, "calendar": calendar}
    )
    if not is_new:
        return
    keeper, agents = people["keeper"], cycle(AGENTS)
    clock.set_to(loaded_at - BEGUN)
    first, open_night = (loaded_at - BEGUN).date(), (loaded_at + OPEN_NIGHT).date()
    for weekday in range(7):
        day = first + timedelta(days=weekday)
        for begins, ends in SHIFTS:
            agent = people[next(agents)]
            shift = add_shift(by=keeper, member=agent, day=day, begins=begins, ends=ends, zone=ZONE, is_weekly=True)
            if begins == time(22) and day.weekday() == open_night.weekday():
                drop_day(by=keeper, shift=shift, day=open_night)
