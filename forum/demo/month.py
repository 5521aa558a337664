"""A month of cases that have ended: what the reports of the desk count."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from community import clock
from community.desk import actions as desk
from community.desk.models import Call, Complaint, Deadline, Offer
from community.people.models import Member
from community.requests.actions import close_request
from community.requests.models import ServiceRequest
from community.threads.actions import confirm_answer, post_reply
from community.threads.models import Kind, Post

from .requests import build_request
from .script import read_age

MONTH = Path(__file__).with_name("month.toml")


def build_month(people: dict[str, Member], loaded_at: datetime) -> None:
    for facts in tomllib.loads(MONTH.read_text(encoding="utf-8"))["cases"]:
        request = build_request(facts, people, loaded_at)
        for step in facts["steps"]:
            clock.set_to(loaded_at - read_age(step["at"]))
            STEPS[step["do"]](request, people[step["by"]], step)


def promise(step: dict[str, Any]) -> dict[str, Any]:
    """What is promised; its spans count from its step."""
    at = clock.now()
    begins_at = at + read_age(step["begins"]) if "begins" in step else None
    until = at + read_age(step["within"])
    return {"what": step["what"], "begins_at": begins_at, "until": until, "because": step.get("because", "")}


def deadline(request: ServiceRequest) -> Deadline:
    return Deadline.objects.counting().get(thread=request.thread)


def offer(request: ServiceRequest) -> Offer:
    return Offer.objects.waiting().get(thread=request.thread)


def running(request: ServiceRequest) -> Any:
    return desk.current_promise(request.thread)


def solution(request: ServiceRequest) -> Post:
    return Post.objects.get(thread=request.thread, kind=Kind.SOLUTION)


def needs(request: ServiceRequest, by: Member, step: dict[str, Any]) -> None:
    said = {"otherwise": step["otherwise"], "least": step.get("least", "")}
    desk.state_deadline(by=by, thread=request.thread, at=clock.now() + read_age(step["within"]), **said)


def says(kind: Kind) -> Any:
    return lambda request, by, step: post_reply(by=by, thread=request.thread, body=step["body"], kind=kind)


STEPS: dict[str, Any] = {
    "replies": says(Kind.INFORMATION),
    "solves": says(Kind.SOLUTION),
    "confirms": lambda request, by, step: confirm_answer(by=by, post=solution(request), works=True),
    "promises": lambda request, by, step: desk.make_promise(by=by, thread=request.thread, **promise(step)),
    "delivers": lambda request, by, step: desk.say_delivered(by=by, promise=running(request)),
    "judges": lambda request, by, step: desk.judge_promise(by=by, promise=running(request), word=step["word"]),
    "needs": needs,
    "accepts": lambda request, by, step: desk.accept_deadline(by=by, deadline=deadline(request), **promise(step)),
    "answers_with": lambda request, by, step: desk.offer_alternative(
        by=by, deadline=deadline(request), **promise(step)
    ),
    "declines": lambda request, by, step: desk.decline_deadline(
        by=by, deadline=deadline(request), because=step["because"]
    ),
    "offers": lambda request, by, step: desk.make_offer(by=by, thread=request.thread, what=step["what"]),
    "takes": lambda request, by, step: desk.answer_offer(by=by, offer=offer(request), accepts=True),
    "leaves": lambda request, by, step: desk.answer_offer(by=by, offer=offer(request), accepts=False),
    "calls": lambda request, by, step: desk.call_in(by=by, thread=request.thread),
    "hangs_up": lambda request, by, step: desk.leave_line(by=by, call=Call.objects.in_line().get(asked_by=by)),
    "closes": lambda request, by, step: close_request(by=by, request=request, because=step["because"]),
    "complains": lambda request, by, step: desk.complain(by=by, thread=request.thread, words=step["body"]),
    "hears": lambda request, by, step: desk.answer_complaint(
        by=by, complaint=Complaint.objects.waiting().get(thread=request.thread), answer=step["body"]
    ),
}
