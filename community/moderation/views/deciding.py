from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.policy import require
from community.threads.models import Thread

from .. import actions
from ..canned import canned_reasons
from ..cases import line_with
from ..flagged import what_is_flagged
from ..forms import FlagDecisionForm
from ..models import Decision, Flag, Sanction, Verb
from ..policies import may_curate
from .people import done
from .reviewing import back_to_queue

ON_A_PAGE = 20
TAKEN = (Verb.TOOK_FILE, Verb.GAVE_FILE_BACK, Verb.CLEARED_PROFILE)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or decline a flag, by the button that was pressed."""
    require(may_curate(request.user))
    flag = get_object_or_404(Flag.objects.visible_to(request.user).for_queue(), pk=pk)
    form = FlagDecisionForm(request.POST, moderator=request.user)
    upholds = "uphold" in request.POST
    is_pressed = upholds or "decline" in request.POST
    if not is_pressed or not done(form, lambda: act_on(request.user, flag, form, upholds=upholds)):
        line = line_with(flag.case, request.user)
        context = {"line": line, "form": form, "canned": canned_reasons()}
        return render(request, "moderation/decide.html", context, status=422)
    messages.success(request, _("The flag is upheld.") if upholds else _("The flag is declined."))
    return back_to_queue(request)


def act_on(by: Any, flag: Flag, form: FlagDecisionForm, *, upholds: bool) -> None:
    because = form.cleaned_data["because"]
    if not upholds:
        actions.decline_flag(by=by, flag=flag, because=because)
        return
    deed = form.data["uphold"]
    # The button of a post has said no more than that it was pressed.
    actions.uphold_flag(
        by=by, flag=flag, because=because, deed="" if deed == "1" else deed, space=form.cleaned_data["space"]
    )


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was decided about me, and what became of the flags I raised."""
    flags = Flag.objects.for_queue().filter(flagger=request.user).order_by("-created_at", "-pk")
    page = Paginator(flags, ON_A_PAGE).get_page(request.GET.get("page"))
    for flag in page:
        flag.about = what_is_flagged(flag)
    threads = Thread.objects.visible_to(request.user).filter(
        pk__in=[flag.about.thread.pk for flag in page if flag.about.thread]
    )
    readable = set(threads.values_list("pk", flat=True))
    for flag in page:
        flag.can_be_opened = flag.about.thread is None or flag.about.thread.pk in readable
    sanctions = Sanction.objects.filter(member=request.user).for_page()
    taken = Decision.objects.filter(member=request.user, verb__in=TAKEN).newest_first()[:ON_A_PAGE]
    context = {"page": page, "sanctions": sanctions, "taken": taken}
    return render(request, "moderation/mine.html", context)
