"""Builds the demo through the same actions as people's own clicks, with the clock set back for each of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from cms import demo as pages
from community import clock, events, wiring
from community.desk.actions import look_for_gaps
from community.desk.reactions import (
    mail_those_called,
    queue_gap_mails,
    queue_reminder,
    tell_of_a_breach,
    tell_of_a_mark,
)
from community.people.actions import erase, forget
from community.people.models import Member
from community.search.catching_up import catch_up
from community.search.reactions import queue_indexing
from community.spaces.models import Space
from community.threads.importing import Importer, read_thread

from .desk import build_desk
from .held import build_held
from .live_desk import build_live_desk
from .month import build_month
from .organisations import build_organisations
from .outlooks import promises as _promises  # noqa: F401 - its sentences are known once it is read
from .people import DOORS, build_people
from .places import build_places
from .promises import build_promises, look_at_all_clocks
from .replies import build_replies
from .requests import build_requests
from .script import read_age, read_all
from .stage import Stage
from .verbs import play

# What was late before anybody came is on the pages, and nobody is written a letter about it.
UNHEARD = (
    queue_indexing,
    queue_gap_mails,
    tell_of_a_mark,
    tell_of_a_breach,
    queue_reminder,
    mail_those_called,
)
OLD_FORUM = Path(__file__).with_name("old-forum.jsonl")


def is_built() -> bool:
    """Whether the demo's people are here already."""
    return Member.objects.filter(handle__in=DOORS).exists()


def build() -> int:
    """Everything in one transaction; the number of threads. Raises Unreadable and leaves nothing if a file is wrong."""
    loaded_at = clock.now().replace(microsecond=0)
    with transaction.atomic(), unheard():
        people = build_people(loaded_at)
        build_places(people)
        build_organisations(people, loaded_at)
        build_promises(people)
        build_replies(people)
        take_over_the_old_forum(loaded_at)
        stage = Stage(people=people, loaded_at=loaded_at)
        scripts = read_all()
        for step in sorted((step for script in scripts for step in script.steps), key=lambda step: -step.age):
            clock.set_to(loaded_at - step.age)
            play(step, stage)
        build_live_desk(people, loaded_at)
        build_month(people, loaded_at)
        build_requests(people, loaded_at)
        build_held(people, loaded_at)
        let_one_go(people["zinnia"], loaded_at)
        clock.set_to(loaded_at)
        look_at_all_clocks()
        build_desk(people)
        look_for_gaps()
        for _count in catch_up():
            pass
        pages.build()
    return len(scripts)


@contextmanager
def unheard() -> Iterator[None]:
    """Nobody has a page open yet, so nothing is sent to one; what was said is indexed at once instead of post by
    post. The clock runs again whatever happens."""
    together = {
        event: [reaction for reaction in reactions if reaction not in UNHEARD]
        for event, reactions in wiring.TOGETHER.items()
    }
    events.wire(together=together, afterwards={})
    try:
        yield
    finally:
        clock.reset()
        events.wire(together=wiring.TOGETHER, afterwards=wiring.AFTERWARDS)


def let_one_go(member: Member, loaded_at: datetime) -> None:
    """She spoke here and has had her account erased since: what she said stays, by a former member."""
    clock.set_to(loaded_at - timedelta(hours=2))
    erase(by=member, member=member)
    forget(member_id=member.pk)


def take_over_the_old_forum(loaded_at: datetime) -> None:
    """A thread from before Relay had this forum, so that nobody knows whether it helped."""
    importer = Importer(source="old-forum", space=Space.objects.get(slug="mail"))
    for line in OLD_FORUM.read_text(encoding="utf-8").splitlines():
        thread = json.loads(line)
        for written in (thread, *thread["posts"]):
            written["created_at"] = (loaded_at - read_age(written["created_at"])).isoformat()
        importer.take(read_thread(json.dumps(thread).encode()))
