from typing import Self

from django.db import models

from community.people.handles import look_alike_key

# What a member has to himself: left out where rows of many are fetched to show who they are.
NOT_SHOWN = (
    "password",
    "last_login",
    "handle_key",
    "email",
    "bio",
    "website",
    "time_zone",
    "language",
    "deactivated_at",
    "deactivated_because",
    "silenced_at",
    "silenced_until",
    "silenced_because",
    "suspended_at",
    "suspended_until",
    "suspended_because",
    "unread_notices",
    "muted",
    "session_round",
)


class MemberQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def team(self) -> Self:
        """Moderators, agents and administrators: those who read internal notes."""
        return self.exclude(role="customer")

    def official(self) -> Self:
        """Those who speak for the company."""
        return self.filter(role__in=("agent", "administrator"))

    def called(self, handle: str) -> Self:
        """The member with this handle, in whatever case it was typed."""
        return self.filter(handle__iexact=handle)

    def looking_like(self, handle: str) -> Self:
        """Whoever a reader could take for the owner of this handle."""
        return self.filter(handle_key=look_alike_key(handle))
