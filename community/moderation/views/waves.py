"""Many accounts that send the same: one page, one decision, one way back. And accounts that are looked at."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.policy import require
from community.prose import excerpt

from .. import actions
from ..actions.waves import accounts_of
from ..forms import CannedReasonForm, ReasonForm
from ..models import HeldAccount, Wave
from ..policies import may_curate
from .people import done
from .reviewing import back_to_queue

MOST_SHOWN = 60
ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "clear": (actions.clear_wave, _("Cleared away. The accounts are told, with the reason.")),
    "dismiss": (actions.dismiss_wave, _("What is held waits one by one.")),
    "restore": (actions.restore_wave, _("Everything is as it was before.")),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_curate(request.user))
    found = get_object_or_404(Wave.objects.select_related("decided_by"), pk=pk)
    if request.method != "POST":
        return wave_page(request, found, ReasonForm())
    form = CannedReasonForm(request.POST)
    act, words = ACTS.get(request.POST.get("do", ""), (None, ""))
    if act is None or not done(form, lambda: act(by=request.user, wave=found, because=form.cleaned_data["because"])):
        return wave_page(request, found, form, status=422)
    messages.success(request, words)
    # Decided in the queue, one goes on in the queue.
    return back_to_queue(request) if "in_queue" in request.POST else redirect(found)


def wave_page(request: HttpRequest, found: Wave, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    accounts, held = accounts_of(found), found.held.select_related("by", "thread").order_by("at")
    posts = found.posts.select_related("author", "thread").order_by("created_at")
    context = {
        "wave": found,
        "accounts": accounts,
        "held": held[:MOST_SHOWN],
        "held_count": held.count(),
        "posts": [(post, excerpt(post.html, 160)) for post in posts[:MOST_SHOWN]],
        "post_count": posts.count(),
        "form": form,
    }
    return render(request, "moderation/wave.html", context, status=status)


@login_required
@require_POST
def free_account(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_curate(request.user))
    found = get_object_or_404(HeldAccount, pk=pk)
    form = ReasonForm(request.POST)
    if not done(form, lambda: actions.free_account(by=request.user, held=found, **form.cleaned_data)):
        context = {"account": found, "form": form}
        return render(request, "moderation/free_account.html", context, status=422)
    messages.success(request, _("The account writes again."))
    return redirect("/moderation/?show=held")
