"""The page about trust: what each level may do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.people.models import Trust
from community.policy import require

from .. import actions
from ..forms_for_watching import LimitsForm
from ..models import Limits, default_limits
from ..policies import may_curate, may_watch


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trust(request: HttpRequest) -> HttpResponse:
    """Moderators read it, administrators change it."""
    require(may_curate(request.user))
    limits = limits_forms(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_watch(request.user))
        if all(form.is_valid() for form in limits.values()):
            levels = {level: form.cleaned_data for level, form in limits.items()}
            actions.set_limits(by=request.user, levels=levels)
            messages.success(request, _("Kept. It counts from the next text on."))
            return redirect("moderation:trust")
    return trust_page(request, limits, status=422 if request.method == "POST" else 200)


def limits_forms(data: Any) -> dict[Trust, LimitsForm]:
    rows = Limits.objects.in_bulk(field_name="trust")
    return {
        level: LimitsForm(data, instance=rows.get(level) or default_limits(level), prefix=f"level{level.value}")
        for level in Trust
    }


def trust_page(request: HttpRequest, limits: dict[Trust, LimitsForm], *, status: int) -> HttpResponse:
    context = {"limits": list(limits.items()), "may": may_watch(request.user)}
    return render(request, "moderation/trust.html", context, status=status)
