from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.views import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.views import serve

from community import kept

from . import brand


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


@require_safe
def brand_style(request: HttpRequest, version: str) -> HttpResponse:
    """The colours of the brand as a stylesheet. A page that is older than the brand gets what is true now."""
    ours = brand.current()
    response = HttpResponse(ours.style, content_type="text/css; charset=utf-8")
    response["ETag"] = f'"{ours.version}"'
    if version == ours.version:
        patch_cache_control(response, public=True, max_age=365 * 24 * 3600, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response
