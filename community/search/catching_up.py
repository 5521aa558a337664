"""Brings the index in step with the posts in bulk: after an import, or after something was lost."""

from collections.abc import Iterator
from itertools import batched

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config

from community import kept
from community.threads.models import Post

# Few enough to hold in memory, enough to make the cost of a transaction small.
AT_ONCE = 500


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
