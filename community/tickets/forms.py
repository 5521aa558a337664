from django import forms
from django.utils.translation import gettext_lazy as _

from community.policy import Invalid
from community.threads.models import Post

from . import doors
from .systems import door_to, offered


class LinkForm(forms.Form):
    system = forms.ChoiceField(label=_("Ticket system"), choices=offered)
    number = forms.CharField(label=_("Ticket number"), help_text=_("For example R-88 or 10482."), max_length=40)
    url = forms.CharField(
        label=_("Address of the ticket"),
        required=False,
        max_length=doors.LONGEST_ADDRESS,
        help_text=_("Only the team sees it. For example https://tickets.example/R-88"),
        widget=forms.URLInput,
    )
    post = forms.ModelChoiceField(
        label=_("For one answer"), queryset=Post.objects.none(), required=False, empty_label=_("The whole thread")
    )

    def __init__(self, *args, thread, **kwargs):
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(thread=thread).standing().replies().select_related("author").order_by("number")
        self.fields["post"].queryset = posts
        self.fields["post"].label_from_instance = lambda post: (
            f"{post.number}. {post.author.called}, {post.get_kind_display()}"
        )

    def clean(self):
        cleaned = super().clean()
        try:
            if "system" in cleaned and "number" in cleaned:
                cleaned["number"] = door_to(cleaned["system"]).clean_number(cleaned["number"])
            if "url" in cleaned:
                cleaned["url"] = doors.clean_address(cleaned["url"])
        except Invalid as invalid:
            self.add_error(invalid.field, str(invalid.reason))
        return cleaned


class MakeForm(forms.Form):
    """What the agent reads before it is sent, and may change."""

    system = forms.ChoiceField(label=_("Ticket system"), choices=offered)
    subject = forms.CharField(label=_("In one line"), max_length=200)
    text = forms.CharField(
        label=_("Text of the ticket"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("This is sent as it stands here."),
    )
