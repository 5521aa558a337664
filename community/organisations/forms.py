from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Organisation, Seat, SeatKind


class InviteForm(forms.Form):
    """Cleans what `actions.invite` takes."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    kind = forms.ChoiceField(
        label=_("Seat"),
        choices=SeatKind,
        help_text=_("Named callers open requests. Secondary access reads everything and opens none."),
    )
    manages = forms.BooleanField(label=_("May give and take seats"), required=False)


class AgreementForm(forms.Form):
    """Cleans what `actions.add_agreement` takes; what the file is, is read from its content."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("An agreement of the same title gets a new version; the old ones stay."),
    )
    file = forms.FileField(label=_("File"), max_length=150, widget=forms.FileInput)


class SwapForm(forms.Form):
    """Who takes the place of a named caller."""

    reader = forms.ModelChoiceField(label=_("Swap with"), queryset=Seat.objects.none(), empty_label=None)

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        readers = Seat.objects.standing().readers().filter(organisation=organisation)
        self.fields["reader"].queryset = readers.for_page().longest_first()
        self.fields["reader"].label_from_instance = lambda seat: seat.member.called
