"""Which notices go out by mail, when, and the one press that ends it."""

import logging
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from community import clock, languages, prose
from community.letters import NoSuchAddress, Refused, hand_over, letter
from community.people.models import Member
from community.threads.models import Audience

from .models import Mailed, MailRefusal, MailWish, Notice, NoticeGroup, Way
from .queries import STUCK_AFTER

logger = logging.getLogger(__name__)
signer = Signer(salt="community.inbox.mail")
MOST_IN_ONE = 50
OF_THE_DAY = "daily"
EXCERPT = 600


def ways_of(member_id: int) -> dict[str, str]:
    """By group, what the member wishes, or what holds for who wished nothing."""
    wished = MailWish.objects.filter(member=member_id).values_list("group", "way")
    return {group: DEFAULTS[group] for group in NoticeGroup} | dict(wished)


# What somebody waits for goes out at once, the rest together; staff work from the desk and not from a mail box.
DEFAULTS = {
    NoticeGroup.MINE: Way.AT_ONCE,
    NoticeGroup.NAMED: Way.AT_ONCE,
    NoticeGroup.FOLLOWED: Way.DAILY,
    NoticeGroup.ORGANISATION: Way.AT_ONCE,
    NoticeGroup.STANDING: Way.AT_ONCE,
    NoticeGroup.WORK: Way.HERE,
}


def mail_new(member_id: int) -> None:
    """What the member was told and has not read: what is to go out at once goes out, the rest is settled."""
    member = Member.objects.get(pk=member_id)
    ways = ways_of(member_id)
    mine = Notice.objects.of(member)
    # What he may no longer read is no longer looked at.
    settle(Notice.objects.new_to_mail().filter(member=member).exclude(pk__in=mine.values("pk")), Mailed.DONE)
    sorted_by_way, can_be_mailed = defaultdict(list), takes_mail(member)
    for notice in mine.new_to_mail().for_page()[:MOST_IN_ONE]:
        is_mailed = notice.group and can_be_mailed
        sorted_by_way[ways[notice.group] if is_mailed else Way.HERE].append(notice)
    settle(Notice.objects.among(sorted_by_way[Way.HERE]), Mailed.DONE)
    settle(Notice.objects.among(sorted_by_way[Way.DAILY]), Mailed.WAITS)
    for notice in sorted_by_way[Way.AT_ONCE]:
        send([notice], member, notice.group, "inbox/mail/notice")


def mail_digest(member_id: int) -> None:
    """What waits and was not read meanwhile, in one mail; of what is too much for it, it says where that stands."""
    member = Member.objects.get(pk=member_id)
    waiting = Notice.objects.of(member).filter(mailed=Mailed.WAITS).unread()
    count, named = waiting.count(), list(waiting.newest_first().for_page()[:MOST_IN_ONE])
    if named and takes_mail(member):
        send(named, member, OF_THE_DAY, "inbox/mail/digest", count=count, more=count - len(named))
    settle(Notice.objects.filter(member=member, mailed=Mailed.WAITS), Mailed.DONE)


def send(notices: list[Notice], member: Member, ends: str, template: str, **more: Any) -> None:
    """One mail. `ends`: what its last line puts an end to, a group of notices or the mail of the day.

    Who claims the rows sends them; if it cannot be sent they are new again, and a mail that went out twice carries the
    same name.
    """
    ids = [notice.pk for notice in notices]
    at, before = clock.now(), notices[0].mailed
    free = Notice.objects.filter(pk__in=ids).exclude(mailed=Mailed.SENDING, mailed_at__gt=at - STUCK_AFTER)
    if free.exclude(mailed=Mailed.DONE).update(mailed=Mailed.SENDING, mailed_at=at) != len(ids):
        return
    first = notices[0]
    off = settings.SITE_URL + reverse("inbox:stop_mail", args=[signer.sign_object([member.pk, ends])])
    words = {"notices": notices, "notice": first, "member": member, "words": words_of(first), "off": off} | more
    try:
        mail = letter(template, member.email, language=languages.of_member(member), **words)
        mail.extra_headers |= headers(first, off) if len(notices) == 1 else ways_off(off)
        hand_over(mail)
    except Refused as refused:
        logger.warning("A mail to a member was refused for good", extra={"member": member.pk, "code": str(refused)[:3]})
        if isinstance(refused, NoSuchAddress):
            note_refusal(member, str(refused))
    except Exception:
        Notice.objects.filter(pk__in=ids).update(mailed=before)
        raise
    settle(Notice.objects.among(notices), Mailed.DONE)


def takes_mail(member: Member) -> bool:
    return bool(member.email) and member.is_active and refusal_of(member) is None


def refusal_of(member: Member) -> MailRefusal | None:
    """What the mail server said of the address that the member has now."""
    return MailRefusal.objects.filter(member=member, address=member.email).first()


def note_refusal(member: Member, words: str) -> None:
    said = {"address": member.email, "words": words[:300], "at": clock.now()}
    MailRefusal.objects.update_or_create(member=member, defaults=said)


def settle(notices: QuerySet[Notice], mailed: str) -> None:
    notices.update(mailed=mailed, mailed_at=clock.now())


def words_of(notice: Notice) -> str:
    """The first words of the post it is about, where everybody may read them."""
    is_public = notice.post and notice.post.thread.audience == Audience.EVERYONE
    return prose.excerpt(notice.post.html, EXCERPT) if notice.post and is_public else ""


def headers(notice: Notice, off: str) -> dict[str, Any]:
    """Mail programs put those about one thread together, and know a mail that comes twice."""
    domain = urlsplit(settings.SITE_URL).hostname
    named = {"Message-ID": f"<notice-{notice.pk}-{notice.count}@{domain}>"}
    if notice.thread_id:
        named["In-Reply-To"] = named["References"] = f"<thread-{notice.thread_id}@{domain}>"
    return named | ways_off(off)


def ways_off(off: str) -> dict[str, str]:
    domain = urlsplit(settings.SITE_URL).hostname
    return {
        "List-Id": f"<notices.{domain}>",
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read_off(signed: str) -> tuple[Member, list[str]] | None:
    """Whose mail about which groups the address of a mail ends; None for an address that we did not write."""
    try:
        member_id, ends = signer.unsign_object(signed)
    except (BadSignature, ValueError):
        return None
    member = Member.objects.filter(pk=member_id).first()
    if member and ends == OF_THE_DAY:
        return member, [group for group, way in ways_of(member.pk).items() if way == Way.DAILY]
    return (member, [ends]) if member and ends in NoticeGroup else None
