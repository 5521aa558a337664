"""What is looked for in the log. Whatever is left empty fits every decision."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.spaces.models import Space
from community.threads.forms import Line

from .models import Verb

# No decision is older, and none from later is looked for.
DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class Handle(Line):
    """A handle, with or without the sign before it; the member of that name."""

    def clean(self, value: Any) -> Member | None:
        typed = super().clean(value).removeprefix("@")
        if not typed:
            return None
        if (member := Member.objects.filter(handle__iexact=typed).first()) is None:
            raise forms.ValidationError(_("Nobody has this name."))
        return member


class Day(forms.DateField):
    def __init__(self, **options: Any):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, validators=DAYS, **options)


class LogForm(forms.Form):
    verb = forms.ChoiceField(
        label=_("What was decided"), choices=[("", _("everything")), *Verb.choices], required=False
    )
    by = Handle(label=_("By whom"), max_length=50, required=False)
    about = Handle(label=_("About whom"), max_length=50, required=False)
    space = forms.ModelChoiceField(
        label=_("Space"), queryset=Space.objects.none(), to_field_name="slug", empty_label=_("all"), required=False
    )
    since = Day(label=_("From"))
    until = Day(label=_("To and including"))

    def __init__(self, *args: Any, curator: Member, **options: Any):
        super().__init__(*args, label_suffix="", **options)
        self.fields["space"].queryset = Space.objects.visible_to(curator).as_tree()
        self.zone = ZoneInfo(curator.time_zone or settings.TIME_ZONE)
        for name in ("since", "until"):
            self.fields[name].help_text = _("By the clock of %(zone)s.") % {"zone": self.zone.key}

    def narrow(self, decisions: QuerySet) -> QuerySet:
        """Those that fit; none where it cannot be said which were meant."""
        if not self.is_valid():
            return decisions.none()
        asked = self.cleaned_data
        looked_for = {
            "verb": asked["verb"],
            "actor": asked["by"],
            "member": asked["about"],
            "thread__space": asked["space"],
            "at__gte": asked["since"] and datetime.combine(asked["since"], time.min, self.zone),
            "at__lte": asked["until"] and datetime.combine(asked["until"], time.max, self.zone),
        }
        return decisions.filter(**{name: value for name, value in looked_for.items() if value})

    @property
    def is_asked(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
