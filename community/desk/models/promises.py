from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.desk.queries import PromiseQuerySet
from community.threads.models import PromiseStands, WaitReason

# So long after the promised time nobody says any more that it is only late.
BROKEN_AFTER = timedelta(hours=24)
# Who promised is reminded so long before, or when half of the time that was left is gone.
REMINDED_BEFORE = timedelta(hours=1)


class Promise(models.Model):
    """What support promised in a thread: what, in which window, by whom.

    Kept it is by the asker's word alone. Late and broken it becomes by the asker's word or by the clock; what the one
    who promised says of it ("done") is kept apart and makes it neither.
    """

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="promises")
    # The answer in which it was said.
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, related_name="+")
    what = models.CharField(_("what"), max_length=200)
    begins_at = models.DateTimeField(_("from"), null=True, blank=True)
    until = models.DateTimeField(_("until"))
    because = models.CharField(_("why then"), max_length=10, choices=WaitReason, blank=True)
    more = models.CharField(_("in own words"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises")
    made_at = models.DateTimeField()

    delivered_at = models.DateTimeField(null=True, blank=True)
    stands = models.CharField(_("stands"), max_length=10, choices=PromiseStands, default=PromiseStands.RUNNING)
    settled_at = models.DateTimeField(null=True, blank=True)
    # Whose word it is; nobody's where the clock said so.
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    overdue_at = models.DateTimeField(null=True, blank=True)
    # When the clock has something to say of it next, and what was said already.
    next_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminder_mailed_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        indexes = [
            models.Index(fields=["next_at"], name="promises_to_look_at"),
            models.Index(fields=["stands", "until"], name="promises_by_what_comes_next"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at=None) | Q(begins_at__lte=F("until")), name="a_window_begins_before_it_ends"
            ),
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(stands="running"),
                name="one_promise_runs_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.until:%Y-%m-%d %H:%M}, #{self.thread_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.look_ahead()
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.stands in (PromiseStands.RUNNING, PromiseStands.DELIVERED)

    @property
    def remind_at(self) -> datetime:
        return max(self.until - REMINDED_BEFORE, self.made_at + (self.until - self.made_at) / 2)

    @property
    def broken_at(self) -> datetime:
        return self.until + BROKEN_AFTER

    @property
    def came_in_time(self) -> bool:
        """As far as the one who promised says."""
        return self.delivered_at is not None and self.delivered_at <= self.until

    def look_ahead(self) -> None:
        """Set when the clock has something to say next: a reminder, the end of the window, the end of patience."""
        self.next_at = None
        if self.stands != PromiseStands.RUNNING:
            return
        if self.reminded_at is None and self.overdue_at is None:
            self.next_at = self.remind_at
        else:
            self.next_at = self.until if self.overdue_at is None else self.broken_at
