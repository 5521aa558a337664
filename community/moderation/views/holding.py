"""What waits for a moderator before it is posted: for its author, and for whoever decides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.policy import Refusal
from community.threads.differences import changes_between
from community.threads.models import Thread
from community.threads.views.writing import preview_of, refuse

from .. import actions
from ..forms import HeldForm, RewriteForm
from ..models import Held, HeldBecause
from ..policies import may_decide_held
from ..signals import SIGNALS

ON_A_PAGE = 20


@never_cache
@login_required
@require_safe
def held_list(request: HttpRequest) -> HttpResponse:
    """What I wrote and a moderator reads first, the latest on top, and what became of it."""
    rows = Held.objects.filter(by=request.user).select_related("space", "thread").order_by("-at", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/held_list.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them. Its author puts it better here while it waits; whoever decides finds the decision here."""
    found = held_to_read(request, pk)
    if request.method != "POST":
        return held_page(request, found)
    form = RewriteForm(request.POST, held=found)
    if not form.is_valid():
        return held_page(request, found, form=form)
    try:
        limits.spend("edit", limits.client(request), limits.EDITING)
        actions.rewrite_held(by=request.user, held=found, **form.cleaned_data)
    except Refusal as refusal:
        return held_page(request, found, form=form, status=refuse(form, refusal))
    messages.success(request, _("Changed. It still waits for a moderator."))
    return redirect(found)


def held_to_read(request: HttpRequest, pk: int) -> Held:
    return get_object_or_404(Held.objects.visible_to(request.user).for_page(), pk=pk)


@never_cache
@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, as it is or corrected, or decline, by the button that was pressed."""
    found = held_to_read(request, pk)
    approves = "approve" in request.POST
    form = HeldForm(request.POST, held=found, approves=approves)
    if not form.is_valid() or not (approves or "decline" in request.POST):
        return held_page(request, found, decision=form)
    said = form.cleaned_data
    try:
        if approves:
            title, body = said.get("title"), said.get("body")
            found = actions.approve_held(by=request.user, held=found, title=title, body=body, because=said["because"])
        else:
            found = actions.decline_held(by=request.user, held=found, because=said["because"])
    except Refusal as refusal:
        found = held_to_read(request, pk)
        return held_page(request, found, decision=form, status=refuse(form, refusal))
    words = _("Posted. Its author is told.") if approves else _("Declined. Its author is told, with the reason.")
    messages.success(request, words)
    return redirect("/moderation/?show=held")


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Held.objects.filter(by=request.user), pk=pk)
    actions.withdraw_held(by=request.user, held=found)
    messages.success(request, _("Withdrawn. Your words stay here for you; nobody else reads them."))
    return redirect(found)


def held_page(request: HttpRequest, found: Held, *, status: int = 200, **forms: Any) -> HttpResponse:
    is_mine = found.by_id == request.user.pk
    decides = may_decide_held(request.user, found) if not is_mine else None
    corrected = found.corrected_title or found.corrected_body
    form = forms.get("form") or (RewriteForm(held=found, initial={"title": found.title, "body": found.body}))
    decision = forms.get("decision") or HeldForm(held=found, initial={"title": found.title, "body": found.body})
    before = found.post.body if found.post and found.what == "edit" else ""
    context = {
        "held": found,
        "is_mine": is_mine,
        "decides": decides,
        "form": form,
        "decision": decision,
        "html": preview_of(found.body),
        "reasons": [(HeldBecause(key).label, for_moderators(key, more)) for key, more in found.reasons],
        "can_open_thread": can_open(request, found.thread),
        "can_open_post": can_open(request, found.posted.thread) if found.posted else False,
        "differences": changes_between(before, found.body) if before else None,
        "corrections": changes_between(in_full(found.title, found.body), corrected_text(found)) if corrected else None,
    }
    if status == 200 and (form.is_bound or decision.is_bound):
        status = 422
    return render(request, "moderation/held.html", context, status=status)


def for_moderators(key: str, more: str) -> str:
    if key != HeldBecause.SPAM:
        return more
    return "; ".join(str(SIGNALS.get(name, name)) for name in more.split())


def can_open(request: HttpRequest, thread: Thread | None) -> bool:
    return thread is not None and Thread.objects.visible_to(request.user).filter(pk=thread.pk).exists()


def in_full(title: str, body: str) -> str:
    return f"{title}\n\n{body}".strip()


def corrected_text(found: Held) -> str:
    return in_full(found.corrected_title or found.title, found.corrected_body or found.body)
