from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.policy import Invalid, require
from community.requests import actions
from community.requests.forms import ReasonForm, SeverityForm
from community.requests.policies import may_close

from .finding import request_in_sight


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What people read out on the telephone leads to the conversation."""
    return redirect(request_in_sight(request, pk).thread)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = request_in_sight(request, pk)
    require(may_close(request.user, found))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.close_request(by=request.user, request=found, because=form.cleaned_data["because"])
        except Invalid as invalid:
            form.add_error(invalid.field, str(invalid.reason))
        else:
            words = _("%(number)s is closed. It can be opened again for fourteen days.")
            messages.success(request, words % {"number": found.number})
            return redirect(found.thread)
    context = {"service_request": found, "form": form}
    return render(request, "requests/close.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.reopen_request(by=request.user, request=request_in_sight(request, pk))
    messages.success(request, _("%(number)s is open again.") % {"number": found.number})
    return redirect(found.thread)


@login_required
@require_POST
def severity(request: HttpRequest, pk: int) -> HttpResponse:
    found = request_in_sight(request, pk)
    form = SeverityForm(request.POST)
    if not form.is_valid():
        raise Invalid("severity", _("Say how much of your work stands still."))
    actions.change_severity(by=request.user, request=found, severity=form.cleaned_data["severity"])
    messages.success(request, _("The severity is changed. Everybody reads it in the record."))
    return redirect(found.thread)
