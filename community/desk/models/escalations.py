from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.desk.queries import EscalationQuerySet

from .clocks import Rank

# So long the account manager and the deputy have, before those behind them are called.
TAKEN_WITHIN = timedelta(minutes=15)
# Who is called when the account manager and the deputy do not come, one after the other.
BEHIND = (Rank.LEAD, Rank.MANAGER)


class Escalation(models.Model):
    """A customer calls the account manager, about one request or in general. Somebody takes it, and it is seen who."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="escalations")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="escalations")
    because = models.CharField(_("what it is about"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    # How far up it has been told: 0 the account manager and the deputy, 1 the leads, 2 the managers.
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        indexes = [models.Index(fields=["next_at"], name="escalations_to_pass_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="whoever_takes_it_takes_it_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "thread"],
                condition=Q(taken_at=None, thread__isnull=False),
                name="one_open_escalation_of_a_request",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(taken_at=None, thread=None),
                name="one_open_escalation_in_general",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.because[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("desk:escalation", args=[self.pk])

    @property
    def goes_on(self) -> bool:
        """Whether others are called if nobody takes it."""
        return self.taken_at is None and self.step < len(BEHIND)

    def look_ahead(self, at: datetime) -> None:
        """Set when the next are called; `at`: when the last were."""
        self.next_at = at + TAKEN_WITHIN if self.goes_on else None


class Called(models.Model):
    """That somebody was called by an escalation, so that he is called once."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="called")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["escalation", "member"], name="called_once")]

    def __str__(self) -> str:
        return f"{self.member_id} by {self.escalation_id}"
