from django import forms
from django.utils.translation import gettext_lazy as _

from community.threads.forms import Line, Words

from .actions.ready_replies import NAME_LENGTH


class ReadyReplyForm(forms.Form):
    name = Line(
        label=_("Name"),
        help_text=_("By this you find it: type / and a few letters of it."),
        widget=forms.TextInput(attrs={"maxlength": NAME_LENGTH, "dir": "auto"}),
    )
    body = Words(label=_("Words"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))
