"""Many threads of a list at once: choosing them, seeing what becomes of each, taking all of it back."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import clock
from community.policy import Invalid, require
from community.threads.lists import CountedPaginator, lists_for
from community.threads.models import Audience
from community.threads.rows import rows_of
from community.threads.views.lists import asked_for, chosen_space, chosen_tag, filtered, number

from .. import actions
from ..actions.batches import MOST_AT_ONCE
from ..forms import BatchForm
from ..models import Batch, ItemOutcome
from ..policies import may_curate
from ..tasks import carry_on

PER_PAGE = 200
# As many refusals as somebody reads one by one.
MOST_SHOWN = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The threads of a list, by the query of its own page, each with a box."""
    require(may_curate(request.user))
    lists = lists_for(request.user)
    show = asked_for(request) if asked_for(request) in lists else "latest"
    threads = (
        filtered(request, chosen_space(request), chosen_tag(request))
        .filter(lists[show][1])
        .exclude(audience=Audience.ORGANISATION)
    )
    ordered = threads.for_listing().newest_first()
    form = BatchForm(request.POST if request.method == "POST" else None, moderator=request.user)
    chosen = chosen_threads(request, ordered) if form.is_bound else []
    if form.is_valid():
        try:
            made = actions.begin_batch(by=request.user, threads=chosen, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        else:
            return carried_out(made)
    count = threads.count()
    page = Page(list(ordered[:PER_PAGE]), 1, CountedPaginator(ordered, count))
    context = {
        "heading": lists[show][0],
        "form": form,
        "rows": rows_of(page.object_list, request.user),
        "chosen": set(chosen),
        "count": count,
        "most": min(count, MOST_AT_ONCE),
        "query": request.GET.urlencode(),
    }
    return render(request, "moderation/choose.html", context, status=422 if form.is_bound else 200)


def chosen_threads(request: HttpRequest, ordered) -> list[int]:
    if request.POST.get("all"):
        return list(ordered.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return [pk for pk in map(number, request.POST.getlist("thread")) if pk]


def carried_out(batch: Batch) -> HttpResponse:
    """A few are done before the page answers; the rest goes on beside it."""
    if actions.continue_batch(batch.pk):
        carry_on.enqueue(batch.pk)
    return redirect(batch)


@login_required
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_curate(request.user))
    found = get_object_or_404(Batch.objects.select_related("by", "space", "into", "tag"), pk=pk)
    counts = dict(found.items.order_by().values_list("outcome").annotate(n=Count("pk")))
    left = [ItemOutcome.REFUSED, ItemOutcome.KEPT]
    context = {
        "batch": found,
        "done": counts.get(ItemOutcome.DONE, 0) + counts.get(ItemOutcome.KEPT, 0),
        "refused": counts.get(ItemOutcome.REFUSED, 0),
        "undone": counts.get(ItemOutcome.UNDONE, 0),
        "kept": counts.get(ItemOutcome.KEPT, 0),
        "waiting": counts.get(ItemOutcome.WAITING, 0),
        "total": sum(counts.values()),
        "may_undo": found.can_be_undone(clock.now()),
        "left": found.items.filter(outcome__in=left).select_related("thread")[:MOST_SHOWN],
        "first": found.items.exclude(outcome__in=left).select_related("thread")[:MOST_SHOWN],
    }
    return render(request, "moderation/batch.html", context)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_curate(request.user))
    made = actions.undo_batch(by=request.user, batch=get_object_or_404(Batch, pk=pk))
    return carried_out(made)
