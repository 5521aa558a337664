from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import clock, limits
from community.desk import actions
from community.desk.actions.calls import is_somebody_there, live_target
from community.desk.forms import CallForm
from community.desk.models import Call
from community.desk.policies import may_call
from community.limits import TooOften
from community.organisations.models import Organisation, Severity
from community.organisations.policies import seat_of
from community.organisations.views import organisation_in_sight
from community.policy import OutOfStep, Refusal
from community.threads.forms import fresh_token
from community.threads.models import Thread
from community.threads.views.finding import readable_thread
from community.threads.views.lists import number
from community.threads.views.writing import refuse, say_it_was_sent, sign_in_first, with_patience

from .beside import Live, about_live


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Talk to a person now about something new; also where it is said why somebody cannot, and what he can do."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    organisation = organisation_in_sight(request, slug)
    if request.method != "POST":
        return page(request, organisation, CallForm(initial={"token": fresh_token()}, member=request.user))
    form = CallForm(request.POST, member=request.user)
    if not form.is_valid():
        return page(request, organisation, form, status=422)
    try:
        limits.spend("ask", limits.client(request), limits.ASKING)
        sent = form.cleaned_data
        made = actions.call_about(by=request.user, organisation=organisation, severity=Severity.MEDIUM, **sent)
    except (Refusal, TooOften) as refusal:
        return with_patience(page(request, organisation, form, status=refuse(form, refusal)), refusal)
    return say_it_was_sent(redirect(made.thread), sent["token"])


def page(request: HttpRequest, organisation: Organisation, form: CallForm, *, status: int = 200) -> HttpResponse:
    live = of_organisation(request, organisation)
    context = {
        "organisation": organisation,
        "form": form,
        "token": form["token"].value() or fresh_token(),
        "live": live,
        "may": live.may if live else may_call(request.user, organisation, None, today=clock.now().date()),
        "nobody": is_somebody_there(live.here, live.target) if live else None,
    }
    return render(request, "desk/call.html", context, status=status)


def of_organisation(request: HttpRequest, organisation: Organisation) -> Live | None:
    seat = seat_of(request.user, organisation)
    target = live_target(organisation.plan)
    return about_live(request.user, organisation, target, seat=seat.kind if seat else "")


@login_required
@require_POST
def call_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Talk to a person now about what goes on in a thread."""
    thread = readable_thread(request, pk)
    if thread.organisation_id is None:
        raise Http404(_("There is nothing at this address."))
    limits.spend("ask", limits.client(request), limits.ASKING)
    try:
        actions.call_in(by=request.user, thread=thread)
    except OutOfStep as late:
        messages.warning(request, str(late.reason))
    return redirect(thread)


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(Call.objects.visible_to(request.user).exclude(thread=None).select_related("thread"), pk=pk)
    try:
        actions.leave_line(by=request.user, call=mine)
        messages.success(request, _("You have left the line. Your request stays open and is answered in writing."))
    except OutOfStep as late:
        messages.info(request, str(late.reason))
    return redirect(mine.thread)


@login_required
@require_safe
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of a page that says how the live desk stands, anew. `?thread=`: beside that thread."""
    organisation = organisation_in_sight(request, slug)
    thread = None
    if asked := number(request.GET.get("thread", "")):
        found = Thread.objects.visible_to(request.user).filter(organisation=organisation)
        thread = get_object_or_404(found, pk=asked)
    live = about_live(request.user, organisation, live_target(organisation.plan), thread=thread)
    if live is None:
        raise Http404(_("There is nothing at this address."))
    response = render(request, "desk/_live.html", {"live": live})
    patch_cache_control(response, private=True, no_store=True)
    return response
