from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.db.models.query import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.desk.models import Breach, SameCase
from community.desk.policies import may_see_desk, may_write_down
from community.organisations.models import Organisation
from community.people.models import Member
from community.policy import require
from community.requests.models import ServiceRequest
from community.threads.lists import CountedPaginator, Tab
from community.threads.models import State, Thread
from community.threads.rows import Row, row_of

MOST_BESIDE = 10
# How it came out. The three facts are never added up: each list says what it holds.
LISTS: dict[str, tuple[Any, Q]] = {
    "all": (gettext_lazy("All"), Q()),
    "open": (gettext_lazy("Open"), Q(state__in=(State.WAITING_US, State.WORKAROUND, State.WAITING_ASKER))),
    "answered": (gettext_lazy("Answered, not confirmed"), Q(state=State.ANSWERED)),
    "confirmed": (gettext_lazy("Confirmed"), Q(state=State.CONFIRMED)),
    "closed": (gettext_lazy("Closed"), Q(state=State.CLOSED)),
    "late": (gettext_lazy("We were late"), Q(pk__in=Breach.objects.values("thread"))),
}


@login_required
@require_safe
def of_person(request: HttpRequest, handle: str) -> HttpResponse:
    """What somebody has asked before, and how it came out; of it what the reader may read."""
    require(may_see_desk(request.user))
    person = get_object_or_404(Member.objects.called(handle))
    threads = Thread.objects.visible_to(request.user).standing().by(person)
    same = SameCase.objects.filter(asker=person, thread__in=threads).select_related("thread", "parted")
    same = same.order_by("-came_at")[:MOST_BESIDE] if may_write_down(request.user) else []
    return history_page(request, threads, person.called, person.get_absolute_url(), is_person=True, same=same)


@login_required
@require_safe
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    require(may_see_desk(request.user))
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    threads = Thread.objects.visible_to(request.user).shown_in_lists().filter(organisation=organisation)
    return history_page(request, threads, organisation.name, organisation.get_absolute_url(), is_person=False)


def history_page(
    request: HttpRequest,
    threads: QuerySet[Thread],
    called: str,
    url: str,
    *,
    is_person: bool,
    same: Iterable[SameCase] = (),
) -> HttpResponse:
    show = request.GET.get("show") or "all"
    if show not in LISTS:
        raise Http404(_("There is no such list."))
    counts = threads.aggregate(**{key: Count("pk", filter=condition) for key, (_words, condition) in LISTS.items()})
    found = (
        threads.filter(LISTS[show][1]).for_listing().select_related("service_request").order_by("-created_at", "-pk")
    )
    page = CountedPaginator(found, counts[show]).get_page(request.GET.get("page"))
    tabs = [
        Tab(key, words, request.path + (f"?show={key}" if key != "all" else ""), counts[key], key == show)
        for key, (words, _condition) in LISTS.items()
    ]
    context = {
        "called": called,
        "url": url,
        "is_person": is_person,
        "same": same,
        "page": page,
        "rows": [row(thread, request.user) for thread in page],
        "tabs": tabs,
    }
    return render(request, "desk/history.html", context)


def row(thread: Thread, reader: Any) -> Row:
    """The row of a thread, with the number and the weight of its request."""
    shown = row_of(thread, reader)
    asked: ServiceRequest | None = getattr(thread, "service_request", None)
    if asked:
        shown.about = [asked.number, *shown.about]
        shown.worth, shown.worth_tone = asked.get_severity_display(), "late" if asked.severity == "critical" else ""
    return shown
