"""Who is there to act: those on duty, and those behind them."""

from django.db.models import QuerySet

from community.people.models import Member, Role

from .models import ChainLink


def on_duty() -> QuerySet[Member]:
    """Everybody who speaks for support."""
    return Member.objects.active().official()


def behind_duty() -> QuerySet[Member]:
    """The leads and managers of the chain; where nobody was named, the administrators."""
    links = ChainLink.objects.values("member")
    members = Member.objects.active()
    if links.exists():
        return members.filter(pk__in=links)
    return members.filter(role=Role.ADMINISTRATOR)
