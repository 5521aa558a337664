from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.views import serve

from community import kept


def home(request: HttpRequest) -> HttpResponse:
    response = serve(request, "")
    if isinstance(response, TemplateResponse):
        response = response.render()
    # Its blocks show lists; a published change outdates everything.
    return kept.same_for_visitors(request, response, kept.LISTS)


# The name of a rendition says what it was made from and how: another picture has another name.
@cache_control(public=True, max_age=7 * 24 * 3600)
@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Renditions of editors' pictures only; nothing else of what is uploaded lies in this folder."""
    return static.serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
