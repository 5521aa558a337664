from community.spaces.sitemaps import PublicSitemap

from .models import Thread


class ThreadSitemap(PublicSitemap):
    """Threads that every visitor may read, each under its one address."""

    def items(self):
        return (
            Thread.objects.open_to_all()
            .shown_in_lists()
            .only("pk", "slug", "last_post_at", "merged_into")
            .order_by("pk")
        )

    def lastmod(self, thread):
        return thread.last_post_at
