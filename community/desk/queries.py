from datetime import date, datetime
from typing import Any, NoReturn, Self

from django.apps import apps
from django.db import models
from django.db.models import Avg, Count, F, OuterRef, Q

from community.organisations.models import Organisation
from community.people.models import OFFICIALS
from community.people.policies import answers_officially, is_team
from community.threads.models import Thread


class ReadyReplyQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        return self if answers_officially(reader) else self.none()

    def called_like(self, words: str) -> Self:
        found = self
        for word in words.replace("-", " ").split()[:8]:
            found = found.filter(name__icontains=word)
        return found

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


# Conditions, so that a list and the count in its tab are made of the same words.
LATE = Q(stopped_at=None) & ~Q(breached_at=None)
RUNNING = Q(breached_at=None) & ~Q(running_since=None)
RESTING = Q(breached_at=None, running_since=None, stopped_at=None)
KEPT = Q(breached_at=None) & ~Q(stopped_at=None)
# Whether done since or not, so that no rate is made of those alone that came to an end.
MISSED = ~Q(breached_at=None)


class ClockQuerySet(models.QuerySet):
    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def to_look_at(self, at: datetime) -> Self:
        """Those of which somebody is to be told something by now."""
        return self.filter(next_at__lte=at)

    def under_way(self) -> Self:
        return self.filter(stopped_at=None)

    def next_to_break_first(self) -> Self:
        """What is late before what will be, each by when it was or is due; what rests comes after them."""
        return self.order_by(F("due_at").asc(nulls_last=True), "started_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by(F("stopped_at").desc(nulls_first=True), "-pk")

    def for_page(self) -> Self:
        return self.select_related(
            "target__plan", "calendar", "thread__space", "thread__author", "thread__last_poster"
        ).fetch_mode(models.FETCH_RAISE)


class ShiftQuerySet(models.QuerySet):
    def on_days(self, first: date, last: date) -> Self:
        """Those with a day from `first` to `last`, by the calendar of their place."""
        weekly = Q(is_weekly=True) & (Q(until=None) | Q(until__gte=first))
        return self.filter(Q(is_weekly=False, day__gte=first) | weekly, day__lte=last)

    def of_those_who_answer(self) -> Self:
        """Whoever left support stands in no rota, whatever is still written there."""
        return self.filter(member__is_active=True, member__role__in=OFFICIALS)


class GapQuerySet(models.QuerySet):
    def standing(self, at: datetime) -> Self:
        """Announced, not filled since, and not over."""
        return self.filter(filled_at=None, ends_at__gt=at)


# How a call went. Every call is in one of the four that `call_lists` adds, so that no figure forgets one.
ANSWERED = ~Q(first_words_at=None)


def call_lists(at: datetime) -> dict[str, Q]:
    """Conditions, by name: what makes a list makes the figure that leads to it."""
    no_words = Q(first_words_at=None)
    passed = no_words & (Q(ended_at=None, due_at__lt=at) | Q(ended_at__gt=F("due_at")) | Q(ending="unanswered"))
    return {
        "asked": Q(),
        "answered": ANSWERED,
        "in_time": Q(first_words_at__lte=F("due_at")),
        # Answered late, and not answered at all: no average is made better by those who gave up.
        "late": Q(first_words_at__gt=F("due_at")) | passed,
        "left": no_words & Q(ending="left", ended_at__lte=F("due_at")),
        "waiting": no_words & Q(ended_at=None, due_at__gte=at),
    }


class CallQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Support sees every call, everybody else his own."""
        if answers_officially(reader):
            return self
        return self.filter(asked_by=reader) if reader.is_authenticated and reader.is_active else self.none()

    def in_line(self) -> Self:
        """Those that wait for the first words, whether somebody has taken them or not; the soonest promised first."""
        return self.filter(ended_at=None).order_by("due_at", "pk")

    def overdue(self, at: datetime) -> Self:
        """Those that wait although a person was promised by now, and of which nobody was told yet."""
        return self.in_line().filter(due_at__lte=at, overdue_told_at=None)

    def ahead_of(self, call: Any) -> Self:
        sooner = Q(due_at__lt=call.due_at) | Q(due_at=call.due_at, pk__lt=call.pk)
        return self.in_line().filter(sooner, taken_at=None)

    def asked_between(self, earlier: datetime, later: datetime) -> Self:
        return self.filter(asked_at__gte=earlier, asked_at__lt=later)

    def figures(self, at: datetime) -> dict[str, Any]:
        """How many are in each list, and the `average` from the press to the first words of those that got them."""
        counts = {name: Count("pk", filter=condition) for name, condition in call_lists(at).items()}
        return self.aggregate(average=Avg(F("first_words_at") - F("asked_at"), filter=ANSWERED), **counts)

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread", "organisation", "plan", "asked_by", "taken_by").fetch_mode(
            models.FETCH_RAISE
        )


class BreachQuerySet(models.QuerySet):
    """Rows are added and read. There is no way to change one or to take it away."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("What was recorded of a breach stays as it is.")

    def delete(self) -> NoReturn:
        raise TypeError("A breach that was recorded stays.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What was recorded of a breach stays as it is.")


class HandlingQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Of the threads this reader may read.

        Support reads every thread that was not deleted, and one that was stands in no queue: to count what is open it
        need not look at threads.
        """
        return self if answers_officially(reader) else self.filter(thread__in=Thread.objects.visible_to(reader))

    def open(self) -> Self:
        return self.filter(queue__isnull=False)

    def next_to_break_first(self) -> Self:
        """What broke, then what will, by when; behind them what has no clock, from the longest wait."""
        return self.order_by(F("next_at").asc(nulls_last=True), "since", "thread")

    def came_after(self, since: datetime, *, at: datetime, by_hand: bool = False) -> Self:
        """What came into its queue since then, or came back at its time; `by_hand`: also what was given to somebody."""
        came = Q(entered_at__gt=since) | Q(snoozed_until__gt=since, snoozed_until__lte=at)
        return self.filter(came | Q(assigned_at__gt=since) if by_hand else came)


def with_asides(threads: models.QuerySet) -> models.QuerySet:
    """Adds what `show_asides` needs; who may know of it is asked there, and only where there is something to know."""
    asides = apps.get_model("desk", "Aside").objects.all()
    return threads.annotate(
        private_talk=models.Subquery(asides.filter(about=OuterRef("pk")).values("thread")[:1]),
        talked_about=models.Subquery(asides.filter(thread=OuterRef("pk")).values("about")[:1]),
    )


def show_asides(thread: Any, reader: Any) -> None:
    """Sets `aside_id`, the private talk about the thread, and `about_id`, the thread that this private talk is about.

    Each only if the reader may read it. The thread comes from `with_asides`.
    """
    there = {thread.private_talk, thread.talked_about} - {None}
    readable = set(Thread.objects.visible_to(reader).filter(pk__in=there).values_list("pk", flat=True)) if there else ()
    thread.aside_id = thread.private_talk if thread.private_talk in readable else None
    thread.about_id = thread.talked_about if thread.talked_about in readable else None


# Still running although its time has passed.
OVERDUE = Q(stands="running") & ~Q(overdue_at=None)


class PromiseQuerySet(models.QuerySet):
    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def running(self) -> Self:
        return self.filter(stands="running")

    def to_look_at(self, at: datetime) -> Self:
        """Those of which the clock has something to say by now."""
        return self.filter(next_at__lte=at)

    def overlapping(self, begins_at: datetime, until: datetime) -> Self:
        """Running ones whose window meets this one: what the same hands cannot do at the same time."""
        begun = models.functions.Coalesce("begins_at", "until")
        return self.running().annotate(begun=begun).filter(begun__lt=until, until__gt=begins_at)

    def next_first(self) -> Self:
        return self.order_by("until", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread__space", "thread__author", "thread__organisation", "made_by").fetch_mode(
            models.FETCH_RAISE
        )


class DeadlineQuerySet(models.QuerySet):
    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def counting(self) -> Self:
        """Without those that the asker has replaced."""
        return self.filter(replaced_at=None)

    def to_decide(self) -> Self:
        return self.counting().filter(stands="open")

    def undecided_by(self, at: datetime) -> Self:
        """Those that should have been decided by now, and of which nobody has been told."""
        return self.to_decide().filter(decide_by__lte=at, undecided_at=None)


class ComplaintQuerySet(models.QuerySet):
    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def waiting(self) -> Self:
        return self.filter(answered_at=None)

    def due_first(self) -> Self:
        return self.order_by("due_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread__space", "member", "answered_by").fetch_mode(models.FETCH_RAISE)


class ThanksQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Taken back with the asker's word that it helped, and there again with it."""
        return self.exclude(thread__confirmed_by_asker_at=None)

    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def as_read_by(self, reader: Any) -> Self:
        """Who worked unseen is named among the team, and to himself."""
        if is_team(reader):
            return self
        return self.filter(Q(is_unseen=False) | Q(member=reader.pk))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("thread", "by").fetch_mode(models.FETCH_RAISE)


class OfferQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(stands="open")


class EscalationQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Support; and whoever has a seat in the organisation."""
        if answers_officially(reader):
            return self
        return self.filter(organisation__in=Organisation.objects.visible_to(reader))

    def waiting(self) -> Self:
        return self.filter(taken_at=None)

    def waiting_first(self) -> Self:
        return self.order_by(F("taken_at").desc(nulls_first=True), "at", "pk")

    def to_pass_on(self, at: datetime) -> Self:
        return self.waiting().filter(next_at__lte=at)

    def for_page(self) -> Self:
        return self.select_related(
            "organisation__account_manager", "organisation__deputy", "thread__organisation", "by", "taken_by"
        ).fetch_mode(models.FETCH_RAISE)
