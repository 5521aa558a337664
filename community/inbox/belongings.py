"""What a member was told."""

from collections.abc import Iterator
from typing import Any

from community.people.models import Member

from .models import MailRefusal, MailWish, Notice


def belongings(member: Member) -> Iterator[tuple[str, Any]]:
    yield "notices.json", Notice.objects.filter(member=member).values("kind", "thread", "post", "path", "at", "read_at")
    yield "mail.json", MailWish.objects.filter(member=member).values("group", "way")
    yield "refused-mail.json", MailRefusal.objects.filter(member=member).values("address", "words", "at")
