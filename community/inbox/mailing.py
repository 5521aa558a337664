"""Which notices go out by mail, when, and the one press that ends it."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from community import clock, languages, prose
from community.letters import letter
from community.people.models import Member
from community.threads.models import Audience

from .models import Mailed, MailWish, Notice, NoticeGroup, Way
from .queries import STUCK_AFTER

signer = Signer(salt="community.inbox.mail")
MOST_IN_ONE = 50
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
    sorted_by_way = defaultdict(list)
    for notice in Notice.objects.of(member).new_to_mail().for_page()[:MOST_IN_ONE]:
        group = notice.group
        sorted_by_way[ways[group] if group and member.email and member.is_active else Way.HERE].append(notice)
    settle(sorted_by_way[Way.HERE], Mailed.DONE)
    settle(sorted_by_way[Way.DAILY], Mailed.WAITS)
    # What a member may no longer read, or has read meanwhile, is no longer looked at.
    seen = [notice.pk for notices in sorted_by_way.values() for notice in notices]
    if not seen:
        Notice.objects.new_to_mail().filter(member=member_id).update(mailed=Mailed.DONE, mailed_at=clock.now())
    for notice in sorted_by_way[Way.AT_ONCE]:
        send([notice], member, notice.group, "inbox/mail/notice")


def mail_digest(member_id: int) -> None:
    """What waits, in one mail; what was read meanwhile is left out."""
    member = Member.objects.get(pk=member_id)
    waiting = Notice.objects.of(member).filter(mailed=Mailed.WAITS)
    unread = list(waiting.unread().newest_first().for_page()[:MOST_IN_ONE])
    if unread and member.email and member.is_active:
        send(unread, member, NoticeGroup.FOLLOWED, "inbox/mail/digest")
    # The rest has been read, or may no longer be.
    Notice.objects.filter(member=member, mailed=Mailed.WAITS).update(mailed=Mailed.DONE, mailed_at=clock.now())


def send(notices: list[Notice], member: Member, group: str, template: str) -> None:
    """One mail. Who claims the rows sends them; if it cannot be sent they are new again, and a mail that went out twice
    carries the same name.
    """
    ids = [notice.pk for notice in notices]
    at, before = clock.now(), notices[0].mailed
    free = Notice.objects.filter(pk__in=ids).exclude(mailed=Mailed.SENDING, mailed_at__gt=at - STUCK_AFTER)
    if free.exclude(mailed=Mailed.DONE).update(mailed=Mailed.SENDING, mailed_at=at) != len(ids):
        return
    first = notices[0]
    off = settings.SITE_URL + reverse("inbox:stop_mail", args=[signer.sign_object([member.pk, group])])
    words = {"notices": notices, "notice": first, "member": member, "words": words_of(first), "off": off}
    try:
        mail = letter(template, member.email, language=languages.of_member(member), **words)
        mail.extra_headers |= headers(first, off) if len(notices) == 1 else ways_off(off)
        mail.send()
    except Exception:
        Notice.objects.filter(pk__in=ids).update(mailed=before)
        raise
    settle(notices, Mailed.DONE)


def settle(notices: list[Notice], mailed: str) -> None:
    if notices:
        Notice.objects.filter(pk__in=[each.pk for each in notices]).update(mailed=mailed, mailed_at=clock.now())


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


def read_off(signed: str) -> tuple[Member, str] | None:
    """Whose mail about what the address of a mail ends; None for an address that we did not write."""
    try:
        member_id, group = signer.unsign_object(signed)
    except (BadSignature, ValueError):
        return None
    member = Member.objects.filter(pk=member_id).first()
    return (member, group) if member and group in NoticeGroup else None
