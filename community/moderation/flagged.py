"""Things that can be flagged, each seen the same way: whose it is, where it is, and whether it still stands there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.people.models import Member
from community.threads.models import Audience, Thread

from .models import Deed

# What may become of it when a flag is upheld; the first is meant where nothing is said.
DEEDS: dict[str, tuple[Deed, ...]] = {
    "post": (Deed.HIDE,),
    "thread": (Deed.MOVE, Deed.CLOSE, Deed.HIDE),
    "member": (Deed.CLEAR, Deed.WARN),
    "attachment": (Deed.TAKE_AWAY,),
}


@dataclass(frozen=True)
class Flagged:
    """A post, a thread, an attachment, or a member, whose profile is meant."""

    thing: Any

    @property
    def name(self) -> str:
        """As the column of flags and cases that names it."""
        return str(self.thing._meta.model_name)

    @property
    def thread(self) -> Thread | None:
        match self.name:
            case "post":
                return self.thing.thread
            case "thread":
                return self.thing
            case "attachment":
                return self.thing.post and self.thing.post.thread
        return None

    @property
    def person(self) -> Member:
        match self.name:
            case "member":
                return self.thing
            case "attachment":
                return self.thing.uploader
        return self.thing.author

    @property
    def path(self) -> str:
        """Where its reader finds it."""
        return (self.thing.post if self.name == "attachment" else self.thing).get_absolute_url()

    @property
    def since(self) -> datetime:
        return self.thing.joined_at if self.name == "member" else self.thing.created_at

    @property
    def title(self) -> str:
        """People's words for it."""
        match self.name:
            case "member":
                return self.thing.called
            case "attachment":
                return self.thing.name
        return self.thing.title if self.name == "thread" else self.thing.thread.title

    @property
    def place(self) -> dict[str, Any]:
        """Where a case about it is."""
        if (thread := self.thread) is None:
            return {}
        return {"space": thread.space, "for_support": thread.audience == Audience.ORGANISATION}

    @property
    def is_gone(self) -> bool:
        """It is out of sight already, or there is nothing left of it."""
        thread = self.thread
        if thread is not None and (thread.is_hidden or thread.is_deleted):
            return True
        match self.name:
            case "post":
                return self.thing.is_removed
            case "attachment":
                return self.thing.hidden_at is not None or self.thing.post is None or self.thing.post.is_removed
            case "member":
                return not self.thing.is_active
        return False

    @property
    def gone_because(self) -> str:
        thread = self.thread
        reasons = [self.thing.hidden_because] if self.name != "member" else []
        if self.name == "post":
            reasons.insert(0, self.thing.deleted_because)
        if thread is not None:
            reasons += [thread.deleted_because, thread.hidden_because]
        return next(filter(None, reasons), "")

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What may still become of it."""
        if self.is_gone or (self.name == "member" and not has_words(self.thing)):
            return (Deed.WARN, Deed.NOTHING) if self.name == "member" else (Deed.NOTHING,)
        return DEEDS[self.name] if self.name == "post" else (*DEEDS[self.name], Deed.NOTHING)


def has_words(member: Member) -> bool:
    """Whether the profile says anything beside the handle."""
    return bool(member.name or member.bio or member.website)


def what_is_flagged(row: Any) -> Flagged:
    """`row`: a Flag, or a Case of flags."""
    return Flagged(getattr(row, row.subject[0]))
