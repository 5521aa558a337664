"""What was held, said for its author: each kind by the action by which he would have said it himself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.moderation.models import Held
from community.policy import OutOfStep
from community.spaces.models import Platform, Product, Tag, Version
from community.threads.actions import ask_question, edit_post, post_reply, retitle_thread
from community.threads.gate import What
from community.threads.models import Genre, Kind, Post, ReadBefore, Thread


def say(held: Held, title: str, body: str) -> Post:
    """The post that came of it. Raises what the action raises."""
    return SAYING[What(held.what)](held, title, body)


def there[T](found: T | None) -> T:
    if found is None:
        raise OutOfStep(_("What this belongs to is gone."))
    return found


def ask(held: Held, title: str, body: str) -> Post:
    fields = held.fields
    thread = ask_question(
        by=held.by,
        space=held.space,
        title=title,
        body=body,
        genre=fields.get("genre") or Genre.QUESTION,
        product=chosen(Product, fields.get("product")),
        version=chosen(Version, fields.get("version")),
        platform=chosen(Platform, fields.get("platform")),
        tags=Tag.objects.filter(pk__in=fields.get("tags") or []),
        token=held.token,
        read_before=read_before(fields.get("read_before") or []),
        is_approved=True,
    )
    return thread.posts.select_related("thread").get(number=1)


def read_before(kept: list[tuple[int | None, str, str, str]]) -> list[ReadBefore]:
    """What was opened before it was asked; threads that are gone meanwhile are left out."""
    there = set(Thread.objects.filter(pk__in=[key for key, *_more in kept if key]).values_list("pk", flat=True))
    return [
        ReadBefore(other_id=key, title=title, url=url, at=datetime.fromisoformat(at))
        for key, title, url, at in kept
        if key is None or key in there
    ]


def reply(held: Held, _title: str, body: str) -> Post:
    kind = held.fields.get("kind") or Kind.INFORMATION
    return post_reply(by=held.by, thread=there(held.thread), body=body, kind=kind, token=held.token, is_approved=True)


def edit(held: Held, _title: str, body: str) -> Post:
    fields = held.fields
    return edit_post(
        by=held.by,
        post=there(held.post),
        body=body,
        seen_revision=fields.get("seen_revision", 0),
        kind=fields.get("kind"),
        because=fields.get("because", ""),
        is_approved=True,
    )


def retitle(held: Held, title: str, _body: str) -> Post:
    chosen_tags = held.fields.get("tags")
    tags = None if chosen_tags is None else list(Tag.objects.filter(pk__in=chosen_tags))
    thread = retitle_thread(by=held.by, thread=there(held.thread), title=title, tags=tags, is_approved=True)
    return thread.posts.select_related("thread").get(number=1)


def chosen(model: type[Any], pk: int | None) -> Any:
    """What was chosen in the form, if it is still there."""
    return model.objects.filter(pk=pk).first() if pk else None


SAYING: dict[What, Callable[[Held, str, str], Post]] = {
    What.QUESTION: ask,
    What.REPLY: reply,
    What.EDIT: edit,
    What.TITLE: retitle,
}
