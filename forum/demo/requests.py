"""What the customer companies of the demo have asked support."""

import tomllib
from datetime import datetime
from pathlib import Path

from community import clock
from community.desk.actions import call_in
from community.organisations.models import Organisation
from community.people.models import Member
from community.requests.actions import close_request, hand_over, open_request
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
    if "called" in facts:
        clock.set_to(loaded_at - read_age(facts["called"]))
        call_in(by=people[facts["by"]], thread=request.thread)
    for said in facts.get("said", ()):
        clock.set_to(loaded_at - read_age(said["at"]))
        post = post_reply(by=people[said["by"]], thread=request.thread, body=said["body"], kind=said["kind"])
        if "confirmed" in said:
            clock.set_to(loaded_at - read_age(said["confirmed"]))
            confirm_answer(by=people[facts["by"]], post=post, works=True)
    if "closed" in facts:
        clock.set_to(loaded_at - read_age(facts["closed"]["at"]))
        close_request(by=people[facts["closed"]["by"]], request=request, because=facts["closed"]["because"])
    return request
