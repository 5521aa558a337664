from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..queries import FlagQuerySet


class FlagReason(models.TextChoices):
    SPAM = "spam", _("Spam or advertising")
    ABUSE = "abuse", _("Abusive or hurtful")
    PRIVATE = "private", _("Shows private data")
    PLACE = "place", _("In the wrong place")
    OUTDATED = "outdated", _("No longer true")
    OTHER = "other", _("Something else")


# Private data spreads while it stands, abuse hurts while it stands; the rest can wait for its turn.
SEVERITY = {
    FlagReason.PRIVATE: 4,
    FlagReason.ABUSE: 3,
    FlagReason.SPAM: 2,
    FlagReason.OTHER: 1,
    FlagReason.PLACE: 0,
    FlagReason.OUTDATED: 0,
}


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("upheld")
    DECLINED = "declined", _("declined")


class Flag(models.Model):
    """Somebody's word that a post needs a moderator."""

    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="flags")
    # Those that are decided together.
    case = models.ForeignKey("moderation.Case", models.CASCADE, null=True, blank=True, related_name="flags")
    flagger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="flags")
    reason = models.CharField(_("reason"), max_length=10, choices=FlagReason)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    severity = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_because = models.CharField(max_length=300, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        indexes = [models.Index(fields=["decided_at", "-severity", "created_at"], name="flags_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "flagger"], condition=Q(decided_at=None), name="one_waiting_flag_each"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="") | (~Q(decided_at=None) & ~Q(outcome="")),
                name="decided_flags_have_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} on {self.post_id}"
