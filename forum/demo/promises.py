"""What the demo's support has promised, and the hours in which it keeps that."""

from datetime import date, time

from community import clock
from community.desk.actions import look_at_clocks, look_at_promise
from community.desk.models import Calendar, ChainLink, Clock, Holiday, OfficeBlock, Promise, Target
from community.organisations.models import Plan, Severity
from community.people.models import Member

OFFICE = ((time(8), time(12)), (time(13), time(18)))
# Working minutes to the first response and to the solution; without a plan, hours as they pass.
EVERYBODY = {"response": 24 * 60, "solution": 5 * 24 * 60}
PLANS: dict[str, dict[str, int]] = {
    "Basic": {"response": 9 * 60, "solution": 45 * 60},
    "Enhanced": {"response": 4 * 60, "solution": 18 * 60},
}


def build_promises(people: dict[str, Member]) -> None:
    """Before anything is asked; what is there already stays as it is."""
    always, _ = Calendar.objects.get_or_create(name="Round the clock", defaults={"is_round_the_clock": True})
    office, is_new = Calendar.objects.get_or_create(name="Office", defaults={"zone": "Europe/London"})
    if is_new:
        OfficeBlock.objects.bulk_create(
            OfficeBlock(calendar=office, weekday=weekday, begins=begins, ends=ends)
            for weekday in range(5)
            for begins, ends in OFFICE
        )
        year = clock.now().year
        for month, day, name in ((12, 25, "Christmas Day"), (1, 1, "New Year's Day")):
            Holiday.objects.create(calendar=office, day=date(year + (month == 1), month, day), name=name)
    for kind, minutes in EVERYBODY.items():
        Target.objects.get_or_create(
            plan=None, severity="", kind=kind, defaults={"minutes": minutes, "calendar": always}
        )
    for plan in Plan.objects.filter(name__in=PLANS):
        for kind, minutes in PLANS[plan.name].items():
            about = {"plan": plan, "kind": kind}
            Target.objects.get_or_create(**about, severity="", defaults={"minutes": minutes, "calendar": office})
        critical = {"minutes": 60, "calendar": always}
        Target.objects.get_or_create(plan=plan, kind="response", severity=Severity.CRITICAL, defaults=critical)
    for rank, handle in (("lead", "desk-7"), ("manager", "keeper")):
        ChainLink.objects.get_or_create(rank=rank, member=people[handle])


def look_at_all_clocks() -> None:
    """As the minute does: what is late by now has been recorded as late."""
    for promise_id in Promise.objects.to_look_at(clock.now()).values_list("pk", flat=True):
        # A promise that was never due when somebody looked is looked at once for each thing the clock says of it.
        for _look in range(2):
            look_at_promise(promise_id)
    for thread_id in set(Clock.objects.to_look_at(clock.now()).values_list("thread", flat=True)):
        look_at_clocks(thread_id)
