"""Many threads at once: each under its own lock, each with its own row in the log, all taken back as one."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from community import clock
from community.moderation.models import Batch, BatchAct, BatchItem, ItemOutcome
from community.moderation.policies import may_curate
from community.people.models import Member
from community.policy import Invalid, OutOfStep, Refusal, require
from community.spaces.models import Space, Tag
from community.threads.models import LONGEST_REASON, Audience, Thread

from .decisions import reason
from .moving import move_posts_back
from .tagging import tag_thread, untag_thread
from .taking_back import put_back
from .threads import close_thread, hide_thread, lock_thread, merge_thread, move_thread

logger = logging.getLogger("moderation")

MOST_AT_ONCE = 5_000
# So few are done before the page answers.
AT_ONCE = 20
WITH_REASON = (BatchAct.LOCK, BatchAct.CLOSE, BatchAct.HIDE)


@transaction.atomic
def begin_batch(
    *,
    by: Member,
    threads: list[int],
    act: str,
    because: str = "",
    space: Space | None = None,
    into: Thread | None = None,
    tag: Tag | None = None,
) -> Batch:
    """Write down what is to be done to which threads, in this order; `continue_batch` does it."""
    require(may_curate(by))
    chosen = list(dict.fromkeys(threads))
    if not chosen:
        raise Invalid("threads", _("Choose at least one thread."))
    if len(chosen) > MOST_AT_ONCE:
        raise Invalid("threads", _("Choose up to %(most)s threads at once.") % {"most": MOST_AT_ONCE})
    if act in WITH_REASON:
        because = reason(because)
    if act == BatchAct.MOVE and space is None:
        raise Invalid("space", _("Choose a space"))
    if act == BatchAct.MERGE and into is None:
        raise Invalid("into", _("There is no thread with this number."))
    if act in (BatchAct.TAG, BatchAct.UNTAG) and tag is None:
        raise Invalid("tag", _("Name one tag."))
    about: dict[str, Any] = {"space": space, "into": into, "tag": tag}
    batch = Batch.objects.create(by=by, act=act, because=because[:LONGEST_REASON], **about, at=clock.now())
    # What an organisation asks of support is decided about one by one, by support.
    among = Thread.objects.visible_to(by).exclude(audience=Audience.ORGANISATION)
    there = set(among.filter(pk__in=chosen).values_list("pk", flat=True))
    rows = (BatchItem(batch=batch, thread_id=pk) for pk in chosen if pk in there)
    BatchItem.objects.bulk_create(rows, batch_size=500)
    return batch


def continue_batch(batch_id: int, *, most: int = AT_ONCE) -> bool:
    """Do the next of them, or take the next of them back; whether there is more. Doing it twice does each once."""
    batch = Batch.objects.select_related("by", "space", "into", "tag").get(pk=batch_id)
    if not batch.is_at_work:
        return False
    undoing = batch.undone_at is not None
    waiting = ItemOutcome.DONE if undoing else ItemOutcome.WAITING
    items = list(BatchItem.objects.filter(batch=batch, outcome=waiting).values_list("pk", flat=True)[:most])
    for item_id in items:
        carry_out(batch, item_id, waiting, take_back if undoing else act_on)
    if len(items) == most and BatchItem.objects.filter(batch=batch, outcome=waiting).exists():
        return True
    finished = "undo_finished_at" if undoing else "finished_at"
    if Batch.objects.filter(pk=batch_id, **{finished: None}).update(**{finished: clock.now()}):
        tell_the_log(batch, "taken back" if undoing else "done")
    return False


def tell_the_log(batch: Batch, what: str) -> None:
    """For whoever runs the place: keys and numbers, and no word of anybody. Why it was done stands in the decisions."""
    outcomes = BatchItem.objects.filter(batch=batch).order_by().values_list("outcome").annotate(Count("pk"))
    counts = {str(outcome): count for outcome, count in outcomes}
    about = {"batch": batch.pk, "member": batch.by_id, "act": batch.act}
    logger.info("many threads at once: %s", what, extra=about | {"counts": counts})


@transaction.atomic
def carry_out(batch: Batch, item_id: int, waiting: str, act: Callable[[Batch, BatchItem], None]) -> None:
    item = BatchItem.objects.select_for_update().get(pk=item_id)
    if item.outcome != waiting:
        return
    try:
        with transaction.atomic():
            act(batch, item)
    except Refusal as refusal:
        item.outcome = ItemOutcome.KEPT if waiting == ItemOutcome.DONE else ItemOutcome.REFUSED
        item.words = str(refusal)[:LONGEST_REASON]
    item.save()


def act_on(batch: Batch, item: BatchItem) -> None:
    thread = Thread.objects.filter(pk=item.thread_id).first()
    if thread is None or not Thread.objects.visible_to(batch.by).filter(pk=item.thread_id).exists():
        raise OutOfStep(_("This thread is gone."))
    item.state, item.state_since, item.space_id = thread.state, thread.state_since, thread.space_id
    about: dict[str, Any] = {"by": batch.by, "thread": thread}
    match batch.act:
        case BatchAct.LOCK:
            thread = lock_thread(**about, because=batch.because)
        case BatchAct.CLOSE:
            thread = close_thread(**about, because=batch.because)
        case BatchAct.MOVE if batch.space:
            thread = move_thread(**about, because=batch.because, space=batch.space)
        case BatchAct.MERGE if batch.into:
            thread = merge_thread(**about, into=batch.into)
        case BatchAct.HIDE:
            thread = hide_thread(**about, because=batch.because)
        case BatchAct.TAG if batch.tag:
            thread = tag_thread(**about, because=batch.because, tag=batch.tag)
        case BatchAct.UNTAG if batch.tag:
            thread = untag_thread(**about, because=batch.because, tag=batch.tag)
    item.outcome, item.words, item.seq = ItemOutcome.DONE, "", thread.seq


def take_back(batch: Batch, item: BatchItem) -> None:
    """Only what nobody has changed since."""
    if batch.act == BatchAct.POSTS:
        move_posts_back(batch, item)
    else:
        put_back(item.thread_id, batch.act, item, by=batch.by, tag=batch.tag)
    item.outcome, item.words = ItemOutcome.UNDONE, ""


@transaction.atomic
def undo_batch(*, by: Member, batch: Batch) -> Batch:
    """Take all of it back, within ten seconds of its end. Raises OutOfStep when it is too late."""
    require(may_curate(by))
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        raise OutOfStep(_("This was taken back already."))
    if not batch.came_in_time(clock.now()):
        raise OutOfStep(_("It is too late to take back all of it at once. Each thread can still be changed."))
    batch.undone_at = clock.now()
    batch.save(update_fields=["undone_at"])
    return batch
