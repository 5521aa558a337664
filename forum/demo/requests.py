"""What the customer companies of the demo have asked support."""

import tomllib
from datetime import datetime
from pathlib import Path

from community import clock
from community.desk.actions import (
    accept_deadline,
    call_in,
    escalate,
    make_offer,
    state_deadline,
    take_escalation,
    write_down,
)
from community.desk.models import Called
from community.organisations.models import Organisation
from community.people.models import Member
from community.requests.actions import close_request, copy_in, hand_over, open_request
from community.requests.models import Handover, ServiceRequest
from community.spaces.models import Space
from community.threads.actions import confirm_answer, post_reply

from .script import read_age

REQUESTS = Path(__file__).with_name("requests.toml")


def build_requests(people: dict[str, Member], loaded_at: datetime) -> None:
    """Through the doorways, each at its time; the mails count as sent, since their addresses are invented."""
    written = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))
    for facts in written["requests"]:
        build_request(facts, people, loaded_at)
    for facts in written["received"]:
        clock.set_to(loaded_at - read_age(facts["at"]))
        write_down(
            by=people[facts["by"]],
            asker=people[facts["asker"]],
            organisation=Organisation.objects.get(slug=facts["organisation"]),
            space=Space.objects.get(slug=facts["space"]),
            title=facts["title"],
            body=facts["body"],
            channel=facts["channel"],
            came_at=loaded_at - read_age(facts["came"]),
        )
    for facts in written["handed_over"]:
        clock.set_to(loaded_at - read_age(facts["at"]))
        hand_over(
            by=people[facts["by"]],
            organisation=Organisation.objects.get(slug=facts["organisation"]),
            caller=people[facts["to"]],
            title=facts["title"],
            body=facts["body"],
        )
    ServiceRequest.objects.update(receipt_at=loaded_at)
    Handover.objects.update(mailed_at=loaded_at)
    Called.objects.update(mailed_at=loaded_at)


def look_ahead(request: ServiceRequest, facts: dict, people: dict[str, Member], loaded_at: datetime) -> None:
    """What is needed, who was called because of it, and what was promised then; spans count from their step."""

    def at(step: dict) -> datetime:
        moment = loaded_at - read_age(step["at"])
        clock.set_to(moment)
        return moment

    thread, asker = request.thread, people[facts["by"]]
    needed, called, promised = facts["needed"], facts["escalated"], facts["promised"]
    deadline = state_deadline(
        by=asker,
        thread=thread,
        at=at(needed) + read_age(needed["within"]),
        otherwise=needed["otherwise"],
        least=needed["least"],
    )
    at(called)
    organisation = thread.organisation
    escalation = escalate(by=asker, organisation=organisation, thread=thread, because=called["because"])
    clock.set_to(loaded_at - read_age(called["taken"]))
    take_escalation(by=organisation.account_manager, escalation=escalation)
    moment = at(promised)
    by = people[promised["by"]]
    accept_deadline(
        by=by,
        deadline=deadline,
        what=promised["what"],
        begins_at=moment + read_age(promised["begins"]),
        until=moment + read_age(promised["until"]),
        because=promised["because"],
    )
    make_offer(by=by, thread=thread, what=promised["offers"])


def build_request(facts: dict, people: dict[str, Member], loaded_at: datetime) -> ServiceRequest:
    clock.set_to(loaded_at - read_age(facts["at"]))
    request = open_request(
        by=people[facts["by"]],
        organisation=Organisation.objects.get(slug=facts["organisation"]),
        space=Space.objects.get(slug=facts["space"]),
        title=facts["title"],
        body=facts["body"],
        severity=facts["severity"],
        contact="call" if "telephone" in facts else "written",
        telephone=facts.get("telephone", ""),
    )
    if "copied_in" in facts:
        copy_in(by=people[facts["by"]], request=request, member=people[facts["copied_in"]])
    if "called" in facts:
        clock.set_to(loaded_at - read_age(facts["called"]))
        call_in(by=people[facts["by"]], thread=request.thread)
    for said in facts.get("said", ()):
        clock.set_to(loaded_at - read_age(said["at"]))
        post = post_reply(by=people[said["by"]], thread=request.thread, body=said["body"], kind=said["kind"])
        if "confirmed" in said:
            clock.set_to(loaded_at - read_age(said["confirmed"]))
            confirm_answer(by=people[facts["by"]], post=post, works=True)
    if "needed" in facts:
        look_ahead(request, facts, people, loaded_at)
    if "closed" in facts:
        clock.set_to(loaded_at - read_age(facts["closed"]["at"]))
        close_request(by=people[facts["closed"]["by"]], request=request, because=facts["closed"]["because"])
    return request
