from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from community import clock
from community.desk.models import Call, LiveTarget
from community.desk.policies import may_call
from community.desk.rota import Staffing, month_of, staffing
from community.organisations.models import Organisation
from community.policy import Verdict
from community.threads.models import Thread


@dataclass(frozen=True)
class Live:
    """The live desk as one reader meets it beside an organisation or one of its threads: templates/desk/_live.html."""

    organisation: Organisation
    thread: Thread | None
    target: LiveTarget
    here: Staffing
    # True ones, of this month: nobody is shown what was aimed at in their place.
    average: timedelta | None
    answered: int
    may: Verdict
    # The reader's own call, wherever he waits, and the one that waits in this thread.
    mine: Call | None
    in_thread: Call | None
    # Of the one that is shown; None once somebody comes to it.
    place: int | None
    is_support: bool

    @property
    def call(self) -> Call | None:
        return self.mine or self.in_thread

    @property
    def waits_elsewhere(self) -> bool:
        return self.mine is not None and self.mine != self.in_thread and self.thread is not None


def about_live(
    reader: Any,
    organisation: Organisation,
    target: LiveTarget | None,
    *,
    thread: Thread | None = None,
    seat: str | None = None,
) -> Live | None:
    """None where the plan has no live desk. `seat`: the kind of seat the reader has, for whoever has asked already."""
    if target is None:
        return None
    at = clock.now()
    asked = Call.objects.filter(plan=organisation.plan_id)
    figures = asked.asked_between(*month_of(at, target.calendar.hours.zone)).figures(at)
    waiting = list(
        Call.objects.in_line()
        .filter(Q(asked_by=reader) | Q(thread=thread) if thread else Q(asked_by=reader))
        .select_related("thread", "taken_by", "asked_by")
    )
    mine = next((call for call in waiting if call.asked_by_id == reader.pk), None)
    in_thread = next((call for call in waiting if thread and call.thread_id == thread.pk), None)
    shown = mine or in_thread
    return Live(
        organisation=organisation,
        thread=thread,
        target=target,
        here=staffing(at, target.calendar.hours),
        average=figures["average"],
        answered=figures["answered"],
        may=may_call(reader, organisation, target, today=at.date(), seat=seat),
        mine=mine,
        in_thread=in_thread,
        place=Call.objects.ahead_of(shown).count() + 1 if shown and not shown.taken_at else None,
        is_support=reader.answers_officially,
    )
