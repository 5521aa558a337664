"""What a person reads when something did not happen: a page with the reason, or the same as JSON for programs."""

import errno
import logging
import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import letters
from community.limits import TooOften
from community.policy import Gone, Invalid, NotAllowed, OutOfStep, Refusal
from community.threads.gate import HELD_IN, HeldBack
from community.threads.views.writing import say_it_was_sent

logger = logging.getLogger(__name__)

STATUSES: dict[type[Refusal], int] = {NotAllowed: 403, OutOfStep: 409, Gone: 410, Invalid: 422}
# Answers that Django gives without a word, for which we have one.
WORDLESS = {405, 410, 413}
MOST_HELD_IN = 19
# Seconds after which somebody may try again what broke by itself.
AGAIN_IN = 10
FULL = {errno.ENOSPC, errno.EDQUOT}
# SQLite; PostgreSQL, which repeats what its system says.
FULL_IN_WORDS = ("disk is full", "No space left on device", "Disk quota exceeded")
# Fields in which people write sentences.
TYPED = ("title", "body", "because", "words")


class RefusalMiddleware:
    """Turns an action's refusal into an answer, so that no view needs to catch one, and gives bare statuses a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in WORDLESS and not response.streaming and not response.content:
            page = answer(request, response.status_code, "")
            if "Allow" in response:
                page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return answer(request, STATUSES.get(type(exception), 403), str(exception.reason))
        if isinstance(exception, TooOften):
            return too_often(request, exception.retry_after)
        if isinstance(exception, HeldBack):
            return held_back(request, exception)
        if isinstance(exception, letters.NotNow):
            logger.warning("A letter that somebody waits for could not leave")
            return unavailable(request, 503, _("Our mail server takes no letter at the moment. Ask for it again soon."))
        if isinstance(exception, letters.Refused):
            return answer(
                request, 422, _("The mail server takes nothing for this address. Is it written as it should be?")
            )
        return None


def held_back(request: HttpRequest, held: HeldBack) -> HttpResponse:
    """To the page where its author finds it. It was taken, so the browser lets go of its copy of the text."""
    if held.thread_id and hasattr(request, "session"):
        # So that the thread says so too, without asking for everybody who reads it.
        request.session[HELD_IN] = [*request.session.get(HELD_IN, [])[-MOST_HELD_IN:], held.thread_id]
    if wants_json(request):
        reason = _("A moderator reads this before others do.")
        return JsonResponse({"reason": reason, "held": held.url}, status=202)
    return say_it_was_sent(redirect(held.url), held.token)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return answer(request, 413, _("This is more than we can take at once."))
    return answer(request, 400, _("We could not make sense of this request."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403, _("You may not do this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, _("This form is too old or came from elsewhere. Reload the page and send it again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, _("There is nothing at this address."))


def too_often(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    reason = ngettext(
        "That was a lot at once. Please wait %(seconds)s second and send it again.",
        "That was a lot at once. Please wait %(seconds)s seconds and send it again.",
        retry_after,
    )
    response = answer(request, 429, reason % {"seconds": retry_after})
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    # Whatever broke may break a page that asks who is reading; this one asks nothing.
    trouble = sys.exception()
    if is_full(trouble):
        reason = _("We have no room to keep anything new for the moment. Reading goes on.")
        return unavailable(request, 507, reason)
    if isinstance(trouble, (OperationalError, InterfaceError)):
        return unavailable(request, 503, _("Our database does not answer for the moment."))
    reason = _("Something broke on our side. It has been written down, and what you typed can be sent again.")
    if wants_json(request):
        return JsonResponse({"reason": reason}, status=500)
    return HttpResponse(render_to_string("errors/500.html", {"reason": reason}), status=500)


def is_full(trouble: BaseException | None) -> bool:
    """Whether a disk was full: the system says so, or a database that met it."""
    if isinstance(trouble, OSError):
        return trouble.errno in FULL
    return isinstance(trouble, DatabaseError) and any(words in str(trouble) for words in FULL_IN_WORDS)


def unavailable(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """By itself it is over soon; what was typed is given back."""
    if wants_json(request):
        response: HttpResponse = JsonResponse({"reason": reason}, status=status)
    else:
        context = {"reason": reason, "status": status, "typed": typed_text(request)}
        response = HttpResponse(render_to_string("errors/503.html", context), status=status)
    response["Retry-After"] = str(AGAIN_IN)
    return response


def answer(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"reason": reason}, status=status)
    context = {"reason": reason, "typed": typed_text(request)}
    return render(request, f"errors/{status}.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def typed_text(request: HttpRequest) -> str:
    """What the person had written, so that the page can give it back."""
    try:
        sent = [request.POST.get(name, "").strip() for name in TYPED] if request.method == "POST" else []
        return "\n\n".join(words for words in sent if words)
    except (SuspiciousOperation, UnreadablePostError, ValueError):
        return ""  # the form itself is what could not be read
