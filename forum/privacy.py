"""Says of each answer who may keep it, where the view has not said so itself, and for whom it was made."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from community.people import sessions

# The worker of our pages (forum/worker.js) drops what it kept for one reader when it sees that another one reads. A
# mark of the session and not of the member: it ends with the sign-out, and the next sign-in of the same person has
# another one.
READER = "X-Reader"


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
        if made_for_a_reader(request, response):
            is_member = request.user.is_authenticated
            response[READER] = sessions.mark(request.session.session_key) if is_member else "visitor"
        return response


def made_for_a_reader(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it is a page, and somebody was asked for. Where something broke, asking for the reader may break too."""
    is_page = response.get("Content-Type", "").startswith("text/html") and response.status_code < 500
    return is_page and hasattr(request, "session") and request.session.accessed
