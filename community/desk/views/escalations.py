from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.desk import actions
from community.desk.forms import EscalationForm
from community.desk.models import Escalation
from community.desk.policies import may_escalate, may_take_escalations, may_work_at_desk
from community.limits import TooOften
from community.organisations.models import Organisation
from community.organisations.views import organisation_in_sight
from community.policy import Refusal, require
from community.threads.lists import CountedPaginator
from community.threads.models import Thread
from community.threads.views.lists import number
from community.threads.views.writing import refuse, with_patience


@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, slug: str) -> HttpResponse:
    """Call the account manager; `?thread=<number>` says about which request."""
    organisation = organisation_in_sight(request, slug)
    require(may_escalate(request.user, organisation))
    thread = thread_of(request, organisation)
    form = EscalationForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        because = form.cleaned_data["because"]
        try:
            limits.spend("ask", limits.client(request), limits.ASKING)
            made = actions.escalate(by=request.user, organisation=organisation, because=because, thread=thread)
        except (Refusal, TooOften) as refusal:
            page = escalate_page(request, organisation, thread, form, status=refuse(form, refusal))
            return with_patience(page, refusal)
        names = _(" and ").join(who.called for who in (organisation.account_manager, organisation.deputy) if who)
        messages.success(request, _("%(names)s have been called. You see here who takes it.") % {"names": names})
        return redirect(made)
    return escalate_page(request, organisation, thread, form, status=status)


def escalate_page(
    request: HttpRequest, organisation: Organisation, thread: Thread | None, form: EscalationForm, *, status: int
) -> HttpResponse:
    waiting = Escalation.objects.waiting().filter(organisation=organisation, thread=thread).first()
    context = {"organisation": organisation, "thread": thread, "form": form, "waiting": waiting}
    return render(request, "desk/escalate.html", context, status=status)


def thread_of(request: HttpRequest, organisation: Organisation) -> Thread | None:
    asked = number(request.GET.get("thread", ""))
    if asked is None:
        return None
    readable = Thread.objects.visible_to(request.user).filter(organisation=organisation)
    return get_object_or_404(readable.select_related("space", "author"), pk=asked)


@login_required
@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """Those nobody has taken first, the longest wait at the top."""
    require(may_work_at_desk(request.user))
    rows = Escalation.objects.visible_to(request.user).for_page().waiting_first()
    page = CountedPaginator(rows, rows.count()).get_page(request.GET.get("page"))
    return render(request, "desk/escalations.html", {"page": page})


@login_required
@require_safe
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was called, and who has it: for support and for whoever called."""
    found = get_object_or_404(Escalation.objects.visible_to(request.user).for_page(), pk=pk)
    context = {
        "escalation": found,
        "called": list(found.called.select_related("member").order_by("at", "pk")),
        "may_take": found.taken_at is None and may_take_escalations(request.user),
    }
    return render(request, "desk/escalation.html", context)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Escalation.objects.visible_to(request.user), pk=pk)
    taken = actions.take_escalation(by=request.user, escalation=found)
    messages.success(request, _("It is yours. The customer reads so; a promise is what helps next."))
    return redirect("desk:promise", taken.thread_id) if taken.thread_id else redirect(taken)
