from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from community import clock
from community.letters import AGAIN_WITHIN, TRIED_FOR
from community.threads.models import Thread

STUCK_AFTER = timedelta(minutes=10)
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

    def still_to_mail(self) -> Self:
        """Unread, and whether to mail it was not looked at yet, or whoever looked was killed in the middle."""
        at = clock.now()
        killed = Q(mailed="sending", mailed_at__lt=at - STUCK_AFTER)
        return (
            self.unread()
            .filter(Q(mailed="new") | killed, at__gt=at - TRIED_FOR, at__lte=at - SETTLED_AFTER)
            .order_by("at", "pk")
        )

    def new_to_mail(self) -> Self:
        """Of these, what the mail server would not take waits longer each time."""
        at = clock.now()
        due = Q(mailed_at=None) | Q(mailed_at__lte=at - AGAIN_WITHIN)
        return self.still_to_mail().filter(due | Q(mailed_at__lte=at - (F("mailed_at") - F("at"))))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread__organisation", "post__thread", "actor").fetch_mode(models.FETCH_RAISE)
