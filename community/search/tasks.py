from django.tasks import task

from community.desk.actions import offer_pair
from community.errands import together
from community.threads.models import Thread

from . import entries
from .catching_up import readable_posts
from .same_case import cases_like, open_cases

# Few enough that a task is short.
AT_ONCE = 200


@task()
def index_post(post_id: int) -> None:
    """Bring one post's entry in step with the post as it is now; running twice does no harm."""
    entries.bring_in_step(post_id)


@together(index_post)
def index_posts(post_ids: list[int]) -> None:
    entries.bring_all_in_step(post_ids)


@task()
def merge_segments() -> None:
    """In the queue, as it takes longer the more there is to be found; running twice does no harm."""
    entries.merge_segments()


@task()
def look_for_the_same_case(thread_id: int) -> None:
    """Support is asked about the two that are most alike; running twice does no harm."""
    thread = open_cases(Thread.objects.select_related("author")).filter(pk=thread_id, aside=None).first()
    if thread is not None:
        for other in cases_like(thread)[:2]:
            offer_pair(thread=thread, other=other)


@task()
def index_again(after: int) -> None:
    """Bring the entries of all posts behind this one in step with what the index holds of a post now, step by step."""
    posts = list(readable_posts().select_related("thread").filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    if posts:
        entries.write(posts)
        index_again.enqueue(posts[-1].pk)
