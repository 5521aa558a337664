from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap

from .models import Space


class PublicSitemap(Sitemap):
    """Addresses begin with the configured root of the site, whatever Host the request names."""

    limit = 10_000

    def get_urls(self, page=1, site=None, protocol=None):
        root = urlsplit(settings.SITE_URL)
        return super().get_urls(page, SimpleNamespace(domain=root.netloc, name=root.netloc), root.scheme)


class SpaceSitemap(PublicSitemap):
    def items(self):
        return Space.objects.visible_to(AnonymousUser()).order_by("pk")
