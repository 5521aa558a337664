"""Says of each answer who may keep it, where the view has not said so itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class KeepToReaderMiddleware:
    """Whoever is signed in gets pages that no proxy may give to others; what went wrong is kept by nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            if response.status_code >= 400:
                patch_cache_control(response, private=True, no_store=True)
            # The cookie and not the user: who only asks for a feed or a picture is not looked up.
            elif settings.SESSION_COOKIE_NAME in request.COOKIES:
                patch_cache_control(response, private=True)
        return response
