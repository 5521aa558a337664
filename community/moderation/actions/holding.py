"""What waits for a moderator: written down, taken back, approved as the author's own words, declined."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community import clock
from community.events import publish
from community.languages import speaking_for_all
from community.moderation.events import HeldDecided, TextHeld
from community.moderation.models import Held, HeldState, Verb
from community.moderation.models.decisions import CORRECTED, KEYS_APART
from community.moderation.policies import may_decide_held, may_rewrite_held, may_withdraw_held
from community.people.models import Member
from community.policy import Invalid, NotAllowed, OutOfStep, require
from community.spaces.models import Space
from community.threads.actions.asking import TITLE_LENGTH
from community.threads.actions.record import locked_post, rendered
from community.threads.attaching import addresses_in
from community.threads.gate import Offer, What
from community.threads.models import LONGEST_REASON, Attachment, Draft, Genre, Kind, Post
from community.threads.policies import may_ask, may_edit, may_reply, may_retitle, may_start, may_use_kind

from .decisions import decided, reason
from .sanctions import as_now
from .saying import say
from .unsaying import as_it_was, keep_for_undo, keep_out_of_sight, say_again

type Reasons = list[tuple[str, str]]


def hold_back(offer: Offer, reasons: Reasons) -> Held:
    """Write an offer down instead of posting it. The same form, or another edit of the same post, is one held text.

    Raises NotAllowed: whoever may not post is not held back either.
    """
    require_as_posted(offer)
    try:
        with transaction.atomic():
            return written_down(offer, reasons)
    except IntegrityError:
        # Two copies of one press met.
        if same := standing(offer):
            return same
        raise


def require_as_posted(offer: Offer) -> None:
    by, thread, kind = offer.by, offer.thread, offer.fields.get("kind") or Kind.INFORMATION
    if offer.what == What.QUESTION:
        require(may_ask(by, Space.objects.select_related("parent").get(pk=offer.space_id)))
        require(may_start(by, offer.fields.get("genre", Genre.QUESTION)))
    elif offer.what == What.REPLY and thread:
        require(may_reply(by, thread))
        require(may_use_kind(by, kind, thread))
    elif offer.what == What.EDIT and offer.post:
        require(may_edit(by, offer.post))
    elif thread:
        require(may_retitle(by, thread))


def standing(offer: Offer) -> Held | None:
    """What this offer has become already."""
    rows = Held.objects.filter(by=offer.by)
    if offer.what in (What.EDIT, What.TITLE):
        return rows.waiting().filter(what=offer.what, thread=offer.thread, post=offer.post).first()
    if offer.token:
        return rows.filter(token=offer.token).first()
    return rows.waiting().filter(what=offer.what, thread=offer.thread, title=offer.title, body=offer.body).first()


def written_down(offer: Offer, reasons: Reasons) -> Held:
    at = clock.now()
    if same := standing(offer):
        if same.is_waiting and (same.title, same.body) != (offer.title, offer.body):
            # The latest words count; what was said of them before counts too.
            same.title, same.body, same.fields = offer.title, offer.body, offer.fields
            same.reasons = [list(each) for each in reasons]
            same.save(update_fields=["title", "body", "fields", "reasons"])
            settle_files(same.by)
        return same
    held = Held.objects.create(
        by=offer.by,
        what=offer.what,
        space_id=offer.space_id,
        thread=offer.thread,
        post=offer.post,
        title=offer.title,
        body=offer.body,
        fields=offer.fields,
        reasons=[list(each) for each in reasons],
        token=offer.token,
        at=at,
    )
    settle_files(held.by)
    if offer.what == What.QUESTION:
        Draft.objects.for_place(offer.by).delete()
    elif offer.what == What.REPLY:
        Draft.objects.for_place(offer.by, offer.thread).delete()
    publish(TextHeld(held_id=held.pk, member_id=held.by_id))
    return held


def settle_files(by: Member) -> None:
    """What a waiting text shows stays, and is opened by whoever decides; what none shows any more is let go."""
    # First the files: what somebody has kept meanwhile for another text, that text is found for.
    files = list(Attachment.objects.filter(uploader=by, post=None))
    kept = held_since(Held.objects.waiting().filter(by=by)) if files else {}
    for file in files:
        if file.held_at != (since := kept.get((by.pk, file.key))):
            Attachment.objects.filter(pk=file.pk, post=None).update(held_at=since)


def held_since(waiting: QuerySet[Held]) -> dict[tuple[int, UUID], datetime]:
    """Since when the files of these texts are kept, by their writer and key."""
    showing = waiting.filter(body__contains="/attachments/").order_by("-at", "-pk")
    # The text that has waited longest is the last that is put in.
    return {(held.by_id, key): held.at for held in showing for key in addresses_in(held.body)}


@transaction.atomic
def approve_held(
    *, by: Member, held: Held, title: str | None = None, body: str | None = None, because: str = ""
) -> Held:
    """Say it for its author, in his words or, where `title` and `body` are given, as the moderator corrected them.

    Raises OutOfStep when somebody decided meanwhile or when, as things stand, it cannot be said; then it still waits.
    """
    held = locked_held(held.pk)
    require(may_decide_held(as_now(by), held))
    still_waiting(held)
    title = held.title if title is None else " ".join(title.split())
    body = held.body if body is None else body
    before = as_it_was(held)
    try:
        held.posted = say_again(held, title, body, by=by) if held.posted else say(held, title, body)
    except NotAllowed as refusal:
        words = _("It cannot be posted as things stand: “%(reason)s” It still waits here.")
        raise OutOfStep(words % {"reason": refusal.reason}) from refusal
    held.corrected_title = title if title != held.title else ""
    held.corrected_body = body if body != held.body else ""
    is_corrected = bool(held.corrected_title or held.corrected_body)
    close(held, HeldState.APPROVED, Verb.APPROVED_HELD, by=by, because=because, after=CORRECTED if is_corrected else "")
    keep_for_undo(held, before)
    return held


@transaction.atomic
def decline_held(*, by: Member, held: Held, because: str) -> Held:
    """It is not posted; its author reads why and keeps his words."""
    held = locked_held(held.pk)
    require(may_decide_held(as_now(by), held))
    because = reason(because)
    still_waiting(held)
    keep_out_of_sight(posted_before(held), by=by, at=clock.now(), because=because)
    close(held, HeldState.DECLINED, Verb.DECLINED_HELD, by=by, because=because)
    return held


@transaction.atomic
def withdraw_held(*, by: Member, held: Held) -> Held:
    """Its author takes it back."""
    held = locked_held(held.pk)
    require(may_withdraw_held(by, held))
    still_waiting(held)
    with speaking_for_all():
        because = str(_("Its author has taken it back."))
    keep_out_of_sight(posted_before(held), by=by, at=clock.now(), because=because)
    settle(held, HeldState.WITHDRAWN, by=by)
    return held


@transaction.atomic
def rewrite_held(*, by: Member, held: Held, title: str = "", body: str = "") -> Held:
    """Its author puts it better while it waits; it stays where it is in the queue."""
    held = locked_held(held.pk)
    require(may_rewrite_held(by, held))
    still_waiting(held)
    title = " ".join(title.split())
    if held.what in (What.QUESTION, What.TITLE) and not 0 < len(title) <= TITLE_LENGTH:
        raise Invalid("title", _("Say in one sentence what happened, in at most 200 characters."))
    if held.what != What.TITLE:
        rendered(body)
    held.title, held.body = title if held.title else "", body if held.body else ""
    held.save(update_fields=["title", "body"])
    settle_files(held.by)
    return held


def close(held: Held, state: HeldState, verb: Verb, *, by: Member, because: str, after: str = "") -> None:
    """A moderator's decision. The caller holds the lock and has asked."""
    at = settle(held, state, by=by, because=because)
    decided(
        verb,
        by=by,
        at=at,
        because=held.decided_because,
        thread=held.posted.thread if held.posted else held.thread,
        post=held.posted,
        member=held.by,
        before=KEYS_APART.join(sorted({key for key, _more in held.reasons}))[:200],
        after=after,
    )


def settle(held: Held, state: HeldState, *, by: Member, because: str = "") -> datetime:
    """It waits no more, whoever said so; when that was. The caller holds the lock and has asked."""
    at = clock.now()
    held.state, held.decided_at, held.decided_by = state, at, by
    held.decided_because = " ".join(because.split())[:LONGEST_REASON]
    held.save()
    settle_files(held.by)
    publish(HeldDecided(held_id=held.pk, member_id=held.by_id, outcome=str(state)))
    return at


def drop_words_of(member: Member) -> None:
    """What an erased member wrote and nobody has published goes; what came of the rest is a post."""
    for held in Held.objects.waiting().select_for_update(of=("self",)).filter(by=member).order_by("pk"):
        settle(held, HeldState.WITHDRAWN, by=member)
    Held.objects.filter(by=member).update(title="", body="", fields={}, corrected_title="", corrected_body="")


def posted_before(held: Held) -> Post | None:
    """What was posted of it when it was approved, if it was, under the lock of its thread."""
    return locked_post(held.posted_id) if held.posted_id else None


def wait_again(held: Held) -> None:
    """What was decided about it is not; it waits as before. The caller holds its lock and has asked."""
    held.state, held.decided_at, held.decided_by, held.decided_because = HeldState.WAITING, None, None, ""
    held.save(update_fields=["state", "decided_at", "decided_by", "decided_because"])
    settle_files(held.by)


def locked_held(held_id: int) -> Held:
    found = (
        Held.objects.select_for_update(of=("self",)).select_related("by", "thread", "post__thread").filter(pk=held_id)
    )
    if (held := found.first()) is None:
        raise OutOfStep(_("This is gone: its author or its thread was removed."))
    return held


def still_waiting(held: Held) -> None:
    if not held.is_waiting:
        words = {
            HeldState.APPROVED: _("%(name)s has let it be posted already."),
            HeldState.DECLINED: _("%(name)s has declined it already."),
            HeldState.WITHDRAWN: _("%(name)s has withdrawn it."),
        }[HeldState(held.state)]
        raise OutOfStep(words % {"name": held.decided_by.called if held.decided_by else ""})
