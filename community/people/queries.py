from typing import Self

from django.db import models

from community.people.handles import look_alike_key


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
