import logging

from crontask import cron
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils.formats import date_format
from django.utils.translation import override

from community import clock
from community.letters import send_letter
from community.people.models import Member, Role

from .actions import look_at_clocks, look_for_gaps, move_clocks, note_gaps_mailed, note_mailed
from .models import ChainLink, Clock, Telling
from .rota import house_zone

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


@cron("*/5 * * * *")
@task()
def look_at_the_rota() -> None:
    """Every five minutes: whoever falls ill, leaves or is taken out leaves a gap, and it is told at once."""
    look_for_gaps()


@task()
@transaction.atomic
def mail_gaps(gap_ids: list[int]) -> None:
    """To those who keep the rota; what was mailed already is left out, so that running twice sends one mail."""
    gaps = note_gaps_mailed(tuple(gap_ids))
    if not gaps:
        return
    zone = house_zone()
    with override(settings.LANGUAGE_CODE):
        form = "j M Y, H:i"
        spans = [[date_format(moment.astimezone(zone), form) for moment in gap.span] for gap in gaps]
    for member in keepers():
        send_letter("desk/mail/gaps", member.email, spans=spans, zone=zone.key)


def keepers() -> list[Member]:
    """Administrators, and whoever stands behind those who answer; each once."""
    behind = ChainLink.objects.values("member")
    return list(Member.objects.active().filter(Q(role=Role.ADMINISTRATOR) | Q(pk__in=behind)).order_by("pk"))


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
