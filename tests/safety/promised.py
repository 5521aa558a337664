"""A promise, a deadline and a call for the account manager, and the presses that answer them."""

from datetime import timedelta
from types import SimpleNamespace

from community import clock
from community.desk.actions import (
    complain,
    escalate,
    join_case,
    make_offer,
    make_promise,
    offer_pair,
    state_deadline,
)
from community.desk.models import CasePair
from community.people.models import Member
from community.requests.models import ServiceRequest
from community.spaces.models import Space
from community.threads.actions import confirm_answer
from tests import make
from tests.safety.press import Press


def set_promises(*, asker: Member, agent: Member, space: Space, request: ServiceRequest) -> SimpleNamespace:
    thread, tomorrow = make.thread(by=asker, space=space, title="Promised"), clock.now() + timedelta(days=1)
    make_promise(by=agent, thread=thread, what="A key", until=tomorrow)
    make_offer(by=agent, thread=thread, what="A visit tonight")
    about = request.thread
    over = make.thread(by=asker, space=space, title="Over", closed_at=clock.now(), closed_because="So.", state="closed")
    other = make.thread(by=agent, space=space, title="Over too", closed_at=clock.now(), closed_because="So.")
    solved = make.thread(by=asker, space=space, title="Solved")
    confirm_answer(by=asker, post=make.reply(solved, by=agent, kind="solution"), works=True)
    offer_pair(thread=about, other=thread)
    call = {"title": "A call", "body": "It stops.", "channel": "telephone", "came_at": clock.now()}
    return SimpleNamespace(
        thread=thread,
        joined=join_case(by=agent, thread=thread, asker=asker, space=space, **call),
        solved=solved,
        pair=CasePair.objects.get(),
        over=over,
        complaint=complain(by=asker, thread=other, words="It came back."),
        deadline=state_deadline(by=asker, thread=about, at=tomorrow, otherwise="We stand still."),
        escalation=escalate(by=asker, organisation=about.organisation, thread=about, because="It stands still."),
    )


def soon(stage) -> str:
    return f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"


def promised(stage):
    return [stage.promised.thread.pk]


def asked(stage):
    return [stage.thread.pk]


NEEDED = frozenset({"at", "otherwise", "least", "zone"})
PROMISE = frozenset({"begins_at", "because", "more", "body", "zone"})
PROMISING = [
    Press("desk:promise", "agent", asked, {"what": "Another", "until": soon, "token": "p1"}, PROMISE),
    Press("desk:promise_done", "agent", promised),
    Press("desk:promise_judge", "asker", promised, {"word": "kept"}),
    Press("desk:offer", "agent", asked, {"what": "A visit", "token": "o1"}),
    Press("desk:offer_answer", "asker", promised, {"take": "no"}),
    Press(
        "desk:deadline",
        "asker",
        asked,
        {"at": soon, "otherwise": "We stand still."},
        frozenset({"least", "zone", "token"}),
    ),
    Press(
        "desk:deadline_decide",
        "agent",
        lambda stage: [stage.promised.deadline.pk],
        {"decision": "decline", "reason": "Nobody can."},
        PROMISE | {"what", "until", "token"},
    ),
    Press(
        "desk:thanks",
        "asker",
        lambda stage: [stage.promised.solved.pk],
        {"member": lambda stage: stage.people.agent.handle},
        frozenset({"words", "do"}),
    ),
    Press("desk:complaint", "asker", lambda stage: [stage.promised.over.pk], {"words": "It came back."}),
    Press("desk:complaint_answer", "agent", lambda stage: [stage.promised.complaint.pk], {"answer": "Thank you."}),
    Press("desk:escalate", "asker", lambda stage: [stage.company.slug], {"because": "We stand still."}),
    Press("desk:escalation_take", "agent", lambda stage: [stage.promised.escalation.pk]),
    Press(
        "desk:write_down",
        "agent",
        lambda stage: [],
        {
            "asker": "peer",
            "space": lambda stage: stage.space.pk,
            "channel": "mail",
            "came_at": lambda stage: f"{clock.now() - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            "title": "A mail",
            "body": "It stops.",
            "token": "w1",
        },
        frozenset({"organisation", "zone", "do", "same"}),
    ),
    Press("desk:part_case", "agent", lambda stage: [stage.promised.joined.pk]),
    Press(
        "desk:same_case",
        "agent",
        promised,
        {"pair": lambda stage: stage.promised.pair.pk, "do": "join"},
    ),
]
