"""What a rule or a watched word would have done with last month's posts, before it is switched on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count

from community import clock
from community.people.models import TEAM
from community.prose import excerpt
from community.threads.models import Audience, Post

from .models import ApprovalRule, HeldBecause
from .rules import Said, reasons_by
from .words import Matcher

SPAN = timedelta(days=30)
# More are not looked at, so that the page is there within a second or two; it says so.
MOST_POSTS = 5000
MOST_SHOWN = 50


@dataclass(frozen=True)
class Caught:
    """A post that would not have been posted as it was, and why."""

    post: Post
    words: str
    why: list[Any]


@dataclass
class Trial:
    looked_at: int
    count: int
    caught: list[Caught]
    is_all: bool


def try_word(reader: Any, pattern: str, space_ids: Iterable[int]) -> Trial:
    matcher, spaces = Matcher([(1, pattern)]), set(space_ids)

    def why(post: Post, _before: int) -> list[Any]:
        if spaces and post.thread.space_id not in spaces:
            return []
        text = text_of(post)
        return list(dict.fromkeys(text[hit.start : hit.end] for hit in matcher.hits(text)))[:5]

    return tried(reader, why)


def try_rule(reader: Any, rule: ApprovalRule) -> Trial:
    def why(post: Post, before: int) -> list[Any]:
        if rule.space_id and post.thread.space_id != rule.space_id:
            return []
        found = reasons_by([rule], Said(text_of(post), post.author.trust), lambda: before)
        return [HeldBecause(key).label for key, _more in found]

    return tried(reader, why)


def text_of(post: Post) -> str:
    return f"{post.thread.title}\n{post.body}" if post.is_first else post.body


def tried(reader: Any, why: Callable[[Post, int], list[Any]]) -> Trial:
    trial = Trial(looked_at=0, count=0, caught=[], is_all=True)
    for post, before in last_month(reader):
        if trial.looked_at == MOST_POSTS:
            trial.is_all = False
            break
        trial.looked_at += 1
        if reasons := why(post, before):
            trial.count += 1
            if len(trial.caught) < MOST_SHOWN:
                trial.caught.append(Caught(post, excerpt(post.html, 160), reasons))
    return trial


def last_month(reader: Any) -> Iterator[tuple[Post, int]]:
    """What members said where everybody reads, the latest first, each with how much its author had said before."""
    since = clock.now() - SPAN
    posts = (
        Post.objects.visible_to(reader)
        .filter(deleted_at=None, thread__audience=Audience.EVERYONE)
        .exclude(author__role__in=TEAM)
    )
    recent = posts.filter(created_at__gte=since, number__isnull=False)
    so_far = Counter(dict(recent.order_by().values_list("author").annotate(n=Count("pk"))))
    earlier = posts.filter(created_at__lt=since, author__in=list(so_far))
    so_far.update(dict(earlier.order_by().values_list("author").annotate(n=Count("pk"))))
    for post in recent.select_related("thread", "author").order_by("-created_at", "-pk")[: MOST_POSTS + 1]:
        so_far[post.author_id] -= 1
        yield post, so_far[post.author_id]
