"""More open threads than any desk should have: python -m tests.bench.open_threads 50000, into the forum's own data."""

import os
import sys
from datetime import timedelta
from random import Random

QUEUES = {
    "unanswered": "waiting_us", "came_back": "waiting_us", "others_wrote": "waiting_us",
    "to_confirm": "answered", "asker": "waiting_asker",
}  # fmt: skip
AT_ONCE = 1000


def write(count: int) -> None:
    """Threads with their question, each in a queue, most of them with a moment at which something breaks."""
    from community import clock
    from community.desk.models import Handling
    from community.people.models import Member
    from community.spaces.models import Space
    from community.threads.models import Post, Thread

    random_, now = Random(4127), clock.now()
    people = list(Member.objects.filter(role="customer")[:50])
    agents = list(Member.objects.filter(role="agent"))
    spaces = list(Space.objects.all())
    for begin in range(0, count, AT_ONCE):
        threads, rows = [], []
        for number in range(begin, min(begin + AT_ONCE, count)):
            queue = random_.choice(tuple(QUEUES))
            asked_at = now - timedelta(minutes=random_.randint(1, 60_000))
            asker = random_.choice(people)
            threads.append(
                Thread(
                    title=f"Open question {number}",
                    slug=f"open-question-{number}",
                    space=random_.choice(spaces),
                    author=asker,
                    last_poster=asker,
                    created_at=asked_at,
                    last_post_at=asked_at,
                    state=QUEUES[queue],
                    state_since=asked_at,
                    post_count=1,
                    seq=1,
                )
            )
            rows.append((queue, asked_at))
        Thread.objects.bulk_create(threads)
        Post.objects.bulk_create(
            Post(
                thread=t,
                number=1,
                position=1,
                author=t.author,
                body="Why?",
                html="<p>Why?</p>",
                created_at=t.created_at,
            )
            for t in threads
        )
        Handling.objects.bulk_create(
            Handling(
                thread=thread,
                queue=queue,
                since=asked_at,
                entered_at=asked_at,
                next_at=asked_at + timedelta(days=40) if queue != "asker" and random_.random() < 0.9 else None,
                next_for="solution",
                assigned_to=random_.choice(agents) if random_.random() < 0.3 else None,
            )
            for thread, (queue, asked_at) in zip(threads, rows, strict=True)
        )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    write(int(sys.argv[1]))
