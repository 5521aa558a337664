"""What waits for a moderator, whatever it is: one row for each thing to decide, so that all of it is one queue."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from ..queries import CaseQuerySet
from .subjects import about_one_of, subject_of

# A case is about exactly one of these.
SUBJECTS = ("post", "thread", "member", "attachment", "appeal", "held", "wave")


class CaseKind(models.TextChoices):
    FLAGS = "flags", _("Flags")
    HELD_POST = "held_post", _("Held posts")
    HELD_EDIT = "held_edit", _("Held edits")
    HELD_ACCOUNT = "held_account", _("Held accounts")
    APPEAL = "appeal", _("Appeals")
    WAVE = "wave", _("Waves")
    CONTRADICTION = "contradiction", _("Contradictions")


class Case(models.Model):
    """One thing to decide. Severity (0 to 4 as of flags, 5 a wave) goes before age; who has claimed it decides it."""

    kind = models.CharField(max_length=13, choices=CaseKind)
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, blank=True, related_name="cases")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="cases")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="cases")
    attachment = models.ForeignKey("threads.Attachment", models.CASCADE, null=True, blank=True, related_name="cases")
    appeal = models.ForeignKey("moderation.Appeal", models.CASCADE, null=True, blank=True, related_name="cases")
    held = models.ForeignKey("moderation.Held", models.CASCADE, null=True, blank=True, related_name="cases")
    wave = models.ForeignKey("moderation.Wave", models.CASCADE, null=True, blank=True, related_name="cases")
    # Where it is; nowhere for what concerns a member only.
    space = models.ForeignKey("spaces.Space", models.SET_NULL, null=True, blank=True, related_name="+")
    # Between an organisation and support: only they decide. A thread keeps its audience for ever.
    for_support = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    # When flags hid a post by themselves.
    hid_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Whoever took it back, where its author did.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=16, blank=True)
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # What was done by the decision and how it was before, for as long as it can be taken back.
    before = models.JSONField(default=dict, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["-severity", "since", "id"], condition=Q(decided_at=None), name="cases_open"),
            models.Index(fields=["-decided_at", "-id"], condition=~Q(decided_at=None), name="cases_decided"),
        ]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["kind", subject], condition=Q(decided_at=None), name=f"one_open_case_for_each_{subject}"
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(condition=about_one_of(SUBJECTS), name="a_case_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (~Q(decided_at=None) & ~Q(decided_by=None) & ~Q(outcome="")),
                name="decided_cases_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | ~Q(claimed_until=None), name="claims_end_by_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def subject(self) -> tuple[str, Any]:
        """What it is about: the name of the column, and the id in it."""
        return subject_of(self, SUBJECTS)

    @property
    def anchor(self) -> str:
        return f"case-{self.pk}"

    def claimed_at(self, at: datetime) -> bool:
        """Whether somebody's claim runs at this moment."""
        return bool(self.claimed_by_id and self.claimed_until and self.claimed_until > at)
