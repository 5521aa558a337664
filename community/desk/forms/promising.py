"""What is typed of promises, deadlines and offers, and of what came in another way."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from community.desk.models import THANKS_LENGTH, Channel
from community.desk.wording import zone_of
from community.organisations.models import Organisation
from community.people.models import Member
from community.spaces.models import Space
from community.threads.forms import Line, SpaceChoices, TokenField, Words
from community.threads.models import LONGEST_REASON, WaitReason

REASONS = [("", _("No reason given")), *WaitReason.choices]


class Moment(forms.DateTimeField):
    """Day and time as a clock on the wall shows them; the form knows in which zone that clock hangs."""

    def __init__(self, **options: Any):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"required": False, "widget": widget} | options)

    def from_current_timezone(self, value: datetime) -> datetime:
        return value

    def to_python(self, value: Any) -> datetime | None:
        moment = forms.DateTimeField.to_python(self, value)
        return moment.replace(tzinfo=None) if moment else None


class Timed(forms.Form):
    """Times are typed in the zone of whoever types: the one his browser names, else the one he chose, else ours."""

    member: Any
    zone = Line(max_length=50, widget=forms.HiddenInput(attrs={"data-zone-field": ""}))

    @property
    def zone_in_use(self) -> ZoneInfo:
        named = str(self["zone"].value() or "")
        return ZoneInfo(named) if named in available_timezones() else zone_of(self.member)

    def clean(self) -> None:
        for name, field in self.fields.items():
            moment = self.cleaned_data.get(name)
            if isinstance(field, Moment) and moment:
                self.cleaned_data[name] = moment.replace(tzinfo=self.zone_in_use)


class TimesForm(Timed):
    token = TokenField()

    def __init__(self, *args: Any, member: Member, **options: Any):
        super().__init__(*args, **options)
        self.member = member


class PromiseForm(TimesForm):
    what = Line(
        label=_("What you promise"),
        help_text=_("As the asker will recognise it when it comes."),
        widget=forms.TextInput(attrs={"maxlength": 200, "dir": "auto"}),
    )
    begins_at = Moment(label=_("Not before"))
    until = Moment(label=_("By"))
    because = forms.ChoiceField(label=_("Why it takes time"), choices=REASONS, required=False)
    more = Line(label=_("In own words"), max_length=200)
    body = Words(
        label=_("What you write with it"),
        help_text=_("The promise stands below it by itself."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    PROMISE = ("what", "begins_at", "until", "because", "more", "body")

    def clean_until(self) -> datetime:
        return needed(self.cleaned_data["until"])

    @property
    def promise(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.PROMISE}


def needed(moment: datetime | None) -> datetime:
    if moment is None:
        raise forms.ValidationError(_("Give a day and a time."))
    return moment


class Needed(Timed):
    """By when something is needed, what happens then, and the least that would help."""

    at = Moment(label=_("By when you need it"))
    otherwise = Words(
        label=_("What happens if it is not there by then"),
        help_text=_("Only support reads this."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500, "dir": "auto"}),
    )
    least = Words(
        label=_("The least that would help"),
        help_text=_("Perhaps a part of it is enough for now."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500, "dir": "auto"}),
    )


class DeadlineForm(Needed, TimesForm):
    def clean_at(self) -> datetime:
        return needed(self.cleaned_data["at"])


class DecisionForm(PromiseForm):
    """About a deadline. What is promised counts for yes and for something else, the reason for no."""

    ACCEPT, ALTERNATIVE, DECLINE = "accept", "alternative", "decline"
    decision = forms.ChoiceField(
        label=_("Can it be there by then?"),
        choices=[
            (ACCEPT, _("Yes: I promise it before the deadline")),
            (ALTERNATIVE, _("Not as asked, but something else, or at another time")),
            (DECLINE, _("No, and I say why")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = Line(
        label=_("Why it cannot be done"),
        help_text=_("The asker reads it as your answer."),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_REASON, "dir": "auto"}),
    )
    field_order = ("decision", "what", "begins_at", "until", "because", "more", "reason", "body")

    def clean_decision(self) -> str:
        if not self.cleaned_data["decision"]:
            raise forms.ValidationError(_("Choose one of the three."))
        return self.cleaned_data["decision"]

    def clean_until(self) -> datetime | None:  # type: ignore[override]
        until = self.cleaned_data["until"]
        # Fields are cleaned in the order of the class; what was chosen is asked of the form as it was sent.
        return until if self.data.get("decision") == self.DECLINE else needed(until)


class OfferForm(forms.Form):
    what = Line(
        label=_("What you offer"),
        help_text=_("What was promised stays. The asker takes it or says that the promise is enough."),
        widget=forms.TextInput(attrs={"maxlength": 200, "dir": "auto"}),
    )
    token = TokenField()


class EscalationForm(forms.Form):
    because = Words(
        label=_("What it is about"),
        help_text=_("One sentence. The account manager and the deputy read it at once."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500, "dir": "auto"}),
    )


class ThanksForm(forms.Form):
    words = Words(max_length=THANKS_LENGTH)


class ComplaintForm(forms.Form):
    words = Words(
        label=_("What did not help"),
        help_text=_("Only support reads it, and a person answers you."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000, "dir": "auto"}),
    )


class ComplaintAnswerForm(forms.Form):
    answer = Words(
        label=_("Your answer"),
        help_text=_("Only the one who said it reads it."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000, "dir": "auto"}),
    )


class WriteDownForm(TimesForm):
    """What came privately, as its form takes it."""

    asker = Line(
        label=_("Who asked"),
        help_text=_("The name behind @, or the mail address of the account."),
        max_length=320,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        label=_("For which organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None: between the asker and the team"),
    )
    space = SpaceChoices(Space.objects.none(), label=_("Space"), empty_label=_("Choose a space"), required=False)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices, widget=forms.RadioSelect)
    came_at = Moment(label=_("When it came"), help_text=_("From then on the clocks run."))
    title = Line(label=_("In one sentence"), widget=forms.TextInput(attrs={"maxlength": 200, "dir": "auto"}))
    body = Words(
        label=_("What was said"),
        help_text=_("The asker reads it too and can add to it."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, member: Member, **options: Any):
        super().__init__(*args, member=member, **options)
        self.fields["space"].queryset = Space.objects.open_for_posting(member).as_tree()
        self.fields["organisation"].queryset = Organisation.objects.visible_to(member).by_name()

    def clean_asker(self) -> Member:
        words = self.cleaned_data["asker"].removeprefix("@")
        by = {"email__iexact": words} if "@" in words else {"handle__iexact": words}
        found = Member.objects.active().filter(**by)[:2] if words else []
        if len(found) != 1:
            raise forms.ValidationError(_("No member is known by that. Invite them first, or ask for their address."))
        return found[0]

    def clean_came_at(self) -> datetime:
        return needed(self.cleaned_data["came_at"])

    def clean_space(self) -> Space:
        if not self.cleaned_data["space"]:
            raise forms.ValidationError(_("Choose where it belongs."))
        return self.cleaned_data["space"]

    def clean_body(self) -> str:
        if not self.cleaned_data["body"].strip():
            raise forms.ValidationError(_("Write something first."))
        return self.cleaned_data["body"]
