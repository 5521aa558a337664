"""The forum in a pocket: what a telephone asks for to install it, and what it needs to be read without a network."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms import brand
from forum import icons
from forum.templatetags.house import house_name

# Sizes that somebody asks for; others would only be work.
SIZES = {"any": (180, 192, 512), "maskable": (192, 512)}
# What stands under an icon; telephones cut off the rest.
SHORT = 12
WORKER = Path(__file__).with_name("worker.js")
_releases: dict[tuple[str | None, str, str], str] = {}


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the forum is called and looks like where it is installed."""
    name = str(house_name())
    ask, questions = reverse("threads:ask"), reverse("threads:list")
    told: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= SHORT else name.split()[0][:SHORT],
        "description": _("Questions and answers: what is broken, who is on it, and whether it is fixed."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": icons.PAPER,
        "background_color": icons.PAPER,
        "categories": ["productivity", "utilities"],
        "icons": [
            {"src": icon_address(size, purpose), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for purpose in SIZES
            for size in (192, 512)
        ],
        "shortcuts": [{"name": _("Ask"), "url": ask}, {"name": _("Questions"), "url": questions}],
        # By GET, so that whoever is signed out is sent to sign in and comes back with the same address.
        "share_target": {
            "action": ask,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json; charset=utf-8")


def icon_address(size: int, purpose: str = "any") -> str:
    return reverse("icon", args=[purpose, size])


@require_safe
def icon(request: HttpRequest, purpose: str, size: int) -> HttpResponse:
    if size not in SIZES.get(purpose, ()):
        raise Http404
    response = HttpResponse(icons.icon(size, purpose), content_type="image/png")
    patch_cache_control(response, public=True, max_age=24 * 3600)
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that stands between our pages and the network. At the root, because it answers for what lies below."""
    source = WORKER.read_text()
    response = HttpResponse(f'const RELEASE = "{release()}";\n{source}', content_type="text/javascript; charset=utf-8")
    # Asked for anew each time: whoever kept it longer would go on with the worker of an old release.
    patch_cache_control(response, no_cache=True)
    return response


def release() -> str:
    """Names what the worker keeps for its house: made from it, so a release that looks different has another name.

    Browsers ask at every page, and what is named changes only with the language, the brand and a new process.
    """
    house = brand.current()
    shown = (get_language(), house.name, house.version)
    if shown not in _releases:
        _releases[shown] = sha256((WORKER.read_text() + offline_page()).encode()).hexdigest()[:12]
    return _releases[shown]


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the worker and shown for every page that cannot be had; so it is the same for everybody."""
    return HttpResponse(offline_page())


def offline_page() -> str:
    return render_to_string("offline.html")


urlpatterns = [
    path("sw.js", worker, name="worker"),
    path("offline/", offline, name="offline"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("icons/<slug:purpose>-<int:size>.png", icon, name="icon"),
]
