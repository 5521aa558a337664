"""Who comes in, with what every page says of them, so that the masthead asks nothing of the database."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, QuerySet

from community import clock, prepared
from community.organisations.models import Seat
from community.people.models import Member


class HouseBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; nobody while suspended. `has_a_seat`: is one of the people of an organisation."""
        member = prepared.first(coming_in, int(user_id))
        if member is None or member.is_suspended(clock.now()):
            return None
        return member if self.user_can_authenticate(member) else None


def coming_in(user_id: int) -> QuerySet[Member]:
    seats = Seat.objects.standing().filter(member=OuterRef("pk"))
    return Member.objects.annotate(has_a_seat=Exists(seats)).filter(pk=user_id)
