"""What search engines ask for: robots.txt and the sitemap."""

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
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


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
]
