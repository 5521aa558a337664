"""The reports of a month, the list behind each of their figures, and the same figures as a table to take along."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community import clock
from community.desk.figures.counting import Counted, count_all
from community.desk.figures.lines import line_of
from community.desk.figures.months import Month
from community.desk.figures.reports import REPORTS, SECTIONS, Report
from community.desk.figures.rows import FOR_THE_TEAM
from community.desk.policies import may_see_desk, may_work_at_desk
from community.desk.rota import month_of
from community.moderation.views.logbook import lines
from community.policy import require
from community.threads.lists import CountedPaginator, Tab

from .line import middle_of, months_beside

COLUMNS = ("month", "report", "outcome", "count", "median_minutes")


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    require(may_see_desk(request.user))
    month = month_asked(request)
    counted = count_all(reports_for(request.user), request.user, month)
    sections = [
        (heading, more, [shown(counted[report.key], month) for report in reports if report.key in counted])
        for heading, more, reports in SECTIONS
    ]
    before, after = months_beside(f"{reverse('desk:reports')}?", middle_of(month.name), clock.now())
    context = {
        "month": month,
        "middle": middle_of(month.name),
        "sections": [section for section in sections if section[2]],
        "nothing": not any(each.total for each in counted.values()),
        "before": before,
        "after": after,
    }
    return render(request, "desk/reports.html", context)


@login_required
@require_safe
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """Exactly the rows that a figure counts: "response" all of a report, "response-late" one of its outcomes."""
    require(may_see_desk(request.user))
    month = month_asked(request)
    report, outcome = report_of(figure, month)
    if report.of not in FOR_THE_TEAM:
        require(may_work_at_desk(request.user))
    counted = count_all([report], request.user, month)[report.key]
    count = counted.outcomes[outcome] if outcome else counted.total
    rows = report.rows(request.user, month, outcome).order_by("-counted_at", "-pk")
    page = CountedPaginator(rows, count).get_page(request.GET.get("page"))
    page.object_list = [line_of(report.of, row) for row in page.object_list]
    context = {
        "report": report,
        "month": month,
        "middle": middle_of(month.name),
        "page": page,
        "tabs": tabs_of(counted, month, outcome),
    }
    return render(request, "desk/report.html", context)


@never_cache
@login_required
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The figures of the page, each a row."""
    require(may_see_desk(request.user))
    month = month_asked(request)
    counted = count_all(reports_for(request.user), request.user, month)
    rows = [row for each in counted.values() for row in rows_of(each, month)]
    response = HttpResponse(lines([COLUMNS, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="desk-{month.name}.csv"'
    return response


def reports_for(reader: Any) -> list[Report]:
    """What the whole team may read, and the rest for those who answer for support."""
    works = may_work_at_desk(reader)
    return [report for report in REPORTS.values() if works or report.of in FOR_THE_TEAM]


def month_asked(request: HttpRequest) -> Month:
    """The one that runs, where none was asked for. Months begin at midnight UTC, the same for every reader."""
    at = clock.now()
    name = request.GET.get("month") or f"{at.astimezone(UTC):%Y-%m}"
    span = month_of(middle_of(name), UTC)
    if span[0] > at:
        raise Http404(_("This month has not begun."))
    return Month(name, span, min(at, span[1]))


def report_of(figure: str, month: Month) -> tuple[Report, str]:
    key, _dash, outcome = figure.partition("-")
    report = REPORTS.get(key)
    if report is None or (outcome and outcome not in report.outcomes(month)) or figure.endswith("-"):
        raise Http404(_("There is no such list."))
    return report, outcome


def address_of(key: str, month: Month) -> str:
    return f"{reverse('desk:report', args=[key])}?month={month.name}"


def tabs_of(counted: Counted, month: Month, chosen: str | None = None) -> list[Tab]:
    """Everything the report counts, then its outcomes."""
    key = counted.report.key
    everything = Tab("", _("All"), address_of(key, month), counted.total, chosen == "")
    return [everything] + [
        Tab(name, words, address_of(f"{key}-{name}", month), counted.outcomes[name], chosen == name)
        for name, (words, _condition) in counted.report.outcomes(month).items()
    ]


def shown(counted: Counted, month: Month) -> dict[str, Any]:
    everything, *outcomes = tabs_of(counted, month)
    judged = counted.report.judged
    return {
        "report": counted.report,
        "all": everything,
        "outcomes": outcomes,
        "percent": counted.percent,
        "share": counted.report.outcomes(month)[judged[0]][0] if judged else "",
        "middle": counted.middle,
    }


def rows_of(counted: Counted, month: Month) -> Iterator[tuple[object, ...]]:
    key, middle = counted.report.key, counted.middle
    minutes = "" if middle is None else round(middle.total_seconds() / 60)
    yield month.name, key, "", counted.total, minutes
    for outcome, count in counted.outcomes.items():
        yield month.name, key, outcome, count, ""
