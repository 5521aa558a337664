from crontask import cron
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils.formats import date_format
from django.utils.translation import override

from community import clock
from community.errands import one_by_one
from community.letters import send_letter
from community.people.models import Member, Role

from .actions import (
    look_at_clocks,
    look_at_promise,
    look_for_gaps,
    move_clocks,
    note_gaps_mailed,
    note_mailed,
    note_overdue,
    note_reminder_mailed,
    note_undecided,
    pass_on,
)
from .actions.escalating import note_mailed as note_called
from .models import Call, Called, ChainLink, Clock, Deadline, Escalation, Promise, Telling
from .rota import house_zone
from .wording import window_in_words, zone_of


@cron("* * * * *")
@task()
def look_at_due_clocks() -> None:
    """Every minute: who is to be told of what by now. A clock that was looked at has its next moment later."""
    due = Clock.objects.to_look_at(clock.now()).order_by("next_at").values_list("thread", flat=True)
    one_by_one(look_at_clocks, dict.fromkeys(due))


@cron("* * * * *")
@task()
def look_at_due_promises() -> None:
    """Every minute: reminders, promised times that have passed, and deadlines that nobody has decided about."""
    at = clock.now()
    one_by_one(look_at_promise, Promise.objects.to_look_at(at).order_by("next_at").values_list("pk", flat=True))
    one_by_one(note_undecided, Deadline.objects.undecided_by(at).values_list("pk", flat=True))
    one_by_one(pass_on, Escalation.objects.to_pass_on(at).values_list("pk", flat=True))


@cron("* * * * *")
@task()
def look_at_the_line() -> None:
    """Every minute: calls that wait longer than was promised."""
    one_by_one(note_overdue, Call.objects.overdue(clock.now()).values_list("pk", flat=True))


@task()
@transaction.atomic
def mail_reminder(promise_id: int) -> None:
    """To the one who promised, before the window ends; running twice sends one mail."""
    promise = Promise.objects.select_related("thread", "made_by").get(pk=promise_id)
    if not promise.is_open or not note_reminder_mailed(promise):
        return
    with override(settings.LANGUAGE_CODE):
        window = window_in_words(promise.begins_at, promise.until, zone_of(promise.made_by))
    send_letter("desk/mail/promise", promise.made_by.email, promise=promise, thread=promise.thread, window=window)


@task()
@transaction.atomic
def mail_call(called_id: int) -> None:
    """Asks first whether it was mailed already, so that running twice sends one mail."""
    called = Called.objects.select_related("member", "escalation__organisation", "escalation__by").get(pk=called_id)
    if not called.member.email or not note_called(called):
        return
    send_letter("desk/mail/escalation", called.member.email, escalation=called.escalation)


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
@transaction.atomic
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
