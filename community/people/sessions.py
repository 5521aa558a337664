"""Sessions: what stands for one outside of it, giving it a new key, and ending all of somebody's."""

from allauth.usersessions.models import UserSession
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from community.events import publish
from community.people.events import SignedOut
from community.people.models import Member


def mark(session_key: str | None) -> str:
    """Stands for a session where its key must not be told. 64 hexadecimal digits; the empty text for no session."""
    return salted_hmac("community.people.sessions", session_key, algorithm="sha256").hexdigest() if session_key else ""


def rotate(request: HttpRequest) -> None:
    """The session goes on under a new key; whoever knew the old one knows nothing any more."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    if request.user.is_authenticated:
        publish(SignedOut(member_id=request.user.pk, session=mark(old)))


def end_all(member: Member) -> None:
    """Sign the member out everywhere, also where nobody listed the session."""
    Member.objects.filter(pk=member.pk).update(session_round=F("session_round") + 1)
    member.refresh_from_db(fields=["session_round"])
    publish(SignedOut(member_id=member.pk))
