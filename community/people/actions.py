from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community import clock, languages
from community.events import publish
from community.people import gate, handles, leftovers, names, sessions
from community.people.events import (
    DataAskedFor,
    DataReady,
    MemberDeactivated,
    MemberErased,
    MemberForgotten,
    MemberReactivated,
    RoleChanged,
)
from community.people.exporting import archive_of
from community.people.forgetting import take_out, words_of
from community.people.models import FETCHED_WITHIN, Erasure, Export, Member, Muting, Role, SpentHandle
from community.people.policies import (
    ASKED_AGAIN_AFTER,
    may_ask_for_data,
    may_be_called,
    may_deactivate,
    may_erase,
    may_mute,
    may_set_role,
)
from community.policy import Invalid, require

# Who wants to hear nothing from more people wants another place.
MOST_MUTED = 500


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


@transaction.atomic
def mute(*, by: Member, member: Member, blocks: bool = False) -> None:
    """Hear nothing from somebody; with `blocks`, be out of reach too. The last word counts."""
    require(may_mute(by, member))
    by = locked(by.pk)
    if len(by.muted) >= MOST_MUTED and member.pk not in by.muted:
        raise Invalid("member", _("You have muted as many as one can. Let somebody be heard again first."))
    Muting.objects.update_or_create(
        by=by, member=member, defaults={"blocks": blocks}, create_defaults={"blocks": blocks, "at": clock.now()}
    )
    settle_muted(by)


@transaction.atomic
def unmute(*, by: Member, member: Member) -> None:
    by = locked(by.pk)
    Muting.objects.filter(by=by, member=member).delete()
    settle_muted(by)


def settle_muted(by: Member) -> None:
    """Bring the ids on the member's row in step with the rows of who is muted. The caller holds the lock."""
    by.muted = sorted(Muting.objects.filter(by=by).values_list("member_id", flat=True))
    by.save(update_fields=["muted"])


@transaction.atomic
def ask_for_data(*, by: Member) -> Export:
    """Have the member's own data put together; whoever asked is told when it can be fetched."""
    by = locked(by.pk)
    latest = Export.objects.filter(member=by).order_by("-asked_at").first()
    require(may_ask_for_data(by, latest.asked_at if latest else None))
    export = Export.objects.create(member=by, asked_at=clock.now())
    publish(DataAskedFor(export_id=export.pk))
    return export


def put_data_together(*, export_id: int) -> None:
    """Runs twice: the second finds it done. A member who has gone meanwhile took the request along."""
    export = Export.objects.select_related("member").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    with archive_of(export.member) as archive:
        export.file.save("data.zip", File(archive), save=False)
    with transaction.atomic():
        if Export.objects.filter(pk=export_id, ready_at=None).update(ready_at=clock.now(), file=export.file.name):
            publish(DataReady(export_id=export_id))
        else:
            drop_file(export)


def drop_old_data() -> None:
    """After seven days there is nothing to fetch; what was never made in a day can be asked for again."""
    now = clock.now()
    is_over = Q(ready_at__lt=now - FETCHED_WITHIN) | Q(ready_at=None, asked_at__lt=now - ASKED_AGAIN_AFTER)
    for export in Export.objects.filter(is_over):
        with transaction.atomic():
            drop_file(export)
            export.delete()


def drop_file(export: Export) -> None:
    if export.file:
        storage, name = export.file.storage, str(export.file.name)
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def erase(*, by: Member, member: Member, because: str = "") -> Member:
    """Let a member be nobody in particular, for good. Posts, votes and facts stay; whose they were is gone.

    Somebody else says why. The same again changes nothing. What others wrote of the member follows: `forget`.
    """
    because = " ".join(because.split())
    if by.pk != member.pk and not because:
        raise Invalid("because", _("Say why, so that the next one who looks knows."))
    member = locked(member.pk)
    if member.erased_at:
        return member
    require(may_erase(by, member))
    at = clock.now()
    words = {"handle": member.handle, "name": member.name, "emails": leftovers.addresses_of(member)}
    Erasure.objects.create(member=member, by=by, because=because[:300], at=at, words=words)
    SpentHandle.objects.get_or_create(mark=handles.spent_mark(member.handle))
    # While the addresses are still known: what others keep by them goes too.
    publish(MemberErased(member_id=member.pk, by_id=by.pk))
    leftovers.remove(member)
    for export in Export.objects.filter(member=member):
        drop_file(export)
        export.delete()
    member.handle, member.erased_at, member.is_active = handles.of_somebody_gone(member.pk), at, False
    member.email = member.name = member.bio = member.website = member.time_zone = member.language = ""
    member.deactivated_at, member.deactivated_because, member.last_login = None, "", None
    member.unread_notices, member.muted = 0, []
    member.password = UNUSABLE_PASSWORD_PREFIX
    member.save()
    sessions.end_all(member)
    leftovers.rename(member)
    return member


def forget(*, member_id: int) -> None:
    """Take what an erased member was called out of all that is kept, then forget what was looked for. Runs twice."""
    erasure = Erasure.objects.select_related("member").filter(member=member_id, done_at=None).first()
    if erasure is None or not take_out(words_of(erasure), erasure.member):
        return
    with transaction.atomic():
        if Erasure.objects.filter(pk=erasure.pk, done_at=None).update(words=None, done_at=clock.now()):
            publish(MemberForgotten(member_id=member_id))


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
