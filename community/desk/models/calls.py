from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.desk.queries import CallQuerySet
from community.organisations.models import Organisation, Plan


class Ending(models.TextChoices):
    ANSWERED = "answered", _("answered")
    LEFT = "left", _("left by the asker")
    UNANSWERED = "unanswered", _("not answered")


class Call(models.Model):
    """Somebody wants to talk to a person now. It waits in line until a person of support says the first words."""

    # None where nobody was on shift, so that nothing was opened: the press is counted all the same.
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, related_name="calls")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="calls")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # What was promised when it was pressed; a plan that changes later changes no figure of the past.
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When those behind the desk were told that nobody had said a word by then.
    overdue_told_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    first_words = models.ForeignKey("threads.Post", models.SET_NULL, null=True, related_name="+")
    first_words_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for a person")
        verbose_name_plural = _("calls for a person")
        indexes = [models.Index(fields=["plan", "asked_at"], name="calls_of_a_month")]
        constraints = [
            models.UniqueConstraint(fields=["asked_by"], condition=Q(ended_at=None), name="one_person_waits_once"),
            models.UniqueConstraint(fields=["thread"], condition=Q(ended_at=None), name="one_call_waits_in_a_thread"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="calls_that_ended_say_how",
            ),
            models.CheckConstraint(
                condition=Q(first_words_at=None) & ~Q(ending=Ending.ANSWERED)
                | Q(first_words_at__isnull=False, ending=Ending.ANSWERED),
                name="answered_calls_have_first_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} at {self.asked_at:%Y-%m-%d %H:%M:%S}"

    @property
    def waited(self) -> timedelta | None:
        """From the press to the first words, or to the end without any; None while it waits."""
        end = self.first_words_at or self.ended_at
        return end - self.asked_at if end else None

    @property
    def is_late(self) -> bool:
        """Of one that has ended."""
        if self.first_words_at:
            return self.first_words_at > self.due_at
        return self.ending == Ending.UNANSWERED or bool(self.ended_at and self.ended_at > self.due_at)
