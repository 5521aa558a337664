import logging

from crontask import cron
from django.conf import settings
from django.tasks import task
from django.utils.formats import date_format
from django.utils.translation import override

from community import clock
from community.letters import send_letter

from .actions import look_at_clocks, move_clocks, note_mailed
from .models import Clock, Telling

logger = logging.getLogger(__name__)


@cron("* * * * *")
@task()
def look_at_due_clocks() -> None:
    """Every minute: who is to be told of what by now. A clock that was looked at has its next moment later."""
    due = Clock.objects.to_look_at(clock.now()).order_by("next_at").values_list("thread", flat=True)
    for thread_id in dict.fromkeys(due):
        try:
            look_at_clocks(thread_id)
        except Exception:
            # One thread that cannot be read keeps nobody from hearing of the others.
            logger.exception("The clocks of thread %s could not be looked at", thread_id)


@task()
def move_clocks_of(calendar_id: int) -> None:
    threads = Clock.objects.under_way().filter(calendar=calendar_id).values_list("thread", flat=True)
    for thread_id in dict.fromkeys(threads):
        move_clocks(thread_id)


@task()
def mail_telling(telling_id: int) -> None:
    """Asks first whether it was mailed already, so that running twice sends one mail."""
    telling = Telling.objects.select_related("thread", "member").get(pk=telling_id)
    if telling.mailed_at or not telling.member.email:
        return
    calendar = Clock.objects.select_related("calendar").get(thread=telling.thread, kind=telling.kind).calendar
    with override(settings.LANGUAGE_CODE):
        at = date_format(telling.due_at.astimezone(calendar.hours.zone), "j M Y, H:i")
    words = {"telling": telling, "thread": telling.thread, "at": at, "zone": calendar.zone}
    send_letter("desk/mail/clock", telling.member.email, **words)
    note_mailed(telling)
