from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community import clock
from community.desk import actions
from community.desk.forms import AssignForm, SnoozeForm
from community.desk.policies import may_handle, may_see_desk
from community.desk.rows import BESIDE, row_of
from community.policy import Invalid, require
from community.threads.models import Thread
from community.threads.views.finding import wants_data

type Act = tuple[Callable[..., Any], type | None, Any]
# What can be done with one press, what needs a form, and what is said afterwards.
ACTS: dict[str, Act] = {
    "take": (actions.take_thread, None, gettext_lazy("You have it in hand.")),
    "assign": (actions.assign_thread, AssignForm, gettext_lazy("It is in other hands now.")),
    "claim": (actions.claim_thread, None, gettext_lazy("It is yours to write in for ten minutes.")),
    "release": (actions.release_thread, None, gettext_lazy("You are no longer shown as writing in it.")),
    "snooze": (actions.snooze_thread, SnoozeForm, gettext_lazy("It is put aside. A word of the asker brings it back.")),
    "wake": (actions.wake_thread, None, gettext_lazy("It is back in its list.")),
}


@login_required
@require_safe
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """How the desk stands to one thread, with all that can be done about it."""
    require(may_see_desk(request.user))
    return handling_page(request, readable(request, pk))


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    require(may_handle(request.user))
    if name not in ACTS:
        raise Http404(_("There is nothing at this address."))
    thread = readable(request, pk)
    action, form_of, words = ACTS[name]
    said: dict[str, Any] = {}
    if form_of:
        form = form_of(request.POST)
        if not form.is_valid():
            return handling_page(request, thread, failed={name: form}, status=422)
        said = meant(name, form.cleaned_data)
    try:
        action(by=request.user, thread=thread, **said)
    except Invalid as invalid:
        form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        return handling_page(request, thread, failed={name: form}, status=422)
    if wants_data(request):
        return JsonResponse({"words": str(words)})
    messages.success(request, str(words))
    return HttpResponseRedirect(onward(request, thread))


def meant(name: str, said: dict[str, Any]) -> dict[str, Any]:
    if name == "snooze":
        return {"because": said["because"], "until": clock.now() + timedelta(hours=int(said["hours"]))}
    return said


def onward(request: HttpRequest, thread: Thread) -> str:
    """Back to where the button was pressed, if that is a place of ours; else to the thread."""
    asked = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if here and asked.startswith("/") else thread.get_absolute_url()


def handling_page(
    request: HttpRequest, thread: Thread, *, failed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    failed = failed or {}
    verdict = may_handle(request.user)
    context = {
        "thread": thread,
        "row": row_of(thread, request.user, clock.now()) if hasattr(thread, "handling") else None,
        "verdict": verdict,
        "assign": failed.get("assign") or AssignForm(),
        "snooze": failed.get("snooze") or SnoozeForm(),
        "onward": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "desk/handle.html", context, status=status)


def readable(request: HttpRequest, pk: int) -> Thread:
    threads = Thread.objects.visible_to(request.user).for_listing().select_related(*BESIDE)
    return get_object_or_404(threads, pk=pk)
