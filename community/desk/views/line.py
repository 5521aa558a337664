import re
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community import clock
from community.desk import actions
from community.desk.hours import DAY
from community.desk.models import Call, LiveTarget
from community.desk.policies import may_keep_rota, may_see_the_line
from community.desk.queries import call_lists
from community.desk.rota import month_of, on_shift
from community.desk.same_case import with_same_case
from community.policy import OutOfStep, require
from community.threads.lists import CountedPaginator, Tab
from community.threads.views.lists import number

FIRST_YEAR = 2000
LISTS: dict[str, Any] = {
    "asked": gettext_lazy("All calls"),
    "answered": gettext_lazy("Answered"),
    "in_time": gettext_lazy("In time"),
    "late": gettext_lazy("Late"),
    "left": gettext_lazy("Left in time"),
    "waiting": gettext_lazy("Waiting, in time"),
}


@login_required
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Who waits for a person, and how soon the persons came: each figure is the length of the list behind it."""
    require(may_see_the_line(request.user))
    at = clock.now()
    show, month = request.GET.get("show") or "asked", request.GET.get("month") or f"{at:%Y-%m}"
    if show not in LISTS:
        raise Http404(_("There is no such list."))
    within = middle_of(month)
    targets = list(LiveTarget.objects.select_related("plan", "calendar"))
    figures = [figures_of(target, within, at) for target in targets]
    asked_plan = number(request.GET.get("plan", ""))
    chosen = next((each for each in figures if each["plan"].pk == asked_plan), figures[0] if figures else None)
    if request.GET.get("plan") and (chosen is None or chosen["plan"].pk != asked_plan):
        raise Http404(_("There is no such list."))
    context: dict[str, Any] = {"month": within, "figures": figures, "chosen": chosen, "show": show}
    if chosen:
        rows = calls_of(chosen["target"], within).filter(call_lists(at)[show]).latest_first().for_page()
        context["before"], context["after"] = months_beside(
            f"{reverse('desk:line')}?plan={chosen['plan'].pk}&", within, at
        )
        context["page"] = CountedPaginator(rows, chosen["counts"][show]).get_page(request.GET.get("page"))
        context["tabs"] = [
            Tab(key, words, chosen["urls"][key], chosen["counts"][key], key == show) for key, words in LISTS.items()
        ]
    return render(request, "desk/line.html", context | in_line(request))


def middle_of(month: str) -> datetime:
    """A moment that lies in this month in every zone."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", month, re.ASCII)
    if not found:
        raise Http404(_("There is no such list."))
    return datetime(int(found[1]), int(found[2]), 15, tzinfo=UTC)


def months_beside(page: str, within: datetime, at: datetime) -> list[str]:
    """Where the month before is, and the one after; "" for one that has not begun. `page` ends where a question may."""
    months = (within - 30 * DAY, within + 30 * DAY)
    return [
        f"{page}month={other:%Y-%m}" if f"{other:%Y-%m}" <= f"{at:%Y-%m}" and other.year >= FIRST_YEAR else ""
        for other in months
    ]


def calls_of(target: LiveTarget, within: datetime) -> Any:
    return Call.objects.filter(plan=target.plan).asked_between(*month_of(within, target.calendar.hours.zone))


def figures_of(target: LiveTarget, within: datetime, at: datetime) -> dict[str, Any]:
    counts = calls_of(target, within).figures(at)
    month = f"{within:%Y-%m}"
    asked = f"{reverse('desk:line')}?plan={target.plan_id}&month={month}&show="
    # Of those that can be judged: who left in time has not been failed, and who waits in time is not late.
    judged = counts["in_time"] + counts["late"]
    return {
        "target": target,
        "plan": target.plan,
        "counts": counts,
        "average": counts["average"],
        "urls": {key: asked + key for key in LISTS},
        "judged": judged,
        "percent": counts["in_time"] * 100 // judged if judged else None,
        "is_late": counts["average"] is not None and counts["average"].total_seconds() > target.seconds,
    }


def in_line(request: HttpRequest) -> dict[str, Any]:
    return {
        "calls": list(with_same_case(Call.objects.visible_to(request.user).in_line().for_page(), "thread")),
        "on": on_shift(clock.now()),
        "may_keep": may_keep_rota(request.user),
    }


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The line anew, for a page that is open."""
    require(may_see_the_line(request.user))
    response = render(request, "desk/line.html#waiting", in_line(request))
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_see_the_line(request.user))
    call = found(request, pk)
    try:
        actions.take_call(by=request.user, call=call)
    except OutOfStep as late:
        messages.warning(request, str(late.reason))
        return redirect("desk:line")
    return redirect(call.thread)


@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_see_the_line(request.user))
    try:
        actions.return_call(by=request.user, call=found(request, pk))
    except OutOfStep as late:
        messages.warning(request, str(late.reason))
    return redirect("desk:line")


def found(request: HttpRequest, pk: int) -> Call:
    waiting = Call.objects.visible_to(request.user).exclude(thread=None).select_related("thread")
    return get_object_or_404(waiting, pk=pk)
