"""A live desk with somebody on shift and two who wait, and the presses of it."""

from datetime import time
from types import SimpleNamespace

from community import clock
from community.desk.actions import add_shift, call_in, take_call
from community.desk.models import Calendar, LiveTarget
from community.organisations.models import Organisation
from community.people.models import Member
from community.requests.actions import open_request
from community.spaces.models import Space
from tests import make
from tests.safety.press import Press


def set_live_desk(*, by: Member, agent: Member, company: Organisation, space: Space) -> SimpleNamespace:
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    LiveTarget.objects.create(plan=company.plan, calendar=always)
    day = {"day": clock.now().date(), "begins": time(), "ends": time(), "zone": "UTC"}
    shift = add_shift(by=by, member=agent, is_weekly=True, **day)
    calls = []
    for name in ("second", "third"):
        caller = make.member(name)
        make.seat(company, caller)
        smoke = open_request(by=caller, organisation=company, space=space, title="Smoke", body="In the hall.")
        calls.append(call_in(by=caller, thread=smoke.thread))
    taken = take_call(by=agent, call=calls[1])
    return SimpleNamespace(shift=shift, waiting=calls[0], taken=taken, second=calls[0].asked_by)


def waiting(stage):
    return [stage.live.waiting.pk]


AT_THE_LIVE_DESK = [
    Press(
        "desk:call",
        "asker",
        lambda stage: [stage.company.slug],
        {"title": "Now", "space": lambda stage: stage.space.pk},
        frozenset({"body", "token"}),
    ),
    Press("desk:call_here", "asker", lambda stage: [stage.request.thread_id]),
    Press("desk:call_leave", "second", waiting),
    Press("desk:call_take", "agent", waiting),
    Press("desk:call_back", "agent", lambda stage: [stage.live.taken.pk]),
    Press(
        "desk:rota",
        "keeper",
        lambda stage: [],
        {"member": lambda stage: stage.people.agent.pk, "day": "2036-01-01", "begins": "08:00", "ends": "16:00"},
        frozenset({"is_weekly"}),
    ),
    Press(
        "desk:shift_drop",
        "keeper",
        lambda stage: [stage.live.shift.pk],
        {"day": lambda stage: stage.live.shift.day.isoformat()},
        frozenset({"rest"}),
    ),
]
