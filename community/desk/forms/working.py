"""What is typed at the desk: ready replies, who has what in hand, the line and the rota."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.desk.actions.ready_replies import NAME_LENGTH
from community.desk.models import Team
from community.people.models import Member
from community.threads.forms import AskForm, Line, Words
from community.threads.models import LONGEST_REASON


class ReadyReplyForm(forms.Form):
    name = Line(
        label=_("Name"),
        help_text=_("By this you find it: type / and a few letters of it."),
        widget=forms.TextInput(attrs={"maxlength": NAME_LENGTH, "dir": "auto"}),
    )
    body = Words(label=_("Words"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))


class AssignForm(forms.Form):
    """To whom: `to` a person, `team` a team, neither for nobody; all come from one list."""

    hand = forms.ChoiceField(label=_("To whom"), error_messages={"required": _("Say to whom.")})
    note = Words(
        label=_("Note"),
        help_text=_("Only staff see it. It stands in the thread."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.active().official().order_by("handle")
        self.people = {f"person-{person.pk}": person for person in people}
        self.teams = {f"team-{team.pk}": team for team in Team.objects.all()}
        self.fields["hand"].choices = [
            ("", _("Choose somebody")),
            (_("Teams"), [(key, team.name) for key, team in self.teams.items()]),
            (_("People"), [(key, person.called) for key, person in self.people.items()]),
            ("nobody", _("Nobody")),
        ]

    def clean(self) -> dict[str, Any]:
        hand = self.cleaned_data.get("hand", "")
        return {
            "to": self.people.get(hand),
            "team": self.teams.get(hand),
            "note": self.cleaned_data.get("note", ""),
        }


class SnoozeForm(forms.Form):
    # Spans and not times of day, so that no zone has to be guessed.
    hours = forms.ChoiceField(
        label=_("For how long"),
        choices=[
            ("1", _("1 hour")),
            ("4", _("4 hours")),
            ("24", _("1 day")),
            ("72", _("3 days")),
            ("168", _("1 week")),
            ("336", _("2 weeks")),
        ],
        initial="24",
    )
    because = Line(
        label=_("Reason"),
        help_text=_("Your colleagues read it. A word of the asker brings the thread back at once."),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_REASON, "dir": "auto"}),
    )


class CallForm(AskForm):
    """What somebody says who wants to talk to a person now: no more than that person needs to begin."""

    field_order = ("title", "space", "body", "token")

    def __init__(self, *args: Any, member: Any, **options: Any):
        super().__init__(*args, member=member, **options)
        for name in ("genre", "tags", "audience", "product", "version", "platform"):
            del self.fields[name]
        self.fields["title"].label, self.fields["title"].help_text = _("What is it about?"), ""
        self.fields["body"].label = _("What we should see first")
        self.fields["body"].widget.attrs |= {"rows": 4, "dir": "auto"}

    def clean_body(self) -> str:
        return self.cleaned_data["body"] if self.cleaned_data["body"].strip() else self.cleaned_data.get("title", "")


class MemberChoices(forms.ModelChoiceField):
    def label_from_instance(self, member: Member) -> str:
        return member.called


class ShiftForm(forms.Form):
    member = MemberChoices(Member.objects.none(), label=_("Who is on"), empty_label=_("Choose somebody"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(
        label=_("To"),
        help_text=_("On the next day, if it is not later."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    is_weekly = forms.BooleanField(label=_("On this day of every week"), required=False)

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        answering = Member.objects.active().official().order_by("name", "handle")
        self.fields["member"].queryset = answering  # type: ignore[attr-defined]


class DropForm(forms.Form):
    day = forms.DateField()
    # That day alone, or from that day on.
    rest = forms.BooleanField(required=False)


class AsideForm(forms.Form):
    body = Words(
        label=_("What you ask in private"),
        help_text=_("The asker and the team read it. Nobody else does, whatever becomes of the thread."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
