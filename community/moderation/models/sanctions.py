"""What was decided about people, what they say against it, and what the team notes about them."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from ..queries import AppealQuerySet, SanctionQuerySet
from .kinds import SanctionKind


class Sanction(models.Model):
    """A warning, a silence or a suspension of a member. He reads why, until when, and may appeal."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=SanctionKind)
    because = models.CharField(_("reason"), max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # None: for good, or a warning, which has no end.
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Nobody where it ended by itself.
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    decision = models.OneToOneField("moderation.Decision", models.PROTECT, related_name="sanction")
    # When the mails about its beginning and its end went out.
    mailed_at = models.DateTimeField(null=True, blank=True)
    end_mailed_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a member")
        verbose_name_plural = _("decisions about members")
        indexes = [models.Index(fields=["until"], condition=Q(ended_at=None), name="sanctions_that_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(ended_at=None) & ~Q(kind="warning"),
                name="one_standing_sanction_of_a_kind",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="sanctions_say_why"),
            models.CheckConstraint(condition=~Q(by=F("member")), name="nobody_sanctions_themselves"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("at")), name="sanctions_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | (~Q(ended_at=None) & ~Q(ended_because="")),
                name="sanctions_taken_back_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:sanction", args=[self.pk])

    @property
    def is_standing(self) -> bool:
        return self.ended_at is None

    @property
    def token(self) -> str:
        """Opens the page of this one decision, and nothing else, to whoever cannot sign in."""
        return signer().sign(self.pk)

    def get_open_url(self) -> str:
        """For the person concerned, who may be unable to sign in."""
        return reverse("moderation:appeal", args=[self.token])


def signer() -> Signer:
    return Signer(salt="community.moderation.sanction")


def sanction_named_by(token: str) -> int | None:
    """The id in a token that we gave away; None for anything else."""
    try:
        return int(signer().unsign(token))
    except (BadSignature, ValueError):
        return None


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("The decision stands")
    LIFTED = "lifted", _("The decision is taken back")


class Appeal(models.Model):
    """What a member says against a decision about him. Somebody else than the one who took it decides."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="appeals")
    # Copies of the sanction's, so that the database can keep the promise below.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeals")
    sanctioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(_("in your words"), max_length=2000)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=AppealOutcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [models.Index(fields=["decided_at", "at"], name="appeals_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["sanction"], condition=Q(decided_at=None), name="one_waiting_appeal"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("sanctioned_by")) & ~Q(decided_by=F("member")),
                name="somebody_else_decides_an_appeal",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="", decided_by=None)
                | (~Q(decided_at=None) & ~Q(outcome="") & ~Q(decided_by=None) & ~Q(decided_because="")),
                name="decided_appeals_say_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal against {self.sanction_id}"


class PersonNote(models.Model):
    """What those who decide about a member should know. He never reads it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes_about_me")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(_("note"), max_length=1000)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("note about a member")
        verbose_name_plural = _("notes about members")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"note about {self.member_id}"
