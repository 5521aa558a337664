import logging
from datetime import timedelta
from typing import Any

from crontask import cron
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task
from django.utils.translation import gettext as _
from django.utils.translation import override

from community import clock
from community.errands import one_by_one
from community.languages import speaking_for_all
from community.letters import send_letter
from community.people.policies import until_in_words
from community.policy import OutOfStep
from community.threads.models import Thread

from .actions.batches import continue_batch
from .actions.sanctions import let_run_out, note_mailed
from .actions.threads import unmerge_thread
from .actions.timers import run_timer
from .actions.trusting import settle_trust
from .earning import to_settle
from .models import TOO_LATE_TO_UNDO, Appeal, Batch, Case, Sanction, Timer, trust_rules

logger = logging.getLogger(__name__)

# As many threads as a task takes before it lets others have their turn, and when one is thought to be lost.
AT_ONCE = 50
STOPPED_AFTER = timedelta(minutes=2)


@cron("* * * * *")
@task()
def end_what_has_run_out() -> None:
    """Every minute: write down what ended by itself, and tell the member. It counted no more from its minute on."""
    one_by_one(let_run_out, Sanction.objects.run_out(clock.now()).order_by("until").values_list("pk", flat=True))


@cron("* * * * *")
@task()
def do_what_is_due() -> None:
    """Every minute: what was decided to happen to threads by now."""
    due = Timer.objects.filter(ended_at=None, at__lte=clock.now()).order_by("at", "pk")
    one_by_one(run_timer, due.values_list("pk", flat=True))


@cron("7 * * * *")
@task()
def settle_all_trust() -> None:
    """Every hour: whoever has earned or lost trust by now is told of it."""
    one_by_one(settle_trust, to_settle(trust_rules(), clock.now()))


@cron("9 * * * *")
@task()
def forget_what_undo_needs() -> None:
    """Every hour: nobody takes a decision back any more, and what had to go from a profile is kept nowhere."""
    Case.objects.filter(decided_at__lt=clock.now() - TOO_LATE_TO_UNDO).exclude(before={}).update(before={})


@task()
def carry_on(batch_id: int) -> None:
    """The next of many threads; what was done before a restart is not done again."""
    if continue_batch(batch_id, most=AT_ONCE):
        carry_on.enqueue(batch_id)


@cron("* * * * *")
@task()
def carry_on_with_what_stopped() -> None:
    """A batch whose task was lost with its process."""
    stopped = Q(finished_at=None) | Q(undone_at__isnull=False, undo_finished_at=None)
    for batch_id in Batch.objects.filter(stopped, at__lt=clock.now() - STOPPED_AFTER).values_list("pk", flat=True):
        carry_on.enqueue(batch_id)


@task()
def take_apart_what_leads_to(thread_id: int) -> None:
    """Asks first: the thread may be back, and whoever took one apart meanwhile has done it."""
    there = Thread.objects.removed().filter(pk=thread_id).first()
    merged = Thread.objects.filter(merged_into=thread_id).order_by("pk") if there else []
    for thread in merged:
        try:
            with speaking_for_all():
                because = str(_("The thread it led to was removed."))
            unmerge_thread(by=None, thread=thread, because=because)
        except OutOfStep:
            logger.info("Thread %s was taken apart by somebody else", thread.pk)


@task()
@transaction.atomic
def mail_sanction(sanction_id: int) -> None:
    """Asks first whether it was mailed already, so that running twice sends one mail."""
    mail("sanction", Sanction.objects.filter(pk=sanction_id), "mailed_at")


@task()
@transaction.atomic
def mail_end(sanction_id: int) -> None:
    """Whoever's appeal ended it is told of that instead."""
    ended = Sanction.objects.filter(pk=sanction_id, ended_at__isnull=False).exclude(appeals__outcome="lifted")
    mail("sanction_ended", ended, "end_mailed_at")


@task()
@transaction.atomic
def mail_appeal(appeal_id: int) -> None:
    """Asks first whether it was decided, or that was taken back."""
    appeal = Appeal.objects.get(pk=appeal_id)
    if appeal.decided_at and note_mailed(Appeal.objects.filter(pk=appeal_id), "mailed_at"):
        letter("appeal", Sanction.objects.select_related("member").get(pk=appeal.sanction_id), appeal=appeal)


def mail(name: str, rows: QuerySet, column: str) -> None:
    sanction = rows.select_related("member").first()
    if sanction and note_mailed(Sanction.objects.filter(pk=sanction.pk), column):
        letter(name, sanction)


def letter(name: str, sanction: Sanction, **more: Any) -> None:
    with override(settings.LANGUAGE_CODE):
        until = str(until_in_words(sanction.member, sanction.until))
    send_letter(f"moderation/mail/{name}", sanction.member.email, sanction=sanction, until=until, **more)
