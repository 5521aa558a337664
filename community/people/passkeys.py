"""What a browser says about a key, read with care: it may be anything at all."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature

# What the libraries below stumble over when a credential is not one.
_STUMBLES = (AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValueError, struct.error)


class _ReadWithCare:
    def clean_credential(self) -> Any:
        clean: Any = getattr(super(), "clean_credential", None)
        try:
            return clean() if clean else self.cleaned_data["credential"]  # type: ignore[attr-defined]
        except _STUMBLES:
            raise get_adapter().validation_error("incorrect_code") from None

    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]
        except _STUMBLES:
            raise get_adapter().validation_error("incorrect_code") from None


class AddKeyForm(_ReadWithCare, forms.AddWebAuthnForm):
    pass


class UseKeyForm(_ReadWithCare, forms.AuthenticateWebAuthnForm):
    pass


class SignInWithKeyForm(_ReadWithCare, forms.LoginWebAuthnForm):
    pass


class ProveWithKeyForm(_ReadWithCare, forms.ReauthenticateWebAuthnForm):
    pass
