from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock, languages
from community.events import publish
from community.people import gate, names, sessions
from community.people.events import MemberDeactivated, MemberReactivated, RoleChanged
from community.people.models import Member, Role
from community.people.policies import may_be_called, may_deactivate, may_set_role
from community.policy import Invalid, require


@transaction.atomic
def edit_profile(*, by: Member, name: str, bio: str, website: str, time_zone: str, language: str) -> Member:
    """Everybody edits their own profile and nobody else's.

    Raises Invalid("name", …) for a name they may not carry, and Invalid for words that are not taken here.
    """
    member = locked(by.pk)
    may_carry = may_be_called(member, name)
    if not may_carry:
        raise Invalid("name", may_carry.reason)
    gate.let_through(member, {"name": name, "bio": bio, "website": website})
    member.name = names.cleaned(name)
    member.bio, member.website, member.time_zone, member.language = bio, website, time_zone, language
    member.save(update_fields=["name", "bio", "website", "time_zone", "language"])
    return member


@transaction.atomic
def choose_language(*, by: Member, language: str) -> Member:
    """The words of the house, at pages and in mails, in this language from now on."""
    if not languages.known(language):
        raise Invalid("language", _("We do not speak this language yet."))
    member = locked(by.pk)
    member.language = language
    member.save(update_fields=["language"])
    return member


@transaction.atomic
def set_role(*, by: Member, member: Member, role: Role) -> Member:
    """Administrators enter the back office with every right; editors of pages are made there, by group."""
    member = locked(member.pk)
    require(may_set_role(by, member))
    if member.role == role:
        return member
    was, member.role = member.role, role
    member.is_staff = member.is_superuser = role == Role.ADMINISTRATOR
    member.save(update_fields=["role", "is_staff", "is_superuser"])
    if role == Role.CUSTOMER:
        member.groups.clear()
        member.user_permissions.clear()
    # New rights begin with a new sign-in, so that no old session carries them.
    sessions.end_all(member)
    publish(RoleChanged(member_id=member.pk, by_id=by.pk, was=was, became=role))
    return member


@transaction.atomic
def deactivate(*, by: Member, member: Member, because: str) -> Member:
    """Nobody signs in as this member any more; what they wrote stays."""
    if not because.strip():
        raise Invalid("because", _("Say why, so that the next one who looks knows."))
    member = locked(member.pk)
    require(may_deactivate(by, member))
    if not member.is_active:
        return member
    member.is_active, member.deactivated_at, member.deactivated_because = False, clock.now(), because.strip()
    member.save(update_fields=["is_active", "deactivated_at", "deactivated_because"])
    sessions.end_all(member)
    publish(MemberDeactivated(member_id=member.pk, by_id=by.pk))
    return member


@transaction.atomic
def reactivate(*, by: Member, member: Member, because: str) -> Member:
    if not because.strip():
        raise Invalid("because", _("Say why, so that the next one who looks knows."))
    member = locked(member.pk)
    require(may_deactivate(by, member))
    if member.is_active:
        return member
    member.is_active, member.deactivated_at, member.deactivated_because = True, None, because.strip()
    member.save(update_fields=["is_active", "deactivated_at", "deactivated_because"])
    publish(MemberReactivated(member_id=member.pk, by_id=by.pk))
    return member


def restrict(member: Member, what: str, *, at: datetime, until: datetime | None, because: str) -> None:
    """Let a silence ("silenced") or a suspension ("suspended") stand. The caller holds the lock and has asked."""
    write_restriction(member, what, at=at, until=until, because=because)
    if what == "suspended":
        sessions.end_all(member)


def free(member: Member, what: str) -> None:
    """It stands no more. The caller holds the lock and has asked."""
    write_restriction(member, what, at=None, until=None, because="")


def write_restriction(member: Member, what: str, **facts: Any) -> None:
    for name, fact in facts.items():
        setattr(member, f"{what}_{name}", fact)
    member.save(update_fields=[f"{what}_{name}" for name in facts])


def write_profile(member: Member, words: Mapping[str, str]) -> None:
    """What it says, by field, whatever it said before. The caller holds the lock and has asked."""
    for name, said in words.items():
        setattr(member, name, said)
    member.save(update_fields=list(words))


@transaction.atomic
def credit_help(*, member_id: int, people: int) -> None:
    """`people` more were helped by this member, or fewer when it is negative. Trust follows by rule."""
    member = locked(member_id)
    member.helped_count = max(0, member.helped_count + people)
    member.save(update_fields=["helped_count"])


def locked(member_id: int) -> Member:
    """The member with its row locked, as it is now."""
    # "no key": what somebody writes refers to its author, and two who help each other would wait in a circle.
    return Member.objects.select_for_update(no_key=True).get(pk=member_id)
