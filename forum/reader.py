"""Who reads: himself, where the session may know him."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest


class ReaderMiddleware(AuthenticationMiddleware):
    """Django puts somebody in his place who looks him up once he is asked anything, and passes on every question.

    Whoever has a session is looked up for his language in any case, and a page asks him some two hundred things: to ask
    through another took a twentieth of a thread's page (measured).
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = get_user(request)
