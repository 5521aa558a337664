from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.people.models import Role
from community.threads.models import State

from .queries import DecisionQuerySet, FlagQuerySet


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


class Verb(models.TextChoices):
    UPHELD_FLAG = "upheld_flag", _("upheld a flag")
    DECLINED_FLAG = "declined_flag", _("declined a flag")
    HID_POST = "hid_post", _("hid a post")
    SHOWED_POST = "showed_post", _("showed a post again")
    DELETED_POST = "deleted_post", _("deleted a post")
    RESTORED_POST = "restored_post", _("restored a post")
    EDITED_POST = "edited_post", _("edited a post")
    HID_THREAD = "hid_thread", _("hid a thread")
    SHOWED_THREAD = "showed_thread", _("showed a thread again")
    LOCKED = "locked", _("locked a thread")
    UNLOCKED = "unlocked", _("unlocked a thread")
    PINNED = "pinned", _("pinned a thread")
    UNPINNED = "unpinned", _("unpinned a thread")
    MOVED = "moved", _("moved a thread")
    CLOSED = "closed", _("closed a thread")
    REOPENED = "reopened", _("reopened a thread")
    MARKED_DUPLICATE = "marked_duplicate", _("marked a duplicate")
    CHANGED_ROLE = "changed_role", _("changed a role")
    DEACTIVATED = "deactivated", _("deactivated a member")
    REACTIVATED = "reactivated", _("let a member come back")


# What stands before and after such a decision, by key.
SAID_IN_WORDS: dict[str, dict[str, Any]] = {
    Verb.UPHELD_FLAG: dict(FlagReason.choices) | dict(Outcome.choices),
    Verb.DECLINED_FLAG: dict(FlagReason.choices) | dict(Outcome.choices),
    Verb.CLOSED: dict(State.choices),
    Verb.CHANGED_ROLE: dict(Role.choices),
}
KEYS_APART = ", "


class Decision(models.Model):
    """One act of moderation, never changed afterwards: who, what, when, why, and what it changed."""

    verb = models.CharField(max_length=20, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, related_name="decisions")
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, related_name="decisions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions_about_me")
    because = models.CharField(max_length=300, blank=True)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["-at"], name="decisions_newest")]

    def __str__(self) -> str:
        return f"{self.verb} by {self.actor_id}"

    @property
    def was(self) -> str:
        return self.in_words(self.before)

    @property
    def became(self) -> str:
        return self.in_words(self.after)

    @property
    def reason(self) -> str:
        """Somebody's own words, or the house's in the language of whoever reads."""
        if self.verb == Verb.MARKED_DUPLICATE:
            return _("The same problem as #%(number)s.") % {"number": self.after.removeprefix("#")}
        return self.because

    def in_words(self, kept: str) -> str:
        """What is kept are keys, so that each reads them in a language of their own; names stay as they are."""
        words = SAID_IN_WORDS.get(Verb(self.verb), {})
        return ", ".join(str(words.get(key, key)) for key in kept.split(KEYS_APART)) if words else kept
