"""What the page of a thread shows of promises, deadlines and offers, brought in step with their rows."""

from datetime import datetime
from typing import Any

from community.desk.models import Deadline, Offer, Promise
from community.threads.models import Outlook, PromiseStands

DONE = (PromiseStands.KEPT, PromiseStands.LATE)


def show_promise(promise: Promise) -> None:
    """The caller holds the lock of the thread, and this promise is the one that its page speaks of."""
    newer = Promise.objects.filter(thread=promise.thread_id, made_at__gt=promise.made_at)
    shown: dict[str, Any] = {}
    if not newer.exclude(stands=PromiseStands.MOVED).exists():
        shown = {
            "promise_what": promise.what,
            "promise_from": promise.begins_at,
            "promise_until": promise.until,
            "promise_by": promise.made_by,
            "promise_stands": promise.stands,
            "done_at": done_at(promise),
        }
        if promise.because:
            shown |= {"waits_because": promise.because, "waits_more": promise.more}
    outlook, is_new = Outlook.objects.get_or_create(
        thread_id=promise.thread_id, defaults=shown | {"planned_at": promise.made_at}
    )
    if not is_new:
        shown["planned_at"] = outlook.planned_at or promise.made_at
        Outlook.objects.filter(pk=promise.thread_id).update(**shown)


def done_at(promise: Promise) -> datetime | None:
    """When it came: as the one who promised said, where he said so before the asker did."""
    if promise.stands not in DONE:
        return None
    return promise.delivered_at or promise.settled_at


def show_deadline(deadline: Deadline) -> None:
    show(
        deadline.thread_id,
        deadline_at=deadline.at,
        deadline_stands=deadline.stands,
        decide_by=deadline.decide_by if deadline.is_open else None,
    )


def show_offer(offer: Offer) -> None:
    show(offer.thread_id, offer_what=offer.what, offer_stands=offer.stands)


def show(thread_id: int, **fields: Any) -> None:
    Outlook.objects.update_or_create(thread_id=thread_id, defaults=fields)
