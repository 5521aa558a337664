"""More cases than any moderator should have: python -m tests.bench.open_cases 20000, into the forum's own data."""

import os
import sys
from datetime import timedelta
from itertools import batched
from random import Random

AT_ONCE = 1000


def write(count: int) -> None:
    """Flagged posts and whole threads, each once, and every sixth a held question."""
    from community import clock
    from community.moderation.models import SEVERITY, Case, Flag, FlagReason, Held
    from community.people.models import Member
    from community.threads.models import Post

    random_, now = Random(4127), clock.now()
    people = list(Member.objects.filter(role="customer").order_by("pk")[:50])
    reasons = list(FlagReason)
    posts = Post.objects.filter(hidden_at=None, deleted_at=None, thread__audience="everyone").order_by("-pk")
    for some in batched(enumerate(posts.select_related("thread__space")[:count].iterator()), AT_ONCE, strict=False):
        cases = []
        for number, post in some:
            since = now - timedelta(minutes=random_.randint(1, 60_000))
            about = {"thread": post.thread} if post.number == 1 and number % 3 == 0 else {"post": post}
            if number % 6 == 0:
                waits = {"what": "question", "space": post.thread.space, "title": "A question", "body": "Why?"}
                about = {"held": Held.objects.create(by=random_.choice(people), at=since, **waits)}
            kind = "held_post" if "held" in about else "flags"
            severity = SEVERITY[random_.choice(reasons)]
            cases.append(Case(kind=kind, severity=severity, since=since, space=post.thread.space, **about))
        Case.objects.bulk_create(cases)
        Flag.objects.bulk_create(
            Flag(
                case=case,
                flagger=random_.choice(people),
                reason=random_.choice(reasons),
                severity=case.severity,
                created_at=case.since,
                **{f"{case.subject[0]}_id": case.subject[1]},
            )
            for case in cases
            if case.kind == "flags"
        )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    write(int(sys.argv[1]))
