"""The sentences of the demo: each leads to the action a person would have taken."""

import re
from collections.abc import Callable

from community.moderation import actions as moderation
from community.moderation.models import Sanction, SanctionKind
from community.people.models import Member
from community.spaces.models import Platform, Product, Space, Tag, Version
from community.threads import actions
from community.threads.models import Audience, Genre, Kind, Thread
from community.tickets.actions import link_ticket

from .script import Step, Unreadable
from .stage import Stage
from .words import filled_in

type Doing = Callable[..., None]
VERBS: list[tuple[str, re.Pattern, Doing]] = []

KINDS = {
    "an acknowledgement": Kind.ACKNOWLEDGEMENT,
    "a question back": Kind.QUESTION,
    "a workaround": Kind.WORKAROUND,
    "a solution": Kind.SOLUTION,
}


def verb(sentence: str) -> Callable[[Doing], Doing]:
    """Registers what to do for everybody who is the subject of a sentence that matches."""

    def register(doing: Doing) -> Doing:
        VERBS.append((doing.__name__, re.compile(rf"(?P<who>.+?) {sentence}"), doing))
        return doing

    return register


def play(step: Step, stage: Stage) -> None:
    """Let the people of a step do what its sentence says. The clock stands at the time of the step."""
    for name, pattern, doing in VERBS:
        if match := pattern.fullmatch(step.sentence):
            facts = match.groupdict()
            for member in stage.persons(facts.pop("who"), name, step):
                doing(member, step, stage, **facts)
            return
    raise Unreadable(f"{step}: nobody knows how to do this")


@verb("(asks|opens a discussion|announces)")
def starts(by: Member, step: Step, stage: Stage) -> None:
    header = step.script.header
    product, version = product_of(header.get("product", ""))
    platform = header.get("platform")
    named = [stage.person(handle, step) for handle in header.get("with", "").split()]
    thread = actions.ask_question(
        by=by,
        space=Space.objects.get(slug=header["space"]),
        title=header["title"],
        body=filled_in(step, stage, by),
        genre=header.get("genre", Genre.QUESTION),
        audience=header.get("audience", Audience.EVERYONE),
        product=product,
        version=version,
        platform=Platform.objects.get(name=platform) if platform else None,
        tags=Tag.objects.filter(slug__in=header.get("tags", "").split(", ")),
        is_approved=True,
    )
    thread.named.add(*named)
    stage.threads[step.script.name] = thread


def product_of(text: str) -> tuple[Product | None, Version | None]:
    """`Relay Mail 7.2` as a product and one of its versions."""
    if not text:
        return None, None
    name, _, number = text.rpartition(" ")
    version = Version.objects.select_related("product").get(product__name=name, name=number)
    return version.product, version


@verb("replies(?: with (?P<kind>.+?))?(?: because (?P<because>.+))?")
def replies(by: Member, step: Step, stage: Stage, kind: str | None, because: str | None) -> None:
    actions.post_reply(
        by=by,
        thread=thread_of(step, stage),
        body=filled_in(step, stage, by),
        kind=KINDS[kind] if kind else Kind.INFORMATION,
        because=because or "",
        is_approved=True,
    )


@verb("notes")
def notes(by: Member, step: Step, stage: Stage) -> None:
    actions.post_reply(by=by, thread=thread_of(step, stage), body=filled_in(step, stage, by), kind=Kind.NOTE)


@verb(r"edits (?P<number>\d+): (?P<because>.+)")
def edits(by: Member, step: Step, stage: Stage, number: str, because: str) -> None:
    post = stage.post(number, step)
    body = filled_in(step, stage, by)
    seen = post.revision_count
    actions.edit_post(by=by, post=post, body=body, seen_revision=seen, because=because, is_approved=True)


@verb(r"deletes (?P<number>\d+): (?P<because>.+)")
def deletes(by: Member, step: Step, stage: Stage, number: str, because: str) -> None:
    actions.delete_post(by=by, post=stage.post(number, step), because=because)


@verb(r"accepts (?P<number>\d+)")
def accepts(by: Member, step: Step, stage: Stage, number: str) -> None:
    actions.accept_answer(by=by, post=stage.post(number, step))


@verb(r"(confirms?|says?) (?P<number>\d+)(?P<failed> failed)? on (?P<on>\S+)")
def judges(by: Member, step: Step, stage: Stage, number: str, failed: str | None, on: str) -> None:
    thread = thread_of(step, stage)
    actions.confirm_answer(
        by=by,
        post=stage.post(number, step),
        works=not failed,
        version=Version.objects.get(product=thread.product_id, name=on),
        platform=thread.platform,
    )


@verb(r"votes? for (?P<number>\d+)")
def votes(by: Member, step: Step, stage: Stage, number: str) -> None:
    actions.vote(by=by, post=stage.post(number, step))


@verb(r"bookmarks? (?P<number>\d+)")
def bookmarks(by: Member, step: Step, stage: Stage, number: str) -> None:
    actions.bookmark(by=by, post=stage.post(number, step))


@verb("(has|have) this too")
def has_it_too(by: Member, step: Step, stage: Stage) -> None:
    thread = thread_of(step, stage)
    actions.me_too(by=by, thread=thread, version=thread.version)


@verb("follows?")
def follows(by: Member, step: Step, stage: Stage) -> None:
    actions.follow(by=by, thread=thread_of(step, stage))


@verb("reads? it")
def reads(by: Member, step: Step, stage: Stage) -> None:
    thread = thread_of(step, stage)
    actions.mark_read(by=by, thread=thread, number=thread.post_count)


@verb("drafts")
def drafts(by: Member, step: Step, stage: Stage) -> None:
    actions.save_draft(by=by, thread=thread_of(step, stage), body=step.body, kind=Kind.SOLUTION)


@verb(r"flags (?P<number>\d+) as (?P<why>\w+)(?:: (?P<words>.+))?")
def flags(by: Member, step: Step, stage: Stage, number: str, why: str, words: str | None) -> None:
    moderation.flag_thing(by=by, thing=stage.post(number, step), why=why, words=words or "")


@verb(r"upholds the flag on (?P<number>\d+): (?P<because>.+)")
def upholds(by: Member, step: Step, stage: Stage, number: str, because: str) -> None:
    flag = stage.post(number, step).flags.get(decided_at=None)
    moderation.uphold_flag(by=by, flag=flag, because=because)


@verb(r"hides (?P<number>\d+): (?P<because>.+)")
def hides(by: Member, step: Step, stage: Stage, number: str, because: str) -> None:
    moderation.hide_post(by=by, post=stage.post(number, step), because=because)


@verb(r"warns (?P<handle>[\w-]+): (?P<because>.+)")
def warns(by: Member, step: Step, stage: Stage, handle: str, because: str) -> None:
    member = stage.person(handle, step)
    moderation.sanction_member(by=by, member=member, kind=SanctionKind.WARNING, because=because)


@verb(r"suspends (?P<handle>[\w-]+) for good: (?P<because>.+)")
def suspends(by: Member, step: Step, stage: Stage, handle: str, because: str) -> None:
    member = stage.person(handle, step)
    moderation.sanction_member(by=by, member=member, kind=SanctionKind.SUSPENSION, because=because)


@verb(r"notes about (?P<handle>[\w-]+): (?P<words>.+)")
def notes_about(by: Member, step: Step, stage: Stage, handle: str, words: str) -> None:
    moderation.note_person(by=by, member=stage.person(handle, step), words=words)


@verb("appeals: (?P<words>.+)")
def appeals(by: Member, step: Step, stage: Stage, words: str) -> None:
    moderation.appeal_sanction(by=by, sanction=Sanction.objects.filter(member=by).latest("at"), words=words)


@verb("locks it: (?P<because>.+)")
def locks(by: Member, step: Step, stage: Stage, because: str) -> None:
    moderation.lock_thread(by=by, thread=thread_of(step, stage), because=because)


@verb("locks it, chosen in a list: (?P<because>.+)")
def locks_in_a_batch(by: Member, step: Step, stage: Stage, because: str) -> None:
    thread = thread_of(step, stage)
    batch = moderation.begin_batch(by=by, threads=[thread.pk], act="lock", because=because)
    moderation.continue_batch(batch.pk)


@verb("closes it: (?P<because>.+)")
def closes(by: Member, step: Step, stage: Stage, because: str) -> None:
    moderation.close_thread(by=by, thread=thread_of(step, stage), because=because)


@verb("pins it")
def pins(by: Member, step: Step, stage: Stage) -> None:
    moderation.pin_thread(by=by, thread=thread_of(step, stage))


@verb(r"merges it into (?P<name>[\w-]+)")
def merges_it(by: Member, step: Step, stage: Stage, name: str) -> None:
    moderation.merge_thread(by=by, thread=thread_of(step, stage), into=stage.thread(name, step))


@verb(r"links (?P<number>\d+) to (?P<ticket>\S+)")
def links(by: Member, step: Step, stage: Stage, number: str, ticket: str) -> None:
    post = stage.post(number, step)
    link_ticket(by=by, thread=thread_of(step, stage), system="console", number=ticket, post=post)


def thread_of(step: Step, stage: Stage) -> Thread:
    return stage.thread(step.script.name, step)
