from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.desk.queries import BreachQuerySet, ClockQuerySet

from .calendars import Calendar, ClockKind, Target


class Mark(models.IntegerChoices):
    """How much of the promised time has passed, where somebody is told of it."""

    NONE = 0
    HALF = 50
    NEARLY = 80
    LATE = 100


class Clock(models.Model):
    """How long a thread has waited for one thing it was promised. Read anew from the thread's log at every change."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="clocks")
    kind = models.CharField(_("until the"), max_length=8, choices=ClockKind)
    # What was promised when it started; a target that changes later changes no promise that was made.
    target = models.ForeignKey(Target, models.SET_NULL, null=True, related_name="+")
    minutes = models.PositiveIntegerField()
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="clocks")

    started_at = models.DateTimeField()
    # Empty while it rests and once it has stopped; `used` is what was worked before.
    running_since = models.DateTimeField(null=True, blank=True)
    used = models.DurationField()
    # When the promised time is used up: a moment that has come, or will if nothing changes; empty while it rests.
    due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(choices=Mark, default=Mark.NONE)
    # When somebody is to be told next.
    next_at = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        indexes = [
            models.Index(fields=["next_at"], name="clocks_to_look_at"),
            models.Index(fields=["due_at"], name="clocks_by_what_breaks_next"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "kind"], name="one_clock_of_each_kind"),
            models.CheckConstraint(
                condition=Q(running_since=None) | Q(stopped_at=None), name="a_clock_that_stopped_does_not_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on #{self.thread_id}"

    @property
    def is_running(self) -> bool:
        return self.running_since is not None

    @property
    def is_resting(self) -> bool:
        return self.running_since is None and self.stopped_at is None


class Unchangeable(Exception):
    """What was recorded for ever was about to be changed."""


class Breach(models.Model):
    """A promised time passed and what was promised had not been done. It is written once and stays as it is."""

    thread = models.ForeignKey("threads.Thread", models.PROTECT, related_name="breaches")
    kind = models.CharField(_("until the"), max_length=8, choices=ClockKind)
    minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        constraints = [models.UniqueConstraint(fields=["thread", "kind"], name="a_clock_is_breached_once")]

    def __str__(self) -> str:
        return f"{self.kind} on #{self.thread_id}, due {self.due_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(str(self))


class Rank(models.TextChoices):
    """In the order in which they stand behind an answer."""

    AGENT = "agent", _("who answers")
    LEAD = "lead", _("lead")
    MANAGER = "manager", _("manager")
    ACCOUNT = "account", _("account manager")


class ChainLink(models.Model):
    """Who hears of it when a clock runs out. Who answers and who looks after a customer follow from the thread."""

    rank = models.CharField(
        _("place in the chain"), max_length=8, choices=[(r.value, r.label) for r in (Rank.LEAD, Rank.MANAGER)]
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("member of the team")
    )

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("who is told of late answers")
        constraints = [
            models.UniqueConstraint(fields=["rank", "member"], name="one_link_each_rank"),
            models.CheckConstraint(condition=Q(rank__in=("lead", "manager")), name="links_are_leads_and_managers"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.rank}"


class Telling(models.Model):
    """That somebody is told of a clock at one of its marks, so that he is told once."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ClockKind)
    mark = models.PositiveSmallIntegerField(choices=Mark)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rank = models.CharField(max_length=8, choices=Rank)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "kind", "mark", "member"], name="told_once_at_each_mark")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} of {self.kind} on #{self.thread_id} at {self.mark}"
