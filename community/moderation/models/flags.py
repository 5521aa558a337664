from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from ..queries import FlagQuerySet
from .subjects import about_one_of, subject_of

# What can be flagged; a flag is about exactly one of these.
FLAGGED = ("post", "thread", "member", "attachment")


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


class Deed(models.TextChoices):
    """What becomes of a thing with the flag that is upheld."""

    HIDE = "hide", _("Uphold and hide")
    CLOSE = "close", _("Uphold and close")
    MOVE = "move", _("Uphold and move")
    CLEAR = "clear", _("Uphold and clear the profile")
    WARN = "warn", _("Uphold and warn")
    TAKE_AWAY = "take_away", _("Uphold and take the file away")
    # It was dealt with by hand.
    NOTHING = "nothing", _("Uphold")


class Flag(models.Model):
    """Somebody's word that a post, a thread, a profile or a file needs a moderator."""

    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, blank=True, related_name="flags")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="flags")
    # Whose profile it is about.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="flags_about_me"
    )
    attachment = models.ForeignKey("threads.Attachment", models.CASCADE, null=True, blank=True, related_name="flags")
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
    decided_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        indexes = [
            models.Index(fields=["decided_at", "-severity", "created_at"], name="flags_waiting"),
            # What became of the flags of whoever raises one: asked for each flag of a page.
            models.Index(fields=["flagger", "outcome"], name="flags_of_a_flagger"),
        ]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[subject, "flagger"],
                    condition=Q(decided_at=None),
                    name=f"one_waiting_flag_each_on_one_{subject}",
                )
                for subject in FLAGGED
            ),
            models.CheckConstraint(condition=about_one_of(FLAGGED), name="a_flag_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="") | (~Q(decided_at=None) & ~Q(outcome="")),
                name="decided_flags_have_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} on {self.subject}"

    @property
    def subject(self) -> tuple[str, Any]:
        """What it is about: the name of the column, and the id in it."""
        return subject_of(self, FLAGGED)
