"""The pages about trust: what each level may do and asks, what a member may do, and what somebody decides about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import clock
from community.people.models import Trust
from community.people.views.others import member_in_my_care, standing_page
from community.policy import require

from .. import actions
from ..earning import try_rules
from ..forms import ReasonForm
from ..forms_about_people import TrustForm
from ..forms_for_watching import LimitsForm, TrustRuleForm
from ..models import Limits, TrustChange, default_limits, trust_rules
from ..policies import may_curate, may_watch
from ..powers import powers_of
from .people import done
from .tabs import tabs

MOST_SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trust(request: HttpRequest) -> HttpResponse:
    """Moderators read it, administrators change it."""
    require(may_curate(request.user))
    do = request.POST.get("do") if request.method == "POST" else ""
    limits = limits_forms(request.POST if do == "limits" else None)
    rules = rules_forms(request.POST if do in ("rules", "try") else None)
    context = {"limits": limits.items(), "rules": rules.items(), "may": may_watch(request.user)} | tabs("trust")
    if request.method == "POST":
        require(may_watch(request.user))
    sent = limits if do == "limits" else rules
    if do in ("limits", "rules", "try") and all(form.is_valid() for form in sent.values()):
        if do == "try":
            tried = {level: form.instance for level, form in rules.items()}
            return render(request, "moderation/trust.html", context | {"trial": try_rules(tried, clock.now())})
        save = actions.set_limits if do == "limits" else actions.set_trust_rules
        save(by=request.user, levels={level: form.cleaned_data for level, form in sent.items()})
        messages.success(
            request,
            _("Kept. It counts from the next text on.") if do == "limits" else _("Kept. It counts within the hour."),
        )
        return redirect("moderation:trust")
    return render(request, "moderation/trust.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@login_required
@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    """What I may do, what comes next, and how it came to this."""
    changes = TrustChange.objects.filter(member=request.user).newest_first()[:MOST_SHOWN]
    context = {"powers": powers_of(request.user, clock.now()), "changes": changes}
    return render(request, "moderation/powers.html", context)


@require_POST
def set_trust(request: HttpRequest, handle: str) -> HttpResponse:
    member = member_in_my_care(request, handle)
    form = TrustForm(request.POST, auto_id="trust-%s")
    if not done(form, lambda: actions.set_trust(by=request.user, member=member, **form.cleaned_data)):
        return standing_page(request, member, trust_form=form)
    messages.success(request, _("Decided. The member is told, with the reason."))
    return redirect("people:standing", member.handle)


@require_POST
def release_trust(request: HttpRequest, handle: str) -> HttpResponse:
    member = member_in_my_care(request, handle)
    form = ReasonForm(request.POST, auto_id="release-%s")
    if not done(form, lambda: actions.release_trust(by=request.user, member=member, **form.cleaned_data)):
        return standing_page(request, member, release_form=form)
    messages.success(request, _("Rules decide again. The member is told, with the reason."))
    return redirect("people:standing", member.handle)


def limits_forms(data: Any) -> dict[Trust, LimitsForm]:
    rows = Limits.objects.in_bulk(field_name="trust")
    return {
        level: LimitsForm(data, instance=rows.get(level) or default_limits(level), prefix=f"level{level.value}")
        for level in Trust
    }


def rules_forms(data: Any) -> dict[Trust, TrustRuleForm]:
    return {
        Trust(level): TrustRuleForm(data, instance=rule, prefix=f"rule{level}") for level, rule in trust_rules().items()
    }
