from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "community.people"
    verbose_name = _("People")

    def ready(self) -> None:
        # Signing in and out is done by Django and allauth, which speak in signals; here they become our events.
        from allauth.account import signals as account
        from django.contrib.auth import signals as auth

        auth.user_logged_out.connect(_session_ended)
        account.authentication_step_completed.connect(_proved_again)
        for changed in (account.password_changed, account.password_set, account.password_reset):
            changed.connect(_password_changed)


def _session_ended(*, request: Any, user: Any, **_: Any) -> None:
    from community.events import publish
    from community.people import sessions
    from community.people.events import SignedOut

    if user is not None and request.session.session_key:
        publish(SignedOut(member_id=user.pk, session=sessions.mark(request.session.session_key)))


def _proved_again(*, request: Any, reauthenticated: bool = False, **_: Any) -> None:
    from community.people import sessions

    if reauthenticated:
        sessions.rotate(request)


def _password_changed(*, user: Any, **_: Any) -> None:
    from community.events import publish
    from community.people.events import SignedOut

    # Django ends the other sessions by itself; their open sockets have to be told.
    publish(SignedOut(member_id=user.pk))
