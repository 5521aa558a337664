"""What search engines and browsers ask for by themselves: robots.txt, the sitemap, the mark of the house."""

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path

from cms.sitemaps import PageSitemap
from community.spaces.sitemaps import SpaceSitemap
from community.threads.sitemaps import ThreadSitemap

SITEMAPS = {"threads": ThreadSitemap, "spaces": SpaceSitemap, "pages": PageSitemap}


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


urlpatterns = [
    path("favicon.ico", mark),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
]
