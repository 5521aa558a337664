"""What waits for a moderator has its case, and a case that is open has something that waits."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from community.moderation.models import Appeal, Case, Flag, Held, Wave


def waiting_ones() -> Iterator[str]:
    for flag in Flag.objects.waiting().filter(Q(case=None) | ~Q(case__decided_at=None)).only("pk"):
        yield f"flag {flag.pk}: waits and is in no open case"
    open_ones = Case.objects.waiting()
    for appeal in Appeal.objects.waiting().exclude(Exists(open_ones.filter(appeal=OuterRef("pk")))).only("pk"):
        yield f"appeal {appeal.pk}: waits and is in no open case"
    for held in Held.objects.waiting().exclude(Exists(open_ones.filter(held=OuterRef("pk")))).only("pk"):
        yield f"held text {held.pk}: waits and is in no open case"
    waves = Wave.objects.filter(state="waiting").exclude(Exists(open_ones.filter(wave=OuterRef("pk"))))
    for wave in waves.only("pk"):
        yield f"wave {wave.pk}: waits and is in no open case"


def open_ones() -> Iterator[str]:
    flags = Flag.objects.waiting().filter(case=OuterRef("pk"))
    nothing = Q(kind="flags") & ~Exists(flags)
    nothing |= Q(wave__isnull=False) & ~Q(wave__state="waiting")
    nothing |= Q(appeal__decided_at__isnull=False) | (Q(held__isnull=False) & ~Q(held__state="waiting"))
    for case in Case.objects.waiting().filter(nothing).only("pk"):
        yield f"case {case.pk}: is open and nothing in it waits"
    for case in Case.objects.decided().filter(flags__decided_at=None, flags__isnull=False).only("pk").distinct():
        yield f"case {case.pk}: is decided and a flag in it waits"


CHECKS = (waiting_ones, open_ones)
