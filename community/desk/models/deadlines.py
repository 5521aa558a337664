from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.desk.queries import DeadlineQuerySet, OfferQuerySet
from community.threads.models import LONGEST_REASON, DeadlineStands, OfferStands

# A person decides within this time when what we promised comes after what the asker needs.
DECIDED_WITHIN = timedelta(minutes=60)


class Deadline(models.Model):
    """By when the asker needs it, what happens otherwise, the least that would help. The newest of a thread counts."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="deadlines")
    at = models.DateTimeField(_("by when"))
    otherwise = models.CharField(_("what happens then"), max_length=500)
    least = models.CharField(_("the least that would help"), max_length=500, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    # What was promised when it was stated; without one there was no promise at all.
    promised_until = models.DateTimeField(null=True, blank=True)

    stands = models.CharField(_("stands"), max_length=12, choices=DeadlineStands)
    decide_by = models.DateTimeField(null=True, blank=True)
    undecided_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    promise = models.ForeignKey("desk.Promise", models.SET_NULL, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        indexes = [models.Index(fields=["stands", "decide_by"], name="deadlines_to_decide")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(replaced_at=None), name="one_deadline_counts_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(stands__in=("accepted", "alternative", "declined")) | Q(decided_by__isnull=False),
                name="a_person_decides_about_deadlines",
            ),
            models.CheckConstraint(condition=~Q(stands="declined") | ~Q(because=""), name="declining_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} by {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Where it is decided."""
        return reverse("desk:deadline_decide", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.stands == DeadlineStands.OPEN and self.replaced_at is None


class Offer(models.Model):
    """More than was promised, at a cost to somebody: the asker takes it, or says that what was promised is enough."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="offers")
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, related_name="+")
    what = models.CharField(_("what"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stands = models.CharField(_("stands"), max_length=10, choices=OfferStands, default=OfferStands.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["thread"], condition=Q(stands="open"), name="one_offer_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.what}, #{self.thread_id}"
