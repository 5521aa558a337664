from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.desk.queries import ComplaintQuerySet

# A person answers within so many days on which people work.
WORKING_DAYS = 2
SATURDAY = 5


def due_after(at: datetime) -> datetime:
    """The same time of day two working days later; what is said on a weekend counts from Monday."""
    left, due = WORKING_DAYS, at
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < SATURDAY
    return due


class Complaint(models.Model):
    """Somebody says that what ended did not help him. Only support reads it, and a person answers."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="complaints")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="complaints")
    words = models.CharField(_("what did not help"), max_length=1000)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [models.Index(fields=["answered_at", "due_at"], name="complaints_to_answer")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "member"], condition=Q(answered_at=None), name="one_open_complaint_of_each_member"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="complaints_are_answered_by_a_person_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id}: {self.words[:40]}"

    def get_absolute_url(self) -> str:
        """Where support answers it."""
        return reverse("desk:complaint_answer", args=[self.pk])
