"""Standing of a reader who may be nobody in particular (AnonymousUser), and what members may do to members."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people import gate, handles, names
from community.people.models import Member, Muting, Role, SpentHandle
from community.policy import ALLOWED, Verdict, refused

ASKED_AGAIN_AFTER = timedelta(days=1)


def is_team(reader: Any) -> bool:
    """Reads internal notes, and what is hidden or deleted."""
    return _stands(reader) and reader.is_team


def curates(reader: Any) -> bool:
    """May hide, lock, move and close."""
    return _stands(reader) and reader.curates


def answers_officially(reader: Any) -> bool:
    """Speaks for the company."""
    return _stands(reader) and reader.answers_officially


def administers(reader: Any) -> bool:
    """May change what others may do."""
    return _stands(reader) and reader.role == Role.ADMINISTRATOR


def may_write(member: Any) -> Verdict:
    """Whether others read what this member says here: not while a silence or a suspension stands.

    Visitors pass; whoever asks this has words of its own for them.
    """
    if not member.is_authenticated:
        return ALLOWED
    at = clock.now()
    if member.is_suspended(at):
        words = _("You are suspended %(until)s: “%(reason)s” The mail that told you leads to your appeal.")
        until, reason = member.suspended_until, member.suspended_because
    elif member.is_silenced(at):
        words = _("You are silenced %(until)s: “%(reason)s” You can read on, and appeal under “Decided about you”.")
        until, reason = member.silenced_until, member.silenced_because
    else:
        return ALLOWED
    return refused(words % {"until": until_in_words(member, until), "reason": reason})


def until_in_words(member: Member, until: datetime | None) -> Any:
    """When something about the member ends, by his own clock."""
    if until is None:
        return _("for good")
    zone = ZoneInfo(member.time_zone or settings.TIME_ZONE)
    return _("until %(until)s (%(zone)s)") % {
        "until": date_format(until.astimezone(zone), "j M Y, H:i"),
        "zone": zone.key,
    }


def may_set_role(by: Any, member: Member) -> Verdict:
    if not administers(by):
        return refused(_("Only administrators change roles."))
    if by.pk == member.pk:
        # So that the last administrator cannot lock everybody out by mistake.
        return refused(_("Ask another administrator to change your role."))
    return may_write(by)


def may_deactivate(by: Any, member: Member) -> Verdict:
    """Also answers who may take a deactivation back."""
    if not curates(by):
        return refused(_("Only moderators and administrators deactivate members."))
    if by.pk == member.pk:
        return refused(_("You cannot deactivate yourself here."))
    if member.is_team and not administers(by):
        return refused(_("Only administrators deactivate members of the team."))
    return may_write(by)


def may_erase(by: Any, member: Member) -> Verdict:
    """Everybody may go for good; somebody else can be made to by administrators only, since nothing brings it back."""
    is_own = by.pk == member.pk
    if not (is_own or administers(by)):
        return refused(_("Only administrators erase the account of somebody else."))
    if member.is_team:
        words = _(
            "Members of the team hand over first: another administrator makes them customers, so that threads, shifts "
            "and organisations pass to somebody."
        )
        return refused(words)
    if duty := next((words for held in gate.duties() if (words := held(member))), None):
        return refused(duty)
    return ALLOWED if is_own else may_write(by)


def may_ask_for_data(member: Any, latest: datetime | None) -> Verdict:
    """`latest`: when the member asked the last time. Making it goes through all that somebody ever wrote."""
    if not member.is_active:
        return refused(_("This account is no longer active."))
    if latest is not None and clock.now() < latest + ASKED_AGAIN_AFTER:
        return refused(_("You asked for your data within the last day. You can ask again later."))
    return ALLOWED


def may_mute(by: Any, member: Member) -> Verdict:
    """Also answers who may block whom."""
    if not by.is_authenticated:
        return refused(_("Sign in to mute somebody."))
    if by.pk == member.pk:
        return refused(_("You cannot mute yourself."))
    if by.is_team:
        return refused(_("Whoever speaks for the house hears everybody."))
    if member.is_team:
        return refused(_("The team cannot be muted: what they say may be what you wait for."))
    return ALLOWED if member.is_active else refused(_("This account is no longer active."))


def may_reach(by: Member, member: Member) -> Verdict:
    """Whether what one says to the other gets there. Nobody blocks the team."""
    if not by.is_team and Muting.objects.filter(by=member, member=by, blocks=True).exists():
        return refused(_("%(name)s has blocked you: nothing you send gets there.") % {"name": member.called})
    return ALLOWED


def out_of_reach(by: Member, handles: set[str]) -> list[Member]:
    """Who of those with these handles, in lower case, has blocked this member."""
    if not handles or by.is_team:
        return []
    blocking = Member.objects.filter(mutings__member=by, mutings__blocks=True)
    return [member for member in blocking if member.handle.lower() in handles]


def may_be_handled(handle: str) -> Verdict:
    """Whether somebody new may take this handle."""
    for check in (handles.check_shape, handles.check_reserved):
        try:
            check(handle)
        except ValidationError as error:
            return refused(error.messages[0])
    is_spent = SpentHandle.objects.filter(mark=handles.spent_mark(handle)).exists()
    if is_spent or Member.objects.looking_like(handle).exists() or _passes_for_team(handle, unless=None):
        return refused(_("This handle is taken, or looks like one that is."))
    return ALLOWED


def may_be_called(member: Member, name: str) -> Verdict:
    """Whether this member may carry this display name; blank is always fine."""
    try:
        name = names.cleaned(name)
    except ValidationError as error:
        return refused(error.messages[0])
    if not member.is_team and (handles.is_reserved_word(names.name_key(name)) or _passes_for_team(name, unless=member)):
        return refused(_("This name would pass for somebody of our team. Please choose another."))
    return ALLOWED


def _passes_for_team(name: str, *, unless: Member | None) -> bool:
    key = names.name_key(name)
    if not key:
        return False
    team = Member.objects.active().team()
    if unless is not None:
        team = team.exclude(pk=unless.pk)
    return any(key in {names.name_key(called) for called in row} for row in team.values_list("handle", "name"))


def _stands(reader: Any) -> bool:
    return bool(reader.is_authenticated and reader.is_active and not reader.is_suspended(clock.now()))
