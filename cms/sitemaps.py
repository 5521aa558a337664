from urllib.parse import urlsplit

from wagtail.models import Page

from community.spaces.sitemaps import PublicSitemap


class PageSitemap(PublicSitemap):
    """Published pages that nobody has to sign in for."""

    def items(self):
        return Page.objects.live().public().filter(depth__gt=1).order_by("path")

    def location(self, page):
        return urlsplit(page.full_url or "/").path

    def lastmod(self, page):
        return page.last_published_at
