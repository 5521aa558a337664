"""A member's own data in one file: JSON of every kind, Markdown of what was written, the files that were brought.

What belongs to a member in the other contexts is told by whom community/wiring.py names.
"""

import json
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from community.people.models import Member, Muting

# Names in the archive and what stands there: rows as dictionaries, a text, or a file as it was brought.
type Belonging = tuple[str, QuerySet | str | FieldFile]
type Keeper = Callable[[Member], Iterator[Belonging]]

_keepers: list[Keeper] = []
PROFILE = ("handle", "name", "email", "bio", "website", "time_zone", "language", "joined_at", "last_login")
STANDING = ("role", "trust", "helped_count", "silenced_at", "silenced_until", "silenced_because")


def keep(*keepers: Keeper) -> None:
    """Replace all keepers; called once, when the apps are ready."""
    _keepers[:] = keepers


def archive_of(member: Member) -> IO[bytes]:
    """The archive, open at its beginning. On disk while it is made: somebody may have brought many files."""
    made = TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for keeper in (own, *_keepers):
            for name, content in keeper(member):
                put(archive, name, content)
    made.seek(0)
    return made


def put(archive: ZipFile, name: str, content: QuerySet | str | FieldFile) -> None:
    if isinstance(content, FieldFile):
        try:
            with content.open("rb") as brought:
                archive.writestr(name, brought.read())
        except FileNotFoundError:
            # Lost with the disk it lay on; the rest of the data is still there to be given.
            return
    elif isinstance(content, str):
        archive.writestr(name, content)
    else:
        archive.writestr(name, json.dumps(list(content), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def own(member: Member) -> Iterator[Belonging]:
    yield "profile.json", Member.objects.filter(pk=member.pk).values(*PROFILE, *STANDING)
    yield "addresses.json", EmailAddress.objects.filter(user=member).values("email", "verified", "primary")
    sessions = UserSession.objects.filter(user=member)
    yield "sessions.json", sessions.values("created_at", "last_seen_at", "ip", "user_agent")
    yield "muted.json", Muting.objects.filter(by=member).values("member__handle", "blocks", "at")
