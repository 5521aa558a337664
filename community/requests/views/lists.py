from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.organisations.models import Organisation
from community.requests.models import FIRST_LEVEL, SECOND_LEVEL, Handover, ServiceRequest
from community.threads.models import State
from community.threads.rows import Row, row_of

PER_PAGE = 30
ENDED = Q(thread__state__in=(State.CLOSED, State.CONFIRMED))


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every request the reader may read, the most severe first; `?organisation=` and `?show=` narrow it."""
    reader = request.user
    organisations = list(Organisation.objects.visible_to(reader).by_name())
    requests = ServiceRequest.objects.visible_to(reader)
    chosen = None
    if slug := request.GET.get("organisation"):
        chosen = get_object_or_404(Organisation.objects.visible_to(reader), slug=slug[:60])
        requests = requests.filter(thread__organisation=chosen)
    lists = {
        "open": (_("Open"), ~ENDED),
        "ended": (_("Ended"), ENDED),
    }
    if reader.answers_officially:
        levels = {f"level-{level}": Q(level=level) & ~ENDED for level in (SECOND_LEVEL, FIRST_LEVEL)}
        lists |= {key: (_("Level %(n)s") % {"n": key[-1]}, condition) for key, condition in levels.items()}
    shown = request.GET.get("show") or "open"
    if shown not in lists:
        raise Http404(_("There is no such list."))
    # The same condition makes the list and the count in its tab.
    counts = requests.aggregate(**{key: Count("pk", filter=condition) for key, (_words, condition) in lists.items()})
    narrowed = f"organisation={chosen.slug}" if chosen else ""
    tabs = [
        {
            "words": words,
            "url": address(request.path, narrowed, "" if key == "open" else f"show={key}"),
            "count": counts[key],
            "current": key == shown,
        }
        for key, (words, _condition) in lists.items()
    ]
    found = requests.filter(lists[shown][1]).most_severe_first().for_listing()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [row(each, reader) for each in page],
        "tabs": tabs,
        "shown": shown,
        "chosen": chosen,
        "organisations": organisations,
        "handed": Handover.objects.waiting_for(reader).for_page(),
    }
    return render(request, "requests/list.html", context)


def address(path: str, *asked: str) -> str:
    query = "&".join(filter(None, asked))
    return f"{path}?{query}" if query else path


def row(request: ServiceRequest, reader) -> Row:
    """The row of its thread, which says besides what it is called and how severe it is."""
    shown = row_of(request.thread, reader)
    shown.about = [request.number, *shown.about]
    shown.worth, shown.worth_tone = request.get_severity_display(), "late" if request.severity == "critical" else ""
    return shown


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For whom the request is; who belongs to one organisation is asked nothing."""
    organisations = list(Organisation.objects.visible_to(request.user).for_page().by_name())
    if len(organisations) == 1:
        return redirect("requests:new", organisations[0].slug)
    return render(request, "requests/choose.html", {"organisations": organisations})
