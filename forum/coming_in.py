"""Who comes in, with what every page says of them, so that the masthead asks nothing of the database."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from community import clock
from community.organisations.models import Seat
from community.people.models import Member
from community.prepared import Prepared

SEATS = Seat.objects.standing().filter(member=OuterRef("pk"))
MEMBER = Prepared(lambda pk: Member.objects.annotate(has_a_seat=Exists(SEATS)).filter(pk=pk))


class HouseBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; nobody while suspended. `has_a_seat`: is one of the people of an organisation."""
        member = MEMBER.first(user_id)
        if member is None or member.is_suspended(clock.now()):
            return None
        return member if self.user_can_authenticate(member) else None
