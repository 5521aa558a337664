from typing import Any

from django import forms

from community.people.models import Member

from .mailing import ways_of
from .models import NoticeGroup, Way

FOR_STAFF = (NoticeGroup.WORK,)


class MailForm(forms.Form):
    """One question for each group of notices that the member may get."""

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:
        super().__init__(*args, **more)
        for group, way in ways_of(member.pk).items():
            if group not in FOR_STAFF or member.is_team:
                self.fields[group] = forms.ChoiceField(
                    label=NoticeGroup(group).label, choices=Way.choices, initial=way, widget=forms.RadioSelect
                )
