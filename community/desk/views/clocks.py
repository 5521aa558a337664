from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.desk.models import Clock, ClockKind
from community.desk.policies import may_see_clocks
from community.desk.queries import KEPT, LATE, MISSED, RESTING, RUNNING
from community.policy import require
from community.threads.lists import CountedPaginator, Tab
from community.threads.models import Thread

LISTS: dict[str, tuple[Any, Q]] = {
    "open": (gettext_lazy("Open"), LATE | RUNNING),
    "late": (gettext_lazy("Late"), LATE),
    "resting": (gettext_lazy("Resting"), RESTING),
    "kept": (gettext_lazy("Kept"), KEPT),
    "missed": (gettext_lazy("Missed"), MISSED),
}
ENDED = frozenset({"kept", "missed"})


@login_required
@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """Every clock, what is late before what will be; each figure is the length of the list behind it."""
    require(may_see_clocks(request.user))
    show, kind = request.GET.get("show") or "open", request.GET.get("kind", "")
    if show not in LISTS or (kind and kind not in ClockKind.values):
        raise Http404(_("There is no such list."))
    readable = Clock.objects.of_threads(Thread.objects.visible_to(request.user).shown_in_lists())
    counts = readable.aggregate(
        **{
            f"{key}_{of or 'any'}": Count("pk", filter=condition & (Q(kind=of) if of else Q()))
            for key, (_words, condition) in LISTS.items()
            for of in ("", *ClockKind.values)
        }
    )
    rows = readable.filter(LISTS[show][1], **({"kind": kind} if kind else {})).for_page()
    rows = rows.latest_first() if show in ENDED else rows.next_to_break_first()
    page = CountedPaginator(rows, counts[f"{show}_{kind or 'any'}"]).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/clocks.html",
        {
            "show": show,
            "page": page,
            "tabs": [
                Tab(key, words, address(key, kind), counts[f"{key}_{kind or 'any'}"], key == show)
                for key, (words, _condition) in LISTS.items()
            ],
            "kinds": [
                Tab(of, words, address(show, of), counts[f"{show}_{of or 'any'}"], of == kind)
                for of, words in (("", _("Both")), *ClockKind.choices)
            ],
            "figures": [figure(of, words, counts) for of, words in ClockKind.choices],
        },
    )


def figure(kind: str, words: Any, counts: dict[str, int]) -> dict[str, Any]:
    """How many were in time, of those that were done and those that are late; and where each of them stands."""
    kept, missed = counts[f"kept_{kind}"], counts[f"missed_{kind}"]
    return {
        "words": words,
        "kept": kept,
        "missed": missed,
        "kept_url": address("kept", kind),
        "missed_url": address("missed", kind),
        # Down, so that nothing rounds up to a promise.
        "percent": kept * 100 // (kept + missed) if kept + missed else None,
    }


def address(show: str, kind: str) -> str:
    asked = "&".join([f"show={show}"] * (show != "open") + [f"kind={kind}"] * bool(kind))
    return reverse("desk:clocks") + (f"?{asked}" if asked else "")
