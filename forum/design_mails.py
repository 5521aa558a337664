"""Every mail of the house with sample words, as the text and as the HTML that go out. For development and demo."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

from community import clock
from forum.accounts import AccountAdapter

SAMPLE: dict[str, Any] = {
    "email": "robin@fenwick.example",
    "from_email": "robin@fenwick.example",
    "to_email": "robin@orchard.example",
    "deleted_email": "robin@fenwick.example",
    "user": SimpleNamespace(called="fenwick-it"),
    "username": "fenwick-it",
    "activate_url": "/accounts/confirm-email/MTI:1vN6oq:Yx3rQ0_Jk5QpYt/",
    "password_reset_url": "/accounts/password/reset/key/c-d1bq8w-4f1d0c/",
    "signup_url": "/accounts/signup/",
    "ip": "192.0.2.17",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0",
}
# These name a code to type where others name a link.
CODES = ("login_code", "password_reset_code", "email_confirm")
FRAMED: dict[str, Any] = settings.SECURE_CSP | {
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
}
FRAMING: dict[str, Any] = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}


def names() -> list[str]:
    """The names of their templates, such as "account/email/login_code"."""
    folder = Path(settings.TEMPLATES[0]["DIRS"][0])
    found = (path.relative_to(folder) for path in sorted(folder.glob("*/email/*_message.txt")))
    return [str(path).removesuffix("_message.txt") for path in found if path.name != "base_message.txt"]


def letter(name: str) -> EmailMultiAlternatives:
    code = {"code": "H3K-9QX"} if name.rpartition("/")[2] in CODES else {}
    context = SAMPLE | code | {"timestamp": clock.now()}
    return AccountAdapter().letter(name, SAMPLE["email"], context)


@require_GET
@csp_override(FRAMING)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "design_mails.html", {"letters": {name: letter(name) for name in names()}})


@require_GET
@xframe_options_sameorigin
@csp_override(FRAMED)
def show(request: HttpRequest, name: str) -> HttpResponse:
    if name not in names():
        raise Http404
    [alternative] = letter(name).alternatives
    html = str(alternative[0])
    # As a program by day or in the dark would show it, whatever this browser is set to.
    if medium := {"day": "not all", "night": "all"}.get(request.GET.get("scheme", "")):
        html = html.replace("(prefers-color-scheme: dark)", medium)
    return HttpResponse(html)
