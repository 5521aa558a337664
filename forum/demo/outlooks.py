"""The sentences of the demo about what is promised, needed and offered."""

from community.desk import actions as desk
from community.people.models import Member

from .script import Step, read_age
from .stage import Stage
from .verbs import thread_of, verb
from .words import filled_in


@verb(r"promises (?P<what>.+?) (?:from (?P<begins>[\w ]+) )?until (?P<until>[\w ]+?)(?: because (?P<because>\w+))?")
def promises(by: Member, step: Step, stage: Stage, what: str, begins: str | None, until: str, because: str) -> None:
    """`from` and `until` say how long after the step."""
    at = stage.loaded_at - step.age
    desk.make_promise(
        by=by,
        thread=thread_of(step, stage),
        what=what,
        begins_at=at + read_age(begins) if begins else None,
        until=at + read_age(until),
        because=because or "",
        body=filled_in(step, stage, by) if step.body else "",
    )


@verb(r"says that it is done")
def says_that_it_is_done(by: Member, step: Step, stage: Stage) -> None:
    desk.say_delivered(by=by, promise=desk.current_promise(thread_of(step, stage)))


@verb(r"calls the promise (?P<word>kept|late|broken)")
def calls_the_promise(by: Member, step: Step, stage: Stage, word: str) -> None:
    desk.judge_promise(by=by, promise=desk.current_promise(thread_of(step, stage)), word=word)


@verb(r"needs it within (?P<within>[\w ]+), else (?P<otherwise>.+)")
def needs_it(by: Member, step: Step, stage: Stage, within: str, otherwise: str) -> None:
    at = stage.loaded_at - step.age + read_age(within)
    desk.state_deadline(by=by, thread=thread_of(step, stage), at=at, otherwise=otherwise, least=step.body)


@verb(r"offers (?P<what>.+)")
def offers(by: Member, step: Step, stage: Stage, what: str) -> None:
    desk.make_offer(by=by, thread=thread_of(step, stage), what=what)


@verb(r"says that it did not help")
def says_that_it_did_not_help(by: Member, step: Step, stage: Stage) -> None:
    desk.complain(by=by, thread=thread_of(step, stage), words=step.body)


@verb(r"thanks (?P<handle>[\w-]+)")
def thanks(by: Member, step: Step, stage: Stage, handle: str) -> None:
    desk.thank(by=by, thread=thread_of(step, stage), member=stage.people[handle], words=step.body)
