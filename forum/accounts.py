"""What allauth asks us, answered with the name that editors gave the house: in mails, beside passkeys and codes."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms import brand
from community import clock
from community.moderation.models import Sanction, SanctionKind
from community.people import adapters


class AccountAdapter(adapters.AccountAdapter):
    @property
    def house(self) -> str:
        return brand.current().name

    def pre_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse | None:
        """Whoever is suspended proved who he is, and reads why and until when instead of coming in."""
        if refusal := super().pre_login(request, user, **how):
            return refusal
        if not user.is_suspended(clock.now()):
            return None
        clear_login(request)
        standing = Sanction.objects.standing().filter(member=user, kind=SanctionKind.SUSPENSION).first()
        return redirect(standing.get_open_url()) if standing else self.respond_user_inactive(request, user)


class SecondFactorAdapter(adapters.SecondFactorAdapter):
    def _get_site_name(self) -> str:
        return brand.current().name
