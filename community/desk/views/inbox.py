from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import clock
from community.desk.lists import BY_HAND, QUIET, counted, lists_for
from community.desk.models import Call, Complaint, Deadline, Escalation, Handling
from community.desk.policies import may_handle, may_see_desk
from community.desk.rows import desk_rows
from community.policy import require
from community.threads.lists import CountedPaginator, Tab
from community.threads.models import Thread

FIRST = "ours"


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything open, what breaks next first; the count of each list is its length."""
    require(may_see_desk(request.user))
    reader, at = request.user, clock.now()
    lists = lists_for(reader, at)
    show = asked_for(request, lists)
    open_ones = Handling.objects.visible_to(reader).open()
    counts = counted(open_ones, lists)
    # Only numbers first, which the index holds in their order; then what is said of the few that are shown.
    ids = open_ones.filter(lists[show][1]).next_to_break_first().values_list("pk", flat=True)
    tabs = [Tab(key, words, address(key), counts[key], key == show) for key, (words, _condition) in lists.items()]
    page = CountedPaginator(ids, counts[show]).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/inbox.html",
        {
            "show": show,
            "page": page,
            "rows": desk_rows(Thread.objects.visible_to(reader), list(page.object_list), reader=reader, at=at),
            "tabs": [tab for tab in tabs if tab.current or tab.key not in QUIET],
            "more_tabs": [tab for tab in tabs if not tab.current and tab.key in QUIET],
            "late": counts["late"],
            "ours": counts["ours"],
            "since": at.isoformat(),
            "may_handle": may_handle(reader),
            "beside": beside(reader) if may_handle(reader) else {},
        },
    )


def beside(reader: Any) -> dict[str, int]:
    """How much waits in the other places of the desk: each the length of the list that it leads to."""
    readable = Thread.objects.visible_to(reader).shown_in_lists()
    return {
        "deadlines": Deadline.objects.of_threads(readable).to_decide().count(),
        "escalations": Escalation.objects.visible_to(reader).waiting().count(),
        "complaints": Complaint.objects.of_threads(readable).waiting().count(),
        "calls": Call.objects.visible_to(reader).in_line().filter(taken_at=None).count(),
    }


@login_required
@require_safe
def new_count(request: HttpRequest) -> JsonResponse:
    """How many threads came into the list since the page was made: {"count": 4}."""
    require(may_see_desk(request.user))
    at = clock.now()
    lists = lists_for(request.user, at)
    show, since = asked_for(request, lists), moment(request.GET.get("since", ""))
    if since is None:
        return JsonResponse({"count": 0})
    rows = Handling.objects.visible_to(request.user).open().filter(lists[show][1])
    response = JsonResponse({"count": rows.came_after(since, at=at, by_hand=show in BY_HAND).count()})
    response["Cache-Control"] = "private, no-store"
    return response


def asked_for(request: HttpRequest, lists: dict[str, Any]) -> str:
    show = request.GET.get("show") or FIRST
    if show not in lists:
        raise Http404(_("There is no such list."))
    return show


def moment(text: str) -> Any:
    """A time with its zone, or None for what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def address(show: str) -> str:
    return reverse("desk:inbox") + (f"?show={show}" if show != FIRST else "")
