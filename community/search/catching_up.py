"""Brings the index in step with the posts in bulk: after an import, or after something was lost."""

from collections.abc import Iterator
from importlib import import_module
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config

from community import kept
from community.threads.models import Post

# Few enough to hold in memory, enough to make the cost of a transaction small.
AT_ONCE = 500
# Databases do not look into conditions of any length.
COMPARED_AT_ONCE = 200


def readable_posts() -> QuerySet[Post]:
    """What belongs in the index; who may read it is asked when somebody searches."""
    return Post.objects.filter(hidden_at=None, deleted_at=None)


def missing_posts() -> QuerySet[Post]:
    return readable_posts().exclude(pk__in=entries().values("post_id"))


def stale_entries() -> QuerySet:
    return entries().exclude(post_id__in=readable_posts().values("pk"))


def entries() -> QuerySet:
    """The entries of posts; each with the `post_id` it is about."""
    # The model is whichever app provides the index, ours or that of the pages.
    entry = get_app_config().get_model("IndexEntry")
    of_posts = entry.objects.filter(content_type=ContentType.objects.get_for_model(Post))
    return of_posts.annotate(post_id=Cast("object_id", BigIntegerField()))


def catch_up() -> Iterator[int]:
    """Drop what is stale, add what is missing; yields how many posts were added with each step."""
    stale_entries().delete()
    index = get_search_backend()
    for keys in batched(list(missing_posts().order_by("pk").values_list("pk", flat=True)), AT_ONCE, strict=False):
        with transaction.atomic():
            posts = list(Post.objects.filter(pk__in=keys).select_related("thread"))
            index.add_bulk(Post, posts)
        yield len(posts)
    kept.outdate(kept.FOUND)


def differing_entries() -> Iterator[int]:
    """Posts whose entries say something else than would be written of them now."""
    backend = get_search_backend()
    # Each engine writes them in its own way, and says there what it writes.
    indexer = import_module(type(backend).__module__).ObjectIndexer
    as_kept = entries().annotate(said_title=Cast("title", TextField()), said_body=Cast("body", TextField()))
    posts = readable_posts().select_related("thread").order_by("pk").iterator(chunk_size=COMPARED_AT_ONCE)
    for some in batched(posts, COMPARED_AT_ONCE, strict=False):
        differing = Q()
        for post in some:
            now = indexer(post, backend)
            differing |= Q(object_id=now.id) & ~Q(said_title=as_text(now.title), said_body=as_text(now.body))
        of_these = as_kept.filter(object_id__in=[str(post.pk) for post in some])
        yield from of_these.filter(differing).order_by("pk").values_list("post_id", flat=True)


def as_text(written: Any) -> Cast:
    return Cast(written if hasattr(written, "resolve_expression") else Value(written), TextField())
