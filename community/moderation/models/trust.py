"""How trust is earned and lost, and how it has changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import Trust
from community.threads.models import LONGEST_REASON

from ..queries import TrustChangeQuerySet

EARNED = [level for level in Trust if level]


class TrustRule(models.Model):
    """What a level asks of whoever comes to it, and how much may stand against whoever is to keep it."""

    trust = models.PositiveSmallIntegerField(_("trust"), choices=Trust, unique=True)
    days = models.PositiveSmallIntegerField(_("days since joining"), default=0)
    threads_read = models.PositiveSmallIntegerField(_("threads read"), default=0)
    posts = models.PositiveSmallIntegerField(_("posts that stand"), default=0)
    helped = models.PositiveSmallIntegerField(_("people helped"), default=0)
    flags_upheld = models.PositiveSmallIntegerField(_("flags upheld"), default=0)
    most_hidden = models.PositiveSmallIntegerField(_("at most so many posts hidden"), null=True, blank=True)
    most_sanctions = models.PositiveSmallIntegerField(_("at most so many warnings and more"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of a level of trust")
        verbose_name_plural = _("rules of the levels of trust")
        constraints = [models.CheckConstraint(condition=models.Q(trust__in=EARNED), name="rules_are_of_earned_levels")]

    def __str__(self) -> str:
        return f"rule of level {self.trust}"


NEEDED = ("days", "threads_read", "posts", "helped", "flags_upheld")
AGAINST = {"most_hidden": "hidden", "most_sanctions": "sanctions"}
DEFAULT_RULES = {
    Trust.KNOWN: {"days": 3, "threads_read": 5, "posts": 3, "most_hidden": 1, "most_sanctions": 1},
    Trust.HELPFUL: {"days": 14, "threads_read": 20, "posts": 10, "helped": 5, "most_hidden": 1, "most_sanctions": 0},
    Trust.TRUSTED: {"days": 60, "threads_read": 50, "posts": 30, "helped": 25, "most_hidden": 0, "most_sanctions": 0},
}


def trust_rules() -> dict[int, TrustRule]:
    """By level; one that nobody has changed is the one we begin with."""
    rows = TrustRule.objects.in_bulk(field_name="trust")
    return {level: rows.get(level) or TrustRule(trust=level, **DEFAULT_RULES[level]) for level in EARNED}


class TrustChange(models.Model):
    """By rule, or by somebody. `why`: what stood against the member, where it fell by rule."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trust_changes")
    before = models.PositiveSmallIntegerField(choices=Trust)
    after = models.PositiveSmallIntegerField(choices=Trust)
    why = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    # Nobody where rules did it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # Rules do not change it until somebody releases it.
    is_held = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = TrustChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of trust")
        verbose_name_plural = _("changes of trust")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")) | models.Q(is_held=True), name="trust_changes_or_is_held"
            ),
            models.CheckConstraint(
                condition=models.Q(by=None, is_held=False) | ~models.Q(because=""), name="trust_set_by_hand_says_why"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(is_held=True, released_at=None),
                name="one_hold_on_the_trust_of_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.before} to {self.after}"

    @property
    def has_risen(self) -> bool:
        return self.after > self.before

    @property
    def reasons(self) -> list[str]:
        words = {
            "hidden": _("posts of yours were hidden by moderators"),
            "sanctions": _("moderators have warned, silenced or suspended you"),
        }
        return [self.because] if self.because else [str(words[key]) for key in self.why.split()]
