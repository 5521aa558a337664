"""What search engines and browsers ask for by themselves: robots.txt, the sitemap, the mark of the house."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path

from cms.sitemaps import PageSitemap
from community.spaces.sitemaps import SpaceSitemap
from community.threads.sitemaps import ThreadSitemap

SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {"threads": ThreadSitemap, "spaces": SpaceSitemap, "pages": PageSitemap}


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /search/",
        "Disallow: /posts/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def mark(request: HttpRequest) -> HttpResponse:
    """Pages that are not ours to write, such as the back office, name no icon; browsers then look here."""
    return redirect(static("forum/mark.svg"))


def sitemaps(request: HttpRequest) -> HttpResponse:
    """The index of the sitemaps, each under our own root, whatever Host the request names."""
    response = index(request, SITEMAPS, sitemap_url_name="sitemap-section")
    for section in (response.context_data or {})["sitemaps"]:
        section.location = settings.SITE_URL + urlsplit(section.location)._replace(scheme="", netloc="").geturl()
    return response


urlpatterns = [
    path("favicon.ico", mark),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
]
