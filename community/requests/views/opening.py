from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import clock, limits
from community.desk.actions import request_in_time
from community.desk.forms import RequestInTimeDraftForm, RequestInTimeForm
from community.desk.views.deadlines import say_how_it_stands
from community.limits import TooOften
from community.organisations.models import Organisation, Severity
from community.organisations.policies import may_open_requests
from community.organisations.views import organisation_in_sight
from community.policy import Refusal
from community.requests import actions
from community.requests.forms import HandOverForm
from community.requests.models import Contact, Handover
from community.requests.policies import may_hand_over
from community.threads.forms import fresh_token
from community.threads.models import Draft
from community.threads.views.lists import number
from community.threads.views.writing import (
    attach_sent_files,
    is_clean,
    preview_of,
    refuse,
    say_it_was_sent,
    sign_in_first,
    take_what_was_typed,
    with_patience,
)

from .drafts import keep


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new request. `?handed=<number>` begins it with what somebody else handed over."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    organisation = organisation_in_sight(request, slug)
    if request.method != "POST":
        if typed := take_what_was_typed(request):
            keep(request, organisation, RequestInTimeDraftForm(typed))
        return begun_page(request, organisation)
    data, not_taken = attach_sent_files(request)
    form = RequestInTimeForm(data, member=request.user)
    is_ready = is_clean(form, not_taken)
    match request.POST.get("do"):
        case "preview":
            return request_page(request, organisation, form)
        case "keep":
            return keep_and_leave(request, organisation, form)
        case "hand_over":
            return hand_over(request, organisation, form)
    if not is_ready:
        return request_page(request, organisation, form, status=422)
    sent = form.cleaned_data
    handed = Handover.objects.waiting_for(request.user).filter(pk=number(request.GET.get("handed", ""))).first()
    try:
        limits.spend("ask", limits.client(request), limits.ASKING)
        opened = request_in_time(by=request.user, organisation=organisation, handed=handed, **sent)
    except (Refusal, TooOften) as refusal:
        page = request_page(request, organisation, form, status=refuse(form, refusal))
        return with_patience(page, refusal)
    say_how_it_stands(request, opened.thread)
    return say_it_was_sent(redirect(opened.thread), sent["token"])


def begun_page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    begun: dict[str, Any] = {"severity": Severity.MEDIUM, "contact": Contact.WRITTEN, "token": fresh_token()}
    draft = Draft.objects.for_place(request.user, organisation=organisation).first()
    waiting = Handover.objects.waiting_for(request.user).for_page()
    handed = waiting.filter(organisation=organisation, pk=number(request.GET.get("handed", ""))).first()
    if handed:
        begun |= handed.fields | {"title": handed.title, "body": handed.body}
        draft = None
    elif draft:
        begun |= draft.fields | {"title": draft.title, "body": draft.body}
    form = RequestInTimeForm(initial=begun, member=request.user)
    return request_page(request, organisation, form, draft=draft, handed=handed)


def request_page(
    request: HttpRequest, organisation: Organisation, form: RequestInTimeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    body = form["body"].value() or ""
    preview = preview_of(body) if request.POST.get("do") == "preview" else ""
    may_open = may_open_requests(request.user, organisation, today=clock.now().date())
    may_give = may_hand_over(request.user, organisation)
    context = {
        "organisation": organisation,
        "form": form,
        "body": body,
        "preview": preview,
        "token": form["token"].value() or fresh_token(),
        "may_open": may_open,
        "hand_over": HandOverForm(organisation=organisation) if may_give else None,
    }
    return render(request, "requests/new.html", context | more, status=status)


def keep_and_leave(request: HttpRequest, organisation: Organisation, form: RequestInTimeForm) -> HttpResponse:
    try:
        keep(request, organisation, RequestInTimeDraftForm(form.data))
    except Refusal as refusal:
        return request_page(request, organisation, form, status=refuse(form, refusal))
    messages.success(request, _("Kept as a draft. Only you see it."))
    return redirect("threads:drafts")


def hand_over(request: HttpRequest, organisation: Organisation, form: RequestInTimeForm) -> HttpResponse:
    """What was written goes to a named caller as it is: whatever is missing, he adds."""
    form.errors.clear()
    chosen = HandOverForm(request.POST, organisation=organisation)
    if not chosen.is_valid():
        form.add_error(None, _("Choose one of the named callers."))
        return request_page(request, organisation, form, status=422)
    written = RequestInTimeDraftForm(form.data)
    written.full_clean()
    caller = chosen.cleaned_data["caller"].member
    try:
        limits.spend("ask", limits.client(request), limits.ASKING)
        actions.hand_over(
            by=request.user,
            organisation=organisation,
            caller=caller,
            title=form.data.get("title", ""),
            body=written.cleaned_data.get("body", form.data.get("body", "")),
            fields=written.kept_fields(),
        )
    except (Refusal, TooOften) as refusal:
        return with_patience(request_page(request, organisation, form, status=refuse(form, refusal)), refusal)
    messages.success(request, _("%(name)s has it and was told by mail.") % {"name": caller.called})
    return redirect("requests:list")
