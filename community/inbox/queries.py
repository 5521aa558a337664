from typing import Any, Self

from django.db import models
from django.db.models import Q

from community.threads.models import Thread


class NoticeQuerySet(models.QuerySet):
    def of(self, member: Any) -> Self:
        """The member's own, except about threads that he can no longer read."""
        readable = Thread.objects.visible_to(member).values("pk")
        return self.filter(Q(thread=None) | Q(thread__in=readable), member=member)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread__organisation", "post__thread", "actor").fetch_mode(models.FETCH_RAISE)
