"""What all pages have in common on which people write."""

import json

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community import limits, prose
from community.limits import TooOften
from community.people.policies import out_of_reach
from community.policy import Invalid, NotAllowed, OutOfStep, Refusal
from community.threads import actions
from community.threads.attaching import MOST_FILES, addresses_in, sizes_in
from community.threads.forms import DRAFT_LENGTH, Line, Words
from community.threads.mentioning import people_to_mention, threads_to_mention
from community.threads.models import Thread
from community.threads.rows import row_of

from .lists import number

STATUSES = {NotAllowed: 403, OutOfStep: 409, Invalid: 422}
# Tells the browser that the copy it kept of a text is no longer needed.
SENT_COOKIE = "sent"
KEPT_FOR_SIGN_IN = (
    "title",
    "body",
    "kind",
    "genre",
    "space",
    "product",
    "version",
    "platform",
    "tags",
    "audience",
    "severity",
    "contact",
    "telephone",
    "at",
    "otherwise",
    "least",
    "zone",
)


def refuse(form: forms.Form, refusal: Refusal | TooOften) -> int:
    """Say on the form why it was not taken; the status to answer with."""
    if isinstance(refusal, TooOften):
        words = ngettext(
            "That was a lot at once. Your text is kept; send it again in %d second.",
            "That was a lot at once. Your text is kept; send it again in %d seconds.",
            refusal.retry_after,
        )
        form.add_error(None, words % refusal.retry_after)
        return 429
    field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(str(refusal.reason)))
    return STATUSES.get(type(refusal), 403)


def with_patience(response: HttpResponse, refusal: Refusal | TooOften) -> HttpResponse:
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def say_whom_it_does_not_reach(request: HttpRequest, body: str) -> None:
    """Nobody is kept from answering, or left to believe that a mention is read."""
    for member in out_of_reach(request.user, prose.mentioned_handles(body)):
        words = _("%(name)s has blocked you and is not told that you mentioned them. Your post stands.")
        messages.info(request, words % {"name": member.called})


def say_it_was_sent(response: HttpResponse, token: str) -> HttpResponse:
    if token:
        response.set_cookie(SENT_COOKIE, token, max_age=300, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; what was typed waits in the session."""
    if request.method == "POST":
        limits.spend("stash", limits.client(request), limits.CLICKING)
        field = Words()
        typed = {name: field.to_python(request.POST[name]) for name in KEPT_FOR_SIGN_IN if request.POST.get(name)}
        if len(json.dumps(typed)) <= 2 * DRAFT_LENGTH:
            request.session["typed"] = {"at": request.path, "fields": typed}
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)


def take_what_was_typed(request: HttpRequest) -> dict[str, str] | None:
    """What was sent to this address before the sign-in, once."""
    if request.session.get("typed", {}).get("at") != request.path:
        return None
    return request.session.pop("typed")["fields"]


def attach_sent_files(request: HttpRequest) -> tuple[QueryDict, list[Refusal | TooOften]]:
    """What was sent, with the files of the plain file field shown at the end of its text, and what was not taken."""
    data, refusals = request.POST.copy(), []
    room = max(0, MOST_FILES - len(addresses_in(data.get("body", ""))))
    for file in request.FILES.getlist("files")[: room + 1]:
        try:
            limits.spend("upload", limits.client(request), limits.UPLOADING)
            attachment = actions.attach_file(by=request.user, file=file)
        except (Refusal, TooOften) as refusal:
            refusals.append(refusal)
        else:
            data["body"] = f"{data.get('body', '').rstrip()}\n\n{attachment.markdown}\n".lstrip()
    return data, refusals


def is_clean(form: forms.Form, refusals: list[Refusal | TooOften]) -> bool:
    """Whether the form can be used and every file that came with it was taken."""
    form.full_clean()
    for refusal in refusals:
        refuse(form, refusal)
    return not form.errors


def preview_of(body: str) -> str:
    """The HTML of a text as it will be shown; "" when there is nothing, or more than one post can be."""
    try:
        return prose.render(body, sizes_in(body)) if body.strip() else ""
    except prose.TooMuch:
        return ""


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of a text, by the same function that posts go through."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in to see a preview."))
    limits.spend("preview", limits.client(request), limits.PREVIEWING)
    body = Words().to_python(request.POST.get("body", ""))
    try:
        return render(request, "threads/_preview.html", {"html": prose.render(body, sizes_in(body))})
    except prose.TooMuch as too_much:
        return render(request, "threads/_preview.html", {"reason": too_much.reason}, status=422)


@require_safe
def mentions(request: HttpRequest) -> JsonResponse:
    """People whose handle or name begins like `q`, those of the thread first: {"people": [{"handle", "called"}]}."""
    if not request.user.is_authenticated:
        return JsonResponse({"people": []})
    limits.spend("mention", limits.client(request), limits.TYPING)
    prefix = Line().to_python(request.GET.get("q", ""))[:30]
    thread = None
    if asked := number(request.GET.get("thread", "")):
        thread = Thread.objects.visible_to(request.user).filter(pk=asked).first()
    people = people_to_mention(request.user, prefix, thread=thread)
    found = [{"handle": person.handle, "called": person.called, "team": person.is_team} for person in people]
    return JsonResponse({"people": found})


@require_safe
def numbers(request: HttpRequest) -> JsonResponse:
    """Threads by the beginning of a number or words of a title: {"threads": [{"number", "title", "state"}]}."""
    if not request.user.is_authenticated:
        return JsonResponse({"threads": []})
    limits.spend("mention", limits.client(request), limits.TYPING)
    prefix = Line().to_python(request.GET.get("q", ""))[:40]
    rows = [row_of(thread, request.user) for thread in threads_to_mention(request.user, prefix)]
    found = [{"number": row.key, "title": row.title, "state": f"{row.turn} {row.turn_more}".strip()} for row in rows]
    return JsonResponse({"threads": found})
