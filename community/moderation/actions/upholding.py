"""What becomes of a thing that was rightly flagged, and how that is taken back within seconds."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from community.moderation.flagged import Flagged
from community.moderation.models import Case, Deed, SanctionKind
from community.people.actions import locked as locked_member
from community.people.actions import write_profile
from community.people.models import Member
from community.policy import Invalid, OutOfStep
from community.spaces.models import Space
from community.threads.actions.judging import voices_on
from community.threads.actions.record import locked as locked_thread
from community.threads.actions.record import locked_post
from community.threads.models import Post, Thread

from .files import give_file_back, locked_file, take_file_away
from .posts import hide, show
from .profiles import clear_profile, words_of
from .sanctions import sanction_member
from .taking_back import Stood, put_back, words_for_now
from .threads import close_thread, hide_locked, hide_thread, move_thread, show_locked
from .weighing import hidden_as_before

LOCKED: dict[str, Callable[[Any], Any]] = {
    "post": lambda post: locked_post(post.pk),
    "thread": lambda thread: locked_thread(thread.pk),
    "member": lambda member: locked_member(member.pk),
    "attachment": lambda attachment: locked_file(attachment),
}


def locked_again(flagged: Flagged) -> Flagged:
    """As it is now, under its lock: all who decide about the same take it first."""
    return Flagged(LOCKED[flagged.name](flagged.thing))


def chosen_deed(flagged: Flagged, deed: str, space: Space | None) -> Deed:
    """What is to become of it; "" is the first that can."""
    possible = flagged.deeds
    if deed and deed not in possible:
        raise Invalid("deed", _("Choose what becomes of it."))
    chosen = Deed(deed) if deed else possible[0]
    if chosen == Deed.MOVE and space is None:
        raise Invalid("space", _("Choose a space"))
    return chosen


def carry_out(
    deed: Deed, flagged: Flagged, *, by: Member, at: datetime, because: str, space: Space | None
) -> dict[str, Any]:
    """Do it, and say how it was before, so that it can be taken back. The caller holds the lock and has asked."""
    thing = flagged.thing
    about: dict[str, Any] = {"by": by, "because": because}
    match deed:
        case Deed.HIDE if flagged.name == "post":
            if not thing.is_removed:
                voices = voices_on(thing)
                hide_what_was_written(thing, by=by, at=at, because=because)
                return {"deed": deed, "voices": voices}
        case Deed.HIDE:
            return how_it_stands(thing) | {"deed": deed, "seq": hide_thread(thread=thing, **about).seq}
        case Deed.CLOSE:
            return how_it_stands(thing) | {"deed": deed, "seq": close_thread(thread=thing, **about).seq}
        case Deed.MOVE if space:
            return how_it_stands(thing) | {"deed": deed, "seq": move_thread(thread=thing, space=space, **about).seq}
        case Deed.CLEAR:
            words = words_of(thing)
            return {"deed": deed, "words": words, "decision": clear_profile(member=thing, **about).pk}
        case Deed.WARN:
            sanction_member(member=thing, kind=SanctionKind.WARNING, **about)
        case Deed.TAKE_AWAY:
            return {"deed": deed, "decision": take_file_away(attachment=thing, **about).pk}
    return {"deed": deed}


def hide_what_was_written(post: Post, *, by: Member, at: datetime, because: str) -> None:
    if post.is_first:
        hide_locked(post.thread, by=by, at=at, because=because)
    else:
        hide(post, by=by, at=at, because=because)


def how_it_stands(thread: Thread) -> dict[str, Any]:
    since = thread.state_since.isoformat() if thread.state_since else None
    return {"state": thread.state, "state_since": since, "space": thread.space_id}


def take_back(case: Case, flagged: Flagged, *, by: Member, at: datetime) -> None:
    """As it was before the decision. Raises OutOfStep for what reaches further than taking it back would."""
    before, thing = case.before, flagged.thing
    match before.get("deed"):
        case Deed.WARN:
            raise OutOfStep(_("The member has been warned, by mail too. Take the warning back where it is."))
        case Deed.CLEAR:
            restore_words(thing, before.get("words", {}))
        case Deed.TAKE_AWAY:
            give_file_back(by=by, attachment=thing, because=words_for_now())
        case Deed.HIDE | Deed.CLOSE | Deed.MOVE if flagged.name == "thread":
            put_back(thing.pk, before["deed"], as_it_stood(before), by=by)
        case _ if flagged.name == "post":
            show_what_was_written(case, thing, by=by, at=at)


def as_it_stood(before: dict[str, Any]) -> Stood:
    """What how_it_stands has kept, with the number of the last change."""
    space = Space.objects.filter(pk=before["space"]).first()
    since = parse_datetime(before["state_since"]) if before.get("state_since") else None
    return SimpleNamespace(seq=before["seq"], state=before["state"], state_since=since, space=space)


def restore_words(member: Member, words: dict[str, str]) -> None:
    """Only where nobody has said anything else meanwhile."""
    write_profile(member, {name: said for name, said in words.items() if not getattr(member, name)})


def show_what_was_written(case: Case, post: Post, *, by: Member, at: datetime) -> None:
    if post.hidden_at == case.decided_at:
        show(post, by=by, at=at, voices=case.before.get("voices", ()))
    elif post.is_first and post.thread.hidden_at == case.decided_at:
        show_locked(post.thread, by=by, at=at)
    hidden_as_before(case, post, by=by, at=at)
