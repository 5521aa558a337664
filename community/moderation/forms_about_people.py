"""What is decided and written down about a person, and what he says against it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.people.models import Trust
from community.threads.forms import Line

from .forms import ReasonForm
from .models import AppealOutcome, SanctionKind

# Instead of a length: until a day and time that are typed.
OWN_TIME = "own"
# How long somebody is silenced or suspended.
LENGTHS = {
    "hour": (_("1 hour"), timedelta(hours=1)),
    "day": (_("1 day"), timedelta(days=1)),
    "three_days": (_("3 days"), timedelta(days=3)),
    "week": (_("7 days"), timedelta(days=7)),
    "month": (_("30 days"), timedelta(days=30)),
    "for_good": (_("For good"), None),
}


class SanctionForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (SanctionKind.WARNING, _("Warn: it stays on record")),
            (SanctionKind.SILENCE, _("Silence: reads on, but writes nothing in the community")),
            (SanctionKind.SUSPENSION, _("Suspend: cannot sign in")),
        ],
        widget=forms.RadioSelect,
    )
    length = forms.ChoiceField(
        label=_("For how long"),
        help_text=_("A warning has no end."),
        choices=[*((key, words) for key, (words, _span) in LENGTHS.items()), (OWN_TIME, _("Until the time below"))],
        initial="day",
    )
    until = forms.DateTimeField(
        label=_("Day and time of its end"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    zone = Line(max_length=50, required=False, widget=forms.HiddenInput(attrs={"data-zone-field": ""}))
    field_order = ["kind", "length", "until", "because"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    @property
    def zone_in_use(self) -> ZoneInfo:
        """That of the browser it was typed in, else the one whoever decides has chosen, else ours."""
        named = str(self["zone"].value() or "")
        return ZoneInfo(named if named in available_timezones() else self.by.time_zone or settings.TIME_ZONE)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("length") == OWN_TIME and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when, or choose a length."))
        return cleaned

    def ends_at(self, now: datetime) -> datetime | None:
        """None: for good."""
        if self.cleaned_data["length"] == OWN_TIME:
            return self.cleaned_data["until"].replace(tzinfo=self.zone_in_use)
        span = LENGTHS[self.cleaned_data["length"]][1]
        return now + span if span else None


class TrustForm(ReasonForm):
    trust = forms.TypedChoiceField(label=_("Level"), choices=Trust, coerce=int)
    is_held = forms.BooleanField(
        label=_("Hold it: rules do not change it until it is released"),
        help_text=_("Otherwise rules raise and lower it again, from the next hour on."),
        required=False,
    )
    field_order = ["trust", "is_held", "because"]


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("Note"),
        help_text=_("Read by those who decide about this member, never by the member."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("Why should somebody else look at it again?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealDecisionForm(ReasonForm):
    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=AppealOutcome, widget=forms.RadioSelect)
    field_order = ["outcome", "because"]
