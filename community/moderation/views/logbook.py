"""What was decided: for those who decide, as a table to take along, and for everybody."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from datetime import UTC
from itertools import batched

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.policy import require

from ..forms_for_the_log import LogForm
from ..models import Decision
from ..policies import may_curate
from ..told import told_to_all, with_threads
from .tabs import tabs

ON_A_PAGE = 50
AT_ONCE = 500
COLUMNS = ("at", "by", "decided", "about", "thread", "title", "space", "post", "because", "before", "after")
# Programs for tables take what begins so for something to work out.
WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    form, decisions = looked_for(request)
    page = Paginator(decisions.for_log(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/log.html", {"page": page, "form": form} | tabs("log"))


@never_cache
@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same decisions as the page with the same questions, each a row."""
    _form, decisions = looked_for(request)
    told = pieces(decisions.select_related("actor", "member", "thread__space"))
    response = StreamingHttpResponse(
        one_by_one(told) if isinstance(request, ASGIRequest) else told, content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return response


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The same for every reader: neither who decided nor about whom."""
    page = Paginator(told_to_all(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/public.html", {"page": page, "told": with_threads(page)})


def looked_for(request: HttpRequest) -> tuple[LogForm, QuerySet]:
    require(may_curate(request.user))
    form = LogForm(request.GET, curator=request.user)
    return form, form.narrow(Decision.objects.visible_to(request.user)).newest_first()


def pieces(decisions: QuerySet) -> Iterator[str]:
    """The table, some hundred rows at a time, so that a long log takes no more room than a short one."""
    yield lines([COLUMNS])
    for some in batched(decisions.iterator(AT_ONCE), AT_ONCE, strict=False):
        yield lines([row_of(decision) for decision in some])


async def one_by_one(told: Iterator[str]) -> AsyncIterator[str]:
    while (piece := await sync_to_async(next)(told, None)) is not None:
        yield piece


def row_of(decision: Decision) -> tuple[object, ...]:
    thread = decision.thread
    return (
        decision.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        decision.actor.handle if decision.actor else "",
        decision.verb,
        decision.member.handle if decision.member else "",
        thread.pk if thread else "",
        thread.title if thread else "",
        thread.space.slug if thread else "",
        decision.post_id or "",
        decision.because,
        decision.before,
        decision.after,
    )


def lines(rows: list[tuple[object, ...]]) -> str:
    page = io.StringIO()
    csv.writer(page).writerows([[harmless(str(cell)) for cell in row] for row in rows])
    return page.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(WORKED_OUT) else cell
