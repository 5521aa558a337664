"""Answers in the language of the reader, and says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from community.languages import of_request, speaking

# What has no words is the same in every language.
WORDLESS = ("image/", "audio/", "video/", "font/", "application/octet-stream")


class LanguageMiddleware:
    """After the one that knows who is signed in. Outside of it the house speaks its own language, also in a thread that
    has just answered somebody else in another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = of_request(request)
        # Where libraries look for it.
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with speaking(language):
            response = self.get_response(request)
        if not response.get("Content-Type", "").startswith(WORDLESS):
            # The cookie too: whoever has chosen must not be given what was made for somebody who only asked.
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language)
        return response
