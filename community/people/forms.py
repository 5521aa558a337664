from typing import Any, cast
from zoneinfo import available_timezones

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.account.internal.flows.login import derive_login_method
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.events import publish
from community.people.events import TrapFilled
from community.people.models import Member, Role
from community.people.policies import may_be_called


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or handle")
        login.max_length = login.widget.attrs["maxlength"] = 254
        login.widget.attrs.update({"placeholder": "", "autocomplete": "username"})
        self.fields["remember"].label = _("Keep me signed in on this device")

    def user_credentials(self) -> dict[str, str]:
        """One way of looking a person up, so that a wrong password takes as long for either; no handle has an @."""
        login = self.cleaned_data["login"]
        return {derive_login_method(login): login, "password": self.cleaned_data["password"]}

    def demo_people(self) -> list[tuple[Member, str]]:
        """Whom one click signs in, and what they stand for. Nobody wherever the settings keep that door shut."""
        if not settings.DEMO_SIGN_IN:
            return []
        invited = dict(settings.DEMO_PEOPLE)
        there = {member.handle: member for member in Member.objects.active().filter(handle__in=invited)}
        return [(there[handle], stands_for) for handle, stands_for in invited.items() if handle in there]


class SignUpForm(SignupForm):
    field_order = ["email", "username", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handle = self.fields["username"]
        handle.label = _("Handle")
        handle.help_text = _("3 to 30 letters (a to z), digits, dashes or underscores. Everybody sees it; it stays.")
        self.fields["email"].label = _("E-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists and "password1" in self.cleaned_data:
            # A new account costs one password hash; answering sooner would say that this address is known.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> Any:
        member = super().save(request)
        if request.POST.get("addition", "").strip():
            publish(TrapFilled(member_id=member.pk))
        return member


class NewPasswordLabels:
    """Labels as the house writes them, for the forms in which a password is chosen."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "oldpassword" in self.fields:
            self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")


class PasswordChangeForm(NewPasswordLabels, ChangePasswordForm):
    """Of somebody who knows the old one."""


class FirstPasswordForm(NewPasswordLabels, SetPasswordForm):
    """Of somebody who has come in without one so far."""


class PasswordByMailForm(NewPasswordLabels, ResetPasswordKeyForm):
    """Of somebody who followed the link in a mail."""


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class ProfileForm(forms.ModelForm):
    """Cleans what `actions.edit_profile` takes."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Member
        fields = ["name", "bio", "website", "time_zone", "language"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "name": _("Shown beside what you write. Leave it empty to be called by your handle."),
            "bio": _("A few words about you and what you work with."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
        for name, choices in (("time_zone", zones), ("language", settings.LANGUAGES)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("As my browser says")), *choices]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        may_carry = may_be_called(self.instance, name)
        if not may_carry:
            raise ValidationError(may_carry.reason)
        return name

    def _post_clean(self) -> None:
        """The action writes; a form that failed half-way must not have changed the member it shows."""


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=Role, coerce=Role)


class LeaveForm(forms.Form):
    handle = forms.CharField(
        label=_("Your handle, so that nobody does this by mistake"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_handle(self) -> str:
        typed = self.cleaned_data["handle"].removeprefix("@")
        if typed.casefold() != self.member.handle.casefold():
            raise ValidationError(_("That is another handle. Type: %(handle)s") % {"handle": self.member.handle})
        return typed


class EraseForm(LeaveForm):
    """Of somebody else, and so with a reason."""

    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the log of decisions."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handle"].label = _("The member's handle, so that it is not somebody else")


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the log of decisions."),
    )
