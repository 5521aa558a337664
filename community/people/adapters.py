"""Where allauth asks us: which handles are free, what our addresses are, how secrets are kept."""

import base64
import hashlib
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community import languages
from community.events import publish
from community.letters import dress, hand_over
from community.people import sessions
from community.people.events import SignedOut
from community.people.handles import check_shape
from community.people.policies import may_be_handled

_MISMATCH = _("The e-mail address or handle, or the password, is not right.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # The same words for both, because a different one would say which half was right.
        "username_password_mismatch": _MISMATCH,
        "email_password_mismatch": _MISMATCH,
    }

    @property
    def house(self) -> str:
        """What mails call us."""
        return settings.SITE_NAME

    def clean_username(self, username: str, shallow: bool = False) -> str:
        if shallow:
            check_shape(username)
        elif not (free := may_be_handled(username)):
            raise ValidationError(free.reason)
        return username

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """What somebody chose while they were a visitor is theirs from the first mail on."""
        user.language = languages.known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        hand_over(self.letter(template_prefix, email, context))

    def letter(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMultiAlternatives:
        """One of the mails about an account, as it goes out."""
        site = SimpleNamespace(name=self.house, domain=urlsplit(settings.SITE_URL).netloc)
        addressed = {name: _at_our_site(value) if name.endswith("_url") else value for name, value in context.items()}
        # Written to somebody the house knows, in their language; to anybody else in the one they read.
        language = languages.known(getattr(context.get("user"), "language", "")) or get_language()
        with languages.speaking(language or settings.LANGUAGE_CODE):
            return dress(self.render_mail(template_prefix, email, {"email": email, **addressed, "current_site": site}))


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, ended: Any) -> None:
        for session in ended:
            member_id, key = session.user_id, session.session_key
            session.end()
            publish(SignedOut(member_id=member_id, session=sessions.mark(key)))


def _at_our_site(url: str) -> str:
    """The same address at SITE_URL. A request may claim any of our hosts; a mail names only the one we chose."""
    return (
        urlsplit(url)._replace(**dict(zip(("scheme", "netloc"), urlsplit(settings.SITE_URL)[:2], strict=True))).geturl()
    )


def _vault() -> MultiFernet:
    # Seeds of second factors must not be readable in a stolen backup; the keys follow SECRET_KEY and its predecessors.
    secrets = map(force_bytes, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    keys = (hashlib.sha256(b"second factor:" + secret).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
