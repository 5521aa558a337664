from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import clock
from community.desk import actions
from community.desk.forms import DropForm, ShiftForm
from community.desk.hours import DAY, moment
from community.desk.models import LiveTarget, Shift
from community.desk.policies import may_keep_rota, may_see_the_line
from community.desk.rota import WEEK, Watch, gaps_between, house_zone, watches
from community.policy import Invalid, Refusal, require
from community.threads.views.writing import refuse


@dataclass(frozen=True)
class Entry:
    """From when to when somebody is on, or nobody although somebody should be; as read at the place of the rota."""

    begins: datetime
    ends: datetime
    is_now: bool
    # None: a gap.
    watch: Watch | None = None

    @property
    def from_time(self) -> str:
        return f"{self.begins:%H:%M}"

    @property
    def to_time(self) -> str:
        return f"{self.ends:%H:%M}"

    @property
    def ends_later(self) -> bool:
        """On another day than the one it begins on."""
        return self.ends.date() > self.begins.date()

    @property
    def anchor(self) -> str:
        return "" if self.watch else f"gap-{self.begins.astimezone(UTC):%Y%m%d%H%M}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """The coming week; a POST puts somebody in."""
    require(may_see_the_line(request.user))
    zone = house_zone()
    today = clock.now().astimezone(zone).date()
    form = ShiftForm(request.POST if request.method == "POST" else None, initial={"day": today})
    status = 200
    if form.is_bound:
        require(may_keep_rota(request.user))
        status = 422
        if form.is_valid():
            try:
                actions.add_shift(by=request.user, zone=zone.key, **form.cleaned_data)
            except Invalid as invalid:
                status = refuse(form, invalid)
            else:
                messages.success(request, _("%(name)s is in the rota.") % {"name": form.cleaned_data["member"].called})
                return redirect("desk:rota")
    return page(request, form, zone, today, status)


def page(request: HttpRequest, form: ShiftForm, zone: ZoneInfo, today: date, status: int) -> HttpResponse:
    at = clock.now()
    ends = moment(zone, today + WEEK + DAY, time())
    on = watches(at, ends)
    gaps = gaps_between(at, ends, on)
    entries = [entry(watch.span, zone, at, watch) for watch in on] + [entry(gap, zone, at) for gap in gaps]
    context = {
        "days": by_day(entries, [today + n * DAY for n in range(8)]),
        "gap_count": len(gaps),
        "zone": zone.key,
        "targets": LiveTarget.objects.select_related("plan", "calendar"),
        "form": form,
        "may_keep": may_keep_rota(request.user),
    }
    return render(request, "desk/rota.html", context, status=status)


def entry(span: tuple[datetime, datetime], zone: ZoneInfo, at: datetime, watch: Watch | None = None) -> Entry:
    begins, ends = span
    return Entry(begins.astimezone(zone), ends.astimezone(zone), begins <= at < ends, watch)


def by_day(entries: Iterable[Entry], days: list[date]) -> list[tuple[date, list[Entry]]]:
    """On the day on which each begins; what began before is on the first."""
    rows: dict[date, list[Entry]] = {day: [] for day in days}
    for each in sorted(entries, key=lambda each: (each.begins, each.ends)):
        rows[max(each.begins.date(), days[0])].append(each)
    return list(rows.items())


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift out of the rota: on one day, or from that day on."""
    require(may_keep_rota(request.user))
    shift = get_object_or_404(Shift.objects.select_related("member"), pk=pk)
    form = DropForm(request.POST)
    if not form.is_valid():
        raise Invalid("day", _("Name a day, for example 2026-11-25."))
    taking: Any = actions.end_shift if form.cleaned_data["rest"] else actions.drop_day
    try:
        taking(by=request.user, shift=shift, day=form.cleaned_data["day"])
    except Refusal as refusal:
        messages.warning(request, str(refusal.reason))
    else:
        messages.success(request, _("%(name)s is out of the rota there.") % {"name": shift.member.called})
    return redirect("desk:rota")
