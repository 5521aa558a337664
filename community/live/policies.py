"""Who may listen to what. Asked when a socket subscribes, and again before a frame is handed over."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from community import clock
from community.people.policies import is_team
from community.policy import Verdict, refused
from community.spaces.models import Space
from community.threads.models import Lane, Thread
from community.threads.policies import may_reply


@dataclass(frozen=True, slots=True)
class Standing:
    """Who of those asked about may listen, and the number of the stream's newest change (None: not numbered)."""

    everyone: bool = False
    members: frozenset[int] = frozenset()
    head: int | None = None

    def allows(self, member_id: int | None) -> bool:
        return self.everyone or member_id in self.members


NOBODY = Standing()

type Rule = Callable[[int, frozenset[int]], Standing]

RULES: dict[re.Pattern, Rule] = {}


def stream(pattern: str) -> Callable[[Rule], Rule]:
    """Registers who may listen to the streams whose whole name fits the pattern; its one group is an id."""

    def register(rule: Rule) -> Rule:
        # 18 digits fit every database's id; longer ones name nothing.
        RULES[re.compile(pattern.replace("<id>", "([0-9]{1,18})"))] = rule
        return rule

    return register


def standing(name: str, member_ids: Collection[int | None]) -> Standing:
    """Whether everyone may listen to the stream and, if not, which of these members may. Asks the database."""
    for pattern, rule in RULES.items():
        if match := pattern.fullmatch(name):
            pk = int(match[1]) if pattern.groups else 0
            return rule(pk, frozenset(member_id for member_id in member_ids if member_id is not None))
    return NOBODY


def members(ids: Collection[int]) -> dict[int, Any]:
    return get_user_model().objects.filter(is_active=True).in_bulk(ids) if ids else {}


@stream("thread:<id>")
def readers_of_thread(pk: int, member_ids: frozenset[int]) -> Standing:
    return readers(Thread.objects, pk, member_ids, head="seq")


@stream("thread:<id>:team")
def team_of_thread(pk: int, member_ids: frozenset[int]) -> Standing:
    thread = Thread.objects.filter(pk=pk).only("audience").first()
    inside = thread.is_inside if thread else is_team
    team = frozenset(pk for pk, member in members(member_ids).items() if inside(member))
    found = readers(Thread.objects, pk, team, head="team_seq")
    return Standing(members=team if found.everyone else found.members, head=found.head) if team else NOBODY


@stream("list:all")
def readers_of_latest(pk: int, member_ids: frozenset[int]) -> Standing:
    return Standing(everyone=True)


@stream("list:space-<id>")
def readers_of_space(pk: int, member_ids: frozenset[int]) -> Standing:
    return readers(Space.objects, pk, member_ids)


@stream("list:flags")
def readers_of_flags(pk: int, member_ids: frozenset[int]) -> Standing:
    return Standing(members=frozenset(pk for pk, member in members(member_ids).items() if member.curates))


@stream("list:desk")
def readers_of_the_desk(pk: int, member_ids: frozenset[int]) -> Standing:
    return Standing(members=frozenset(pk for pk, member in members(member_ids).items() if member.is_team))


@stream("list:line")
def readers_of_the_line(pk: int, member_ids: frozenset[int]) -> Standing:
    return Standing(members=frozenset(pk for pk, member in members(member_ids).items() if member.answers_officially))


@stream("member:<id>")
def only_the_member(pk: int, member_ids: frozenset[int]) -> Standing:
    return Standing(members=frozenset(members(member_ids & {pk})))


def readers(objects: Any, pk: int, member_ids: frozenset[int], *, head: str = "") -> Standing:
    """Who sees the row. `visible_to` decides, for a visitor first: what a visitor may read everybody may."""

    def seen_by(reader: Any) -> int | None:
        return objects.visible_to(reader).filter(pk=pk).values_list(head or "pk", flat=True).first()

    found = seen_by(AnonymousUser())
    if found is not None:
        return Standing(everyone=True, head=found if head else None)
    answers: dict[int, int | None] = {}
    support_has_read: dict[str, int | None] = {}
    for member_id, member in members(member_ids).items():
        if not member.answers_officially:
            answers[member_id] = seen_by(member)
        else:
            # Support reads alike; one question answers for all of it.
            if not support_has_read:
                support_has_read["it"] = seen_by(member)
            answers[member_id] = support_has_read["it"]
    allowed = {member_id: found for member_id, found in answers.items() if found is not None}
    return Standing(members=frozenset(allowed), head=max(allowed.values(), default=None) if head else None)


def may_show_typing(name: str, member_id: int) -> Verdict:
    """Whether this member could send what he is typing there."""
    match = re.fullmatch(r"thread:([0-9]{1,18})(?::team)?", name)
    thread = match and Thread.objects.filter(pk=int(match[1])).first()
    member = get_user_model().objects.filter(pk=member_id, is_active=True).first()
    if not thread or not member:
        return refused("")
    return may_reply(member, thread)


def heads(names: Iterable[str]) -> dict[str, int]:
    """The newest number of each numbered stream, in one question."""
    threads: dict[int, list[tuple[str, str]]] = {}
    for name in names:
        if match := re.fullmatch(r"thread:([0-9]{1,18})(:team)?", name):
            threads.setdefault(int(match[1]), []).append((name, Lane.TEAM if match[2] else Lane.ALL))
    found = {}
    for pk, seq, team_seq in Thread.objects.filter(pk__in=threads).values_list("pk", "seq", "team_seq"):
        for name, lane in threads[pk]:
            found[name] = team_seq if lane == Lane.TEAM else seq
    return found


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a socket was opened with, and what must still be true of it."""

    session_key: str
    member_id: int
    # Changes with the password and when all sessions are ended at once.
    seal: str

    @classmethod
    def of(cls, member: Any, session_key: str) -> "SignIn":
        return cls(session_key, member.pk, member.get_session_auth_hash())


def still_signed_in(sign_ins: Collection[SignIn]) -> set[SignIn]:
    """Those whose session has not ended and whose member is still welcome."""
    seals = {pk: member.get_session_auth_hash() for pk, member in members({one.member_id for one in sign_ins}).items()}
    sessions = living_sessions({one.session_key for one in sign_ins})
    return {one for one in sign_ins if seals.get(one.member_id) == one.seal and one.session_key in sessions}


def living_sessions(keys: Collection[str]) -> set[str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if hasattr(store, "get_model_class"):
        rows = store.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=clock.now())
        return set(rows.values_list("session_key", flat=True))
    return {key for key in keys if store().exists(key)}
