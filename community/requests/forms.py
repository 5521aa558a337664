from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.organisations.models import Organisation, Seat, Severity
from community.threads.forms import AskForm, DraftForm, Line
from community.threads.models import LONGEST_REASON

from .models import Contact

SEVERITY_WORDS = {
    Severity.CRITICAL: _("Critical: our work stands still"),
    Severity.HIGH: _("High: an important part does not work, and there is no way around it"),
    Severity.MEDIUM: _("Medium: something does not work, but we can work"),
    Severity.LOW: _("Low: a question, or something small"),
}


class RequestForm(AskForm):
    """As a question, without what only the community needs."""

    severity = forms.ChoiceField(
        label=_("How severe it is"),
        choices=[(severity.value, words) for severity, words in SEVERITY_WORDS.items()],
        widget=forms.RadioSelect,
    )
    contact = forms.ChoiceField(label=_("How shall we answer?"), choices=Contact.choices, widget=forms.RadioSelect)
    telephone = Line(
        label=_("Telephone"),
        max_length=40,
        help_text=_("With the code of the country. Only your organisation and support see it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, member: Any, **options: Any):
        super().__init__(*args, member=member, **options)
        for name in ("genre", "tags", "audience"):
            del self.fields[name]


class RequestDraftForm(DraftForm):
    KEPT = ("space", "product", "version", "platform", "severity", "contact", "telephone")


class HandOverForm(forms.Form):
    """To whom somebody gives what he wrote."""

    caller = forms.ModelChoiceField(
        label=_("Named caller"), queryset=Seat.objects.none(), empty_label=None, to_field_name="member_id"
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any):
        super().__init__(*args, **options)
        callers = Seat.objects.standing().callers().filter(organisation=organisation)
        self.fields["caller"].queryset = callers.for_page().longest_first()  # type: ignore[attr-defined]
        self.fields["caller"].label_from_instance = lambda seat: seat.member.called  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    because = Line(label=_("Why"), max_length=LONGEST_REASON, help_text=_("Your organisation and support read it."))


class SeverityForm(forms.Form):
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)
