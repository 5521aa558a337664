from django import forms
from django.utils.translation import gettext_lazy as _

from community.policy import Invalid
from community.threads.models import Post

from . import doors


class LinkForm(forms.Form):
    system = forms.ChoiceField(
        label=_("Ticket system"), choices=lambda: [(s.slug, s.name) for s in doors.SYSTEMS.values()]
    )
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
                cleaned["number"] = doors.system(cleaned["system"]).clean_number(cleaned["number"])
            if "url" in cleaned:
                cleaned["url"] = doors.clean_address(cleaned["url"])
        except Invalid as invalid:
            self.add_error(invalid.field, str(invalid.reason))
        return cleaned
