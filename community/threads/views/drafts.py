from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.desk.forms import QuestionDraftForm
from community.policy import Invalid, NotAllowed
from community.threads import actions
from community.threads.forms import DraftForm
from community.threads.models import Draft, Thread

from .asking import keep_question
from .finding import readable_thread


@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What the reader has begun and not sent, latest first."""
    begun = Draft.objects.by(request.user).select_related("thread", "organisation").order_by("-updated_at")
    readable = set(
        Thread.objects.visible_to(request.user).filter(drafts__author=request.user).values_list("pk", flat=True)
    )
    rows = [{"draft": draft, "can_go_on": draft.thread_id is None or draft.thread_id in readable} for draft in begun]
    return render(request, "threads/drafts.html", {"rows": rows})


@require_POST
def save_reply(request: HttpRequest, pk: int) -> JsonResponse:
    """Keeps the draft of a reply: {"saved_at": "2026-02-09T14:19:00+00:00"}, null when there is nothing to keep."""
    check_may_keep(request)
    thread = readable_thread(request, pk)
    form = whole(DraftForm(request.POST))
    kept = form.cleaned_data
    return saved(
        actions.save_draft(by=request.user, thread=thread, body=kept["body"], kind=kept["kind"], token=kept["token"])
    )


@require_POST
def save_question(request: HttpRequest) -> JsonResponse:
    """Keeps the draft of a question; answers as `save_reply` does."""
    check_may_keep(request)
    return saved(keep_question(request, whole(QuestionDraftForm(request.POST))))


@require_POST
def discard_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops the reader's own draft, also of a thread that can no longer be read."""
    check_may_keep(request)
    thread = Thread.objects.filter(drafts__author=request.user, pk=pk).first()
    if thread is not None:
        actions.drop_draft(by=request.user, thread=thread)
    return discarded(request, f"{reverse('threads:short', args=[pk])}#reply")


@require_POST
def discard_question(request: HttpRequest) -> HttpResponse:
    check_may_keep(request)
    actions.drop_draft(by=request.user)
    return discarded(request, reverse("threads:ask"))


def discarded(request: HttpRequest, back: str) -> HttpResponse:
    """Back to where the text was written, or to the list of drafts if it was dropped there."""
    messages.success(request, _("The draft is gone."))
    return redirect("threads:drafts" if "from_list" in request.POST else back)


def check_may_keep(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise NotAllowed(_("You are signed out. Your text is still here: copy it, or sign in in another tab."))
    limits.spend("draft", limits.client(request), limits.CLICKING)


def whole(form: DraftForm) -> DraftForm:
    for field, errors in form.errors.items():
        raise Invalid(field, errors[0])
    return form


def saved(draft: Draft | None) -> JsonResponse:
    return JsonResponse({"saved_at": draft.updated_at.isoformat(timespec="seconds") if draft else None})
