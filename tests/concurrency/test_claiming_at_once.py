"""Eight who decide work through two hundred cases at once: each is decided once, whoever claimed it decided it."""

from functools import partial

import pytest

from community.moderation.actions import claim_next, decline_flag, flag_thing
from community.moderation.models import Case, Decision, Flag
from community.people.models import Role
from community.policy import OutOfStep
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

CASES, DECIDERS = 200, 8


def work_through(by) -> list[int]:
    """Claim the next free one and decide it, until none is left."""
    mine = []
    while True:
        try:
            case = claim_next(by=by)
            decline_flag(by=by, flag=case.flags.first(), because="It stands.")
        except OutOfStep:
            if not Case.objects.waiting().exists():
                return mine
        else:
            mine.append(case.pk)


def test_eight_who_decide_at_once_decide_each_case_once(at_once):
    thread, flagger = make.thread(), make.member()
    for _each in range(CASES):
        flag_thing(by=flagger, thing=make.reply(thread), why="spam")
    people = [make.member(role=Role.MODERATOR) for _ in range(DECIDERS)]

    done = at_once([partial(work_through, by) for by in people])

    assert sorted(pk for each in done for pk in each) == sorted(Case.objects.values_list("pk", flat=True))
    assert Decision.objects.count() == Flag.objects.exclude(decided_at=None).count() == CASES
    for by, mine in zip(people, done, strict=True):
        assert Case.objects.filter(decided_by=by).count() == len(mine)
