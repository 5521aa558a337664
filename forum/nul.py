"""No NUL in an address: nobody means one, and PostgreSQL keeps none in its texts. Forms say so of what is typed."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

# What stands where a character was that cannot be shown; nothing of ours has such a name.
INSTEAD = "\ufffd"


class NoNulMiddleware:
    """The last one, so that the page of what is not found knows its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404(_("There is nothing at this address."))
        if "%00" in request.META.get("QUERY_STRING", ""):
            asked = request.GET.copy()
            for name, values in list(asked.lists()):
                asked.setlist(name, [value.replace("\0", INSTEAD) for value in values])
            request.GET = asked  # type: ignore[assignment]
        return self.get_response(request)
