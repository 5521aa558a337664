from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community import clock, limits
from community.desk import actions
from community.desk.forms import ComplaintAnswerForm, ComplaintForm
from community.desk.models import Complaint
from community.desk.policies import may_complain, may_work_at_desk
from community.limits import TooOften
from community.policy import Refusal, require
from community.threads.lists import CountedPaginator
from community.threads.models import Thread
from community.threads.views.finding import readable_thread, with_people
from community.threads.views.writing import refuse, with_patience

from .sorted_lists import Lists, asked_for, counted, tabs_of

LISTS: Lists = {
    "waiting": (gettext_lazy("To answer"), Q(answered_at=None)),
    "answered": (gettext_lazy("Answered"), Q(answered_at__isnull=False)),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody says that it did not help, and reads what support answered."""
    thread = readable_thread(request, pk, with_people)
    mine = Complaint.objects.filter(thread=thread, member=request.user).select_related("answered_by").newest_first()
    may = may_complain(request.user, thread)
    if not mine:
        require(may)
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    context = {"thread": thread, "form": form, "mine": list(mine), "may": may}
    if not form.is_valid():
        return render(request, "desk/complaint.html", context, status=422 if form.is_bound else 200)
    try:
        limits.spend("ask", limits.client(request), limits.ASKING)
        actions.complain(by=request.user, thread=thread, words=form.cleaned_data["words"])
    except (Refusal, TooOften) as refusal:
        return with_patience(render(request, "desk/complaint.html", context, status=refuse(form, refusal)), refusal)
    messages.success(request, _("Support has it. A person answers you here within two working days."))
    return redirect("desk:complaint", thread.pk)


@login_required
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """What did not help whom, what is to be answered first at the top."""
    require(may_work_at_desk(request.user))
    show = asked_for(request, LISTS)
    readable = Complaint.objects.of_threads(Thread.objects.visible_to(request.user).standing())
    counts = counted(readable, LISTS)
    rows = readable.filter(LISTS[show][1]).for_page()
    rows = rows.due_first() if show == "waiting" else rows.newest_first()
    tabs = tabs_of(LISTS, counts, show=show, of="desk:complaints")
    page = CountedPaginator(rows, counts[show]).get_page(request.GET.get("page"))
    return render(request, "desk/complaints.html", {"show": show, "page": page, "tabs": tabs, "now": clock.now()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_work_at_desk(request.user))
    readable = Complaint.objects.of_threads(Thread.objects.visible_to(request.user))
    found = get_object_or_404(readable.for_page(), pk=pk)
    form = ComplaintAnswerForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.answer_complaint(by=request.user, complaint=found, answer=form.cleaned_data["answer"])
        except Refusal as refusal:
            status = refuse(form, refusal)
        else:
            messages.success(request, _("Answered. Nobody else reads it."))
            return redirect("desk:complaints")
    context = {"complaint": found, "thread": found.thread, "form": form, "now": clock.now()}
    return render(request, "desk/complaint_answer.html", context, status=status)
