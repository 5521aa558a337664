from typing import Self

from django.db import models


class TicketLinkQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(unlinked_at=None)

    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def newest_first(self) -> Self:
        return self.order_by("-linked_at", "-pk")

    def for_desk(self) -> Self:
        return self.select_related("thread__space", "thread__author", "post", "linked_by").fetch_mode(
            models.FETCH_RAISE
        )
