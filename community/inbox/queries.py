from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from community import clock
from community.threads.models import Thread

STUCK_AFTER = timedelta(minutes=10)
# A mail server may be away for a day.
TRIED_FOR = timedelta(days=2)
# What moderators decide is taken back within ten seconds, and who reads along has read it by then.
SETTLED_AFTER = timedelta(seconds=10)


class NoticeQuerySet(models.QuerySet):
    def of(self, member: Any) -> Self:
        """The member's own, except about threads that he can no longer read."""
        readable = Thread.objects.visible_to(member).values("pk")
        return self.filter(Q(thread=None) | Q(thread__in=readable), member=member)

    def among(self, notices: list[Any]) -> Self:
        return self.filter(pk__in=[notice.pk for notice in notices])

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def new_to_mail(self) -> Self:
        """Unread, and whether to mail it was not looked at yet, or whoever looked was killed in the middle."""
        at = clock.now()
        killed = Q(mailed="sending", mailed_at__lt=at - STUCK_AFTER)
        return (
            self.unread()
            .filter(Q(mailed="new") | killed, at__gt=at - TRIED_FOR, at__lte=at - SETTLED_AFTER)
            .order_by("at", "pk")
        )

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread__organisation", "post__thread", "actor").fetch_mode(models.FETCH_RAISE)
