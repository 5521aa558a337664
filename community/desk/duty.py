"""Who is there to act: those on duty, and those behind them."""

from datetime import datetime

from django.db.models import QuerySet

from community.people.models import Member, Role

from .models import ChainLink
from .rota import on_shift


def on_duty(at: datetime) -> QuerySet[Member]:
    """Those of support whom the rota says are there at this moment; where it names nobody, everybody of support."""
    official = Member.objects.active().official()
    there = [member.pk for member in on_shift(at)]
    return official.filter(pk__in=there) if there else official


def behind_duty() -> QuerySet[Member]:
    """The leads and managers of the chain; where nobody was named, the administrators."""
    links = ChainLink.objects.values("member")
    members = Member.objects.active()
    if links.exists():
        return members.filter(pk__in=links)
    return members.filter(role=Role.ADMINISTRATOR)
