from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.organisations.masking import masked
from community.organisations.models import Organisation
from community.organisations.policies import may_open_requests
from community.people.models import Member
from community.policy import Invalid, require
from community.spaces.models import Platform, Product, Space, Tag, Version
from community.threads.attaching import claim_attachments
from community.threads.events import QuestionAsked
from community.threads.gate import NO_SIGNS, Offer, Signs, What, is_asked, passed
from community.threads.models import (
    Audience,
    Draft,
    EntryKind,
    Follow,
    Genre,
    Kind,
    Post,
    ReadBefore,
    ReadMark,
    State,
    Thread,
)
from community.threads.policies import may_ask, may_start

from .record import record, rendered

TITLE_LENGTH = 200


def ask_question(
    *,
    by: Member,
    space: Space,
    title: str,
    body: str,
    genre: str = Genre.QUESTION,
    audience: str = Audience.EVERYONE,
    organisation: Organisation | None = None,
    product: Product | None = None,
    version: Version | None = None,
    platform: Platform | None = None,
    tags: Iterable[Tag] = (),
    token: str = "",
    read_before: Iterable[ReadBefore] = (),
    came_at: datetime | None = None,
    signs: Signs = NO_SIGNS,
    is_approved: bool = False,
    besides: dict[str, Any] | None = None,
) -> Thread:
    """Start a thread. The same token by the same member makes one thread, however often it is sent.

    `organisation`: the customer for whom it is; then its people and support are the audience, and only its named
    callers may start it. `read_before`: what was offered and opened before, not yet tied to a thread. `came_at`: when
    it was asked, where somebody else writes it down afterwards. `is_approved`: somebody has read it already. `besides`:
    what goes with it in plain words and is kept, should it be held back, for those whose it is.

    Raises NotAllowed, Invalid with the field that cannot be used, or HeldBack when somebody reads it first.
    """
    title = " ".join(title.split())
    if not title:
        raise Invalid("title", _("Say in one sentence what happened."))
    if len(title) > TITLE_LENGTH:
        raise Invalid("title", _("Keep the title under %(count)s characters.") % {"count": TITLE_LENGTH})
    if version and product is None:
        product = version.product
    if version and product and version.product_id != product.pk:
        raise Invalid("version", _("Choose a version of the chosen product."))
    if audience == Audience.EVERYONE and organisation is None:
        title, body = masked(title), masked(body)
    html, tags, read_before = rendered(body), list(tags), list(read_before)
    if not is_approved and organisation is None and is_asked(by, audience):
        choices = {
            "genre": genre,
            "product": product.pk if product else None,
            "version": version.pk if version else None,
            "platform": platform.pk if platform else None,
            "tags": [tag.pk for tag in tags],
            "read_before": [[read.other_id, read.title, read.url, read.at.isoformat()] for read in read_before],
        } | (besides or {})
        offer = Offer(
            by=by,
            what=What.QUESTION,
            space_id=space.pk,
            title=title,
            body=body,
            token=token,
            fields=choices,
            signs=signs,
        )
        told = passed(offer)
        if (told.title, told.body) != (title, body):
            title, body, html = told.title, told.body, rendered(told.body)
    try:
        with transaction.atomic():
            require(may_ask(by, space, organisation))
            require(may_start(by, genre))
            if token and (sent := Post.objects.made_by(by, token).first()):
                return sent.thread
            at = came_at or clock.now()
            if organisation is not None:
                require(may_open_requests(by, organisation, today=at.date()))
                audience = Audience.ORGANISATION
            thread = Thread.objects.create(
                title=title,
                genre=genre,
                space=space,
                author=by,
                audience=audience,
                organisation=organisation,
                product=product,
                version=version,
                platform=platform,
                created_at=at,
                last_post_at=at,
                last_poster=by,
                state=State.WAITING_US if genre == Genre.QUESTION else State.OPEN,
                state_since=at,
                post_count=1,
                follower_count=1,
            )
            thread.tags.set(tags)
            post = Post.objects.create(
                thread=thread,
                number=1,
                position=1,
                author=by,
                kind=Kind.INFORMATION,
                is_official=by.answers_officially and genre != Genre.QUESTION,
                body=body,
                html=html,
                client_token=token,
                created_at=at,
            )
            claim_attachments(post, by=by)
            for read in read_before:
                read.thread = thread
                read.save()
            Follow.objects.create(thread=thread, member=by, at=at)
            ReadMark.objects.create(thread=thread, member=by, number=1, at=at)
            if came_at is None:
                Draft.objects.for_place(by, organisation=organisation).delete()
            record(QuestionAsked, thread, EntryKind.ASKED, by=by, at=at, post=post)
            thread.is_fresh = True
            return thread
    except IntegrityError:
        # Two copies of one press met; the other one has made the thread.
        if token and (sent := Post.objects.made_by(by, token).first()):
            return sent.thread
        raise
