from functools import lru_cache
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from community.desk.hours import Block, Hours, week_of
from community.organisations.models import Plan, Severity


def check_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone. It is written like Europe/Berlin."))


class Calendar(models.Model):
    """When somebody is there to answer: blocks of office hours in one place, or round the clock."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[check_zone], help_text=_("Of the office.")
    )
    is_round_the_clock = models.BooleanField(
        _("round the clock"), default=False, help_text=_("Day and night, on holidays too; blocks do not count then.")
    )
    # A process keeps the hours it has read until this is another one.
    edition = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> Hours:
        return hours_of(self)


class OfficeBlock(models.Model):
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="blocks")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=sorted(WEEKDAYS.items()))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("block of office hours")
        verbose_name_plural = _("office hours")
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")) | Q(ends="00:00"),
                name="blocks_end_after_they_begin",
                violation_error_message=_("A block ends after it begins, on the same day."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins:%H:%M}-{self.ends:%H:%M}"


class Holiday(models.Model):
    """A day on which nobody is there."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="a_day_is_a_holiday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class ClockKind(models.TextChoices):
    RESPONSE = "response", _("first response")
    SOLUTION = "solution", _("solution")


class Target(models.Model):
    """Within how much working time something is promised; without a plan it is what everybody here is promised."""

    plan = models.ForeignKey(
        Plan,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("plan"),
        help_text=_("Empty: for everybody's questions."),
    )
    severity = models.CharField(
        _("severity"),
        max_length=8,
        choices=Severity,
        blank=True,
        help_text=_("Empty: any for which nothing else is said."),
    )
    kind = models.CharField(_("until the"), max_length=8, choices=ClockKind)
    minutes = models.PositiveIntegerField(_("working minutes"))
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="targets", verbose_name=_("calendar"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "severity", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "severity", "kind"], name="a_plan_promises_each_thing_once"),
            models.UniqueConstraint(
                fields=["severity", "kind"], condition=Q(plan=None), name="everybody_is_promised_each_thing_once"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="a_target_is_some_time_away"),
            models.CheckConstraint(condition=Q(kind__in=ClockKind.values), name="targets_are_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id or 'everybody'} {self.severity} {self.kind}: {self.minutes} min"


def hours_of(calendar: Calendar) -> Hours:
    return _read(calendar.pk, calendar.zone, calendar.is_round_the_clock, calendar.edition)


@lru_cache(maxsize=256)
def _read(pk: int, zone: str, is_round_the_clock: bool, edition: UUID) -> Hours:
    """One reading of the blocks and holidays serves until they change; the edition is part of the key for that."""
    if is_round_the_clock:
        return Hours(ZoneInfo(zone))
    blocks = OfficeBlock.objects.filter(calendar=pk).values_list("weekday", "begins", "ends")
    holidays = Holiday.objects.filter(calendar=pk).values_list("day", flat=True)
    week = week_of((weekday, Block(begins, ends)) for weekday, begins, ends in blocks)
    return Hours(ZoneInfo(zone), week, frozenset(holidays))
