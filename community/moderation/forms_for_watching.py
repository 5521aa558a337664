"""What administrators fill in about watched words and approval rules. The actions decide whether it can be used."""

from django import forms

from community.spaces.models import Space

from .models import AGAINST, LIMITED, NEEDED, ApprovalRule, Limits, TrustRule, WatchedWord


class WordForm(forms.ModelForm):
    class Meta:
        model = WatchedWord
        fields = ("pattern", "act", "spaces", "note", "is_on")
        widgets = {"act": forms.RadioSelect, "spaces": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spaces"].queryset = Space.objects.all()
        self.fields["act"].choices = WatchedWord._meta.get_field("act").choices

    def validate_unique(self) -> None:
        """The action says that in its own words."""


class RuleForm(forms.ModelForm):
    class Meta:
        model = ApprovalRule
        fields = ("is_on", "everything", "first_posts", "below_trust", "most_links", "languages", "links_in_edits")


class LimitsForm(forms.ModelForm):
    """One level of trust; the page has one for each."""

    class Meta:
        model = Limits
        fields = LIMITED


class TrustRuleForm(forms.ModelForm):
    """What one level asks; the page has one for each that is earned."""

    class Meta:
        model = TrustRule
        fields = (*NEEDED, *AGAINST)
