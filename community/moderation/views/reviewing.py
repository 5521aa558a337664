"""The review queue: all that waits for a moderator, the gravest first, whatever it is."""

from functools import partial
from operator import methodcaller
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import clock
from community.policy import require
from community.threads.views.lists import number

from .. import actions
from ..canned import canned_reasons
from ..cases import Line, line_with, lines_of
from ..docket import DOCKET, kinds_listed_as
from ..forms import FlagDecisionForm, ReasonForm
from ..forms_about_people import AppealDecisionForm
from ..models import UNDO_FOR, Case, CaseKind, Deed
from ..policies import may_curate
from .people import done
from .tabs import LISTS, OTHERS, address, tabs

ON_A_PAGE = 20
# Outcomes that reach further than taking them back would.
FOR_GOOD = ("withdrawn", "settled", "suspended")
type Counts = dict[tuple[str, str, str], tuple[int, int]]


class Counted(Paginator):
    """Of a list whose length is known from the counts beside the filters."""

    def __init__(self, rows: Any, per_page: int, known: int | None):
        super().__init__(rows, per_page)
        if known is not None:
            self.__dict__["count"] = known


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    shown, space = request.GET.get("show") or "waiting", request.GET.get("space") or ""
    if shown not in LISTS | OTHERS:
        raise Http404(_("There is no such list."))
    visible = Case.objects.visible_to(request.user)
    counts = counted(visible)
    in_order = methodcaller("latest_first" if shown == "decided" else "most_severe_first")
    rows = in_order(visible.decided() if shown == "decided" else visible.waiting().apart_from_waves())
    if shown == "mine":
        rows = rows.filter(claimed_by=request.user, claimed_until__gt=clock.now())
    elif shown in LISTS and shown != "waiting":
        rows = rows.filter(kind__in=kinds_listed_as(shown))
    spaces = {slug: name for _kind, slug, name in counts if slug}
    if space:
        if space not in spaces:
            spaces[space] = space
        rows = rows.filter(space__slug=space)
    known = None if shown in OTHERS else sum_of(counts, shown, space)
    # First which, then all about these: joined before it is cut, a late page goes through all that stands before it.
    page = Counted(rows.values_list("pk", flat=True), ON_A_PAGE, known).get_page(request.GET.get("page"))
    cases = in_order(Case.objects.for_queue()).filter(pk__in=list(page.object_list))
    places = [{"words": _("All spaces"), "url": address(shown, ""), "current": not space}] + [
        {"words": name, "url": address(shown, slug), "count": sum_of(counts, shown, slug), "current": slug == space}
        for slug, name in sorted(spaces.items(), key=lambda each: each[1])
    ]
    context = {
        "page": page,
        "cases": lines_for(cases, request.user),
        "places": places if len(places) > 2 or space else [],
        "shown": shown,
        "place": address(shown, space).removeprefix(request.path),
        "form": FlagDecisionForm(moderator=request.user),
        "canned": canned_reasons(),
        "newest": max((newest for _count, newest in counts.values()), default=0),
        "undoable": just_decided(request.user),
    } | tabs(shown, space=space, count_of=lambda key: sum_of(counts, key, space))
    return render(request, "moderation/queue.html", context)


def lines_for(page: Any, reader: Any) -> list[Line]:
    lines = lines_of(page, reader)
    for line in lines:
        if line.case.kind == CaseKind.APPEAL:
            line.form = AppealDecisionForm(auto_id=f"appeal-{line.case.appeal_id}-%s")
    return lines


def counted(cases: Any) -> Counts:
    """How many wait, by kind and space, and the newest of them."""
    waiting = cases.waiting().apart_from_waves()
    places = waiting.filter(kind__in=DOCKET).order_by().values_list("kind", "space__slug", "space__name")
    counts = places.annotate(n=Count("pk"), newest=Max("pk"))
    return {(kind, slug or "", name or ""): (n, newest) for kind, slug, name, n, newest in counts}


def sum_of(counts: Counts, shown: str, space: str) -> int:
    kinds = kinds_listed_as(shown) or list(DOCKET)
    return sum(n for (kind, slug, _name), (n, _newest) in counts.items() if kind in kinds and space in ("", slug))


def just_decided(reader: Any) -> Case | None:
    """What the reader decided seconds ago and can still take back."""
    since = clock.now() - UNDO_FOR
    kinds = [kind for kind, entry in DOCKET.items() if entry.can_be_undone]
    mine = Case.objects.filter(decided_by=reader, decided_at__gt=since, kind__in=kinds)
    last = mine.exclude(outcome__in=FOR_GOOD).order_by("-decided_at", "-pk").first()
    # A mail cannot be called back.
    return None if last is None or last.before.get("deed") == Deed.WARN else last


@login_required
@require_safe
def new_count(request: HttpRequest) -> JsonResponse:
    """How many cases have come since the newest one on the page: {"count": 2}."""
    require(may_curate(request.user))
    after = number(request.GET.get("after", "")) or 0
    count = Case.objects.visible_to(request.user).waiting().apart_from_waves().filter(pk__gt=after).count()
    return JsonResponse({"count": count})


@login_required
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim it for ten minutes, or let it go, by the button that was pressed."""
    case = case_in_my_care(request, pk)
    act = actions.let_go_of_case if "let_go" in request.POST else actions.claim_case
    act(by=request.user, case=case)
    return back_to_queue(request, case)


@login_required
@require_POST
def claim_next(request: HttpRequest) -> HttpResponse:
    """Claim the gravest that is free, and lead to it."""
    require(may_curate(request.user))
    case = actions.claim_next(by=request.user)
    return redirect(f"{reverse('moderation:queue')}?show=mine#{case.anchor}")


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_in_my_care(request, pk)
    actions.undo_decision(by=request.user, case=case)
    # Whose question is closed, or waits for support, is told at once, and then that it is as before.
    told = case.before.get("deed") in (Deed.CLOSE, "hand_over", "approve")
    words = _("Taken back. It waits again.") if told else _("Taken back. It waits again, and nobody has been told.")
    messages.success(request, words)
    return back_to_queue(request, case)


@login_required
@require_POST
def decide_contradiction(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_in_my_care(request, pk)
    if case.kind != CaseKind.CONTRADICTION:
        raise Http404
    outcome, because = request.POST.get("outcome", ""), request.POST.get("because", "")
    form = ReasonForm({"because": because})
    act = partial(actions.decide_contradiction, by=request.user, case=case, outcome=outcome, because=because)
    if not done(form, act):
        error = next(iter(form.errors.values()))[0]
        context = {"line": line_with(case, request.user), "error": error, "said": because}
        return render(request, "moderation/decide.html", context, status=422)
    messages.success(request, _("Decided."))
    return back_to_queue(request)


def case_in_my_care(request: HttpRequest, pk: int) -> Case:
    require(may_curate(request.user))
    return get_object_or_404(Case.objects.visible_to(request.user), pk=pk)


def back_to_queue(request: HttpRequest, case: Case | None = None) -> HttpResponse:
    """The list that was left, at this case."""
    left = {key: request.GET[key] for key in ("show", "space") if request.GET.get(key)}
    place = f"?{urlencode(left)}" if left else ""
    return redirect(f"{reverse('moderation:queue')}{place}{f'#{case.anchor}' if case else ''}")
