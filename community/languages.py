"""In which language somebody is spoken to: one they chose, else one their browser asks for, else the house's own."""

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


def of_request(request: HttpRequest) -> str:
    """The language of the answer: what the member keeps comes first, then what the browser keeps, then what it asks."""
    # Without a session there is nobody to look up, and what is the same for every visitor stays so.
    member = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return (
        known(getattr(member, "language", ""))
        or known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        or asked_for(request.headers.get("Accept-Language", ""))
    )


def of_member(member: Any) -> str:
    """The language of what finds a member elsewhere than at a page: mail."""
    return known(getattr(member, "language", "")) or settings.LANGUAGE_CODE


def known(code: str) -> str:
    """`code` if the house speaks it, else nothing."""
    return code if code in dict(settings.LANGUAGES) else ""


@lru_cache(maxsize=1000)
def asked_for(accepted: str) -> str:
    """The best of what an Accept-Language header names that the house speaks; else the house's own language."""
    for name, weight in parse_accept_lang_header(accepted):
        if name == "*":
            break
        if weight:
            try:
                return get_supported_language_variant(name)
            except LookupError:
                continue
    return settings.LANGUAGE_CODE


def speaking(language: str) -> AbstractContextManager[None]:
    """Everything said within is said in this language."""
    return translation.override(language)


def speaking_for_all() -> AbstractContextManager[None]:
    """What is said once for everybody is said in the house's own language, whoever it was that made it be said."""
    return translation.override(settings.LANGUAGE_CODE)
