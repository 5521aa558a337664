from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.desk.queries import GapQuerySet, ShiftQuerySet
from community.organisations.models import Plan

from .calendars import Calendar, check_zone


class LiveTarget(models.Model):
    """Whose people may talk to a person at once, when, and how soon that person says the first words."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="live_target", verbose_name=_("plan"))
    seconds = models.PositiveSmallIntegerField(
        _("seconds to the first words of a person"), default=90, validators=[MinValueValidator(1)]
    )
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        related_name="+",
        verbose_name=_("calendar"),
        help_text=_("The hours in which somebody has to be on shift."),
    )

    class Meta:
        verbose_name = _("live desk of a plan")
        verbose_name_plural = _("live desk: who may, when and how soon")
        ordering = ["plan"]
        constraints = [models.CheckConstraint(condition=Q(seconds__gte=1), name="first_words_take_some_time")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.seconds} s"

    @property
    def promised(self) -> timedelta:
        return timedelta(seconds=self.seconds)


class Shift(models.Model):
    """Somebody of support is there from one time of day to another, as the clock on the wall of one place reads.

    Once, or on the same day of every week. It ends on the next day where it does not end later than it begins.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts", verbose_name=_("who is on")
    )
    day = models.DateField(_("day"), help_text=_("The first one, if it repeats."))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[check_zone])
    is_weekly = models.BooleanField(_("every week"), default=False)
    # The last day on which a weekly one may fall; empty: nobody has said that it ends.
    until = models.DateField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(is_weekly=True, until__gte=F("day")), name="only_weekly_shifts_end_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.day} {self.begins:%H:%M}-{self.ends:%H:%M} {self.zone}"

    @property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Gap(models.Model):
    """Promised hours without anybody on shift, as they were announced; so nobody is told of the same ones twice."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    told_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    # When it was found that all of it, or a part, is no gap any more; what is left of it is a row of its own.
    filled_at = models.DateTimeField(null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("gap in the rota")
        verbose_name_plural = _("gaps in the rota")
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="gaps_end_after_they_begin"),
            models.UniqueConstraint(fields=["begins_at"], condition=Q(filled_at=None), name="a_gap_is_told_of_once"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return f"{reverse('desk:rota')}#gap-{self.begins_at:%Y%m%d%H%M}"

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.begins_at, self.ends_at
