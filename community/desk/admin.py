from datetime import time
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import actions
from .models import (
    Breach,
    Calendar,
    Call,
    ChainLink,
    Clock,
    Holiday,
    LiveTarget,
    OfficeBlock,
    Target,
    Team,
)


class BlocksOfADay(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("begins") is not None]
        kept = [row for row in rows if not row.get("DELETE") and {"weekday", "begins", "ends"} <= row.keys()]
        kept.sort(key=lambda row: (row["weekday"], row["begins"]))
        for earlier, later in pairwise(kept):
            to_midnight = earlier["ends"] == time()
            if earlier["weekday"] == later["weekday"] and (to_midnight or later["begins"] < earlier["ends"]):
                raise ValidationError(_("Two blocks of the same day overlap."))
        if not kept and not self.instance.is_round_the_clock:
            raise ValidationError(_("Enter office hours, or choose round the clock."))


class BlockInline(admin.TabularInline):
    model = OfficeBlock
    formset = BlocksOfADay
    extra = 2


class HolidayInline(admin.TabularInline):
    model = Holiday
    extra = 1


@admin.register(Calendar)
class CalendarAdmin(admin.ModelAdmin):
    list_display = ["name", "zone", "is_round_the_clock"]
    inlines = [BlockInline, HolidayInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.change_calendar(by=request.user, calendar=form.instance)


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ["kind", "plan", "severity", "minutes", "calendar"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan", "calendar"]


@admin.register(LiveTarget)
class LiveTargetAdmin(admin.ModelAdmin):
    list_display = ["plan", "seconds", "calendar"]
    list_select_related = ["plan", "calendar"]


@admin.register(ChainLink)
class ChainLinkAdmin(admin.ModelAdmin):
    list_display = ["member", "rank"]
    list_select_related = ["member"]
    autocomplete_fields = ["member"]


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["name"]
    autocomplete_fields = ["members"]


class ToLookUp(admin.ModelAdmin):
    """What is read from what happened: nobody enters it, and nobody changes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Clock)
class ClockAdmin(ToLookUp):
    list_display = ["thread", "kind", "started_at", "due_at", "stopped_at", "breached_at"]
    list_filter = ["kind", "calendar"]
    list_select_related = ["thread"]


@admin.register(Breach)
class BreachAdmin(ToLookUp):
    list_display = ["thread", "kind", "due_at", "recorded_at"]
    list_filter = ["kind"]
    list_select_related = ["thread"]


@admin.register(Call)
class CallAdmin(ToLookUp):
    list_display = ["asked_at", "organisation", "asked_by", "taken_by", "first_words_at", "ending"]
    list_filter = ["plan", "ending"]
    list_select_related = ["organisation", "asked_by", "taken_by"]
