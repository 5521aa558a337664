"""Which open conversations may be about the same matter as what is said now."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from community.organisations.models import Organisation, Seat
from community.threads.models import Audience, Genre, Post, State, Thread
from community.threads.queries import ThreadQuerySet

from .similar import enough, roots_of, shared

# Who calls about what he wrote does so within a day (features S38).
SAME_WITHIN = timedelta(days=1)
# Nobody begins more in a day who is a person.
MOST_CASES = 20


def open_cases(threads: ThreadQuerySet) -> ThreadQuerySet:
    return threads.standing().filter(merged_into=None, genre=Genre.QUESTION).exclude(state=State.CLOSED)


def alike(title: str, body: str, cases: Iterable[Thread], *, by_titles: bool = False) -> list[Thread]:
    """Those that share words with this, the most alike first.

    `by_titles`: the words of each title must stand in the other title; two long texts have some in common by chance.
    """
    cases = list(cases)
    bodies = dict(Post.objects.filter(thread__in=cases, number=1).values_list("thread", "body"))
    said = title if by_titles else f"{title} {body}"
    roots, weight = roots_of(said), {}
    for case in cases:
        told = case.title if by_titles else f"{case.title} {bodies.get(case.pk, '')}"
        there = roots_of(told)
        common = (min if by_titles else max)(shared(roots, told), shared(there, said))
        if common and common >= min(enough(roots), enough(there)):
            weight[case] = common
    return sorted(weight, key=weight.__getitem__, reverse=True)


def cases_like(thread: Thread) -> list[Thread]:
    """What the same asker, or anybody of the same organisation, has begun within a day before it, in another way.

    Two public questions are left to those who merge.
    """
    seats = Seat.objects.standing()
    organisations = Organisation.objects.filter(
        Q(pk=thread.organisation_id) | Q(pk__in=seats.filter(member=thread.author).values("organisation"))
    )
    people = seats.filter(organisation__in=organisations).values("member")
    theirs = Q(author=thread.author) | Q(author__in=people) | Q(organisation__in=organisations)
    begun = (thread.created_at - SAME_WITHIN, thread.created_at)
    # A private side talk is about its thread, and known to be.
    cases = open_cases(Thread.objects.filter(theirs, created_at__range=begun, aside=None)).exclude(pk=thread.pk)
    if thread.audience == Audience.EVERYONE:
        cases = cases.exclude(audience=Audience.EVERYONE)
    if hasattr(thread, "received"):
        # Who wrote it down was asked about those of the same asker.
        cases = cases.exclude(author=thread.author)
    body = Post.objects.values_list("body", flat=True).get(thread=thread, number=1)
    return alike(thread.title, body, cases.order_by("-created_at")[:MOST_CASES], by_titles=True)
