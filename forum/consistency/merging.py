"""Merged threads: what leads where, and what is remembered so that it can be taken apart."""

from collections.abc import Iterator

from django.db.models import F

from community.threads.models import BroughtAlong, Merging, Thread


def where_threads_lead() -> Iterator[str]:
    standing = Merging.objects.filter(ended_at=None)
    leads = dict(standing.values_list("thread_id", "into_id"))
    merged = dict(Thread.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    for pk in leads.keys() | merged.keys():
        if leads.get(pk) != merged.get(pk):
            yield f"thread {pk}: it leads to {merged.get(pk) or 'none'}, it was merged into {leads.get(pk) or 'none'}"
    for pk in Thread.objects.filter(merged_into__merged_into__isnull=False).values_list("pk", flat=True):
        yield f"thread {pk}: it is merged into one that is merged itself"


def who_came_along() -> Iterator[str]:
    for pk in BroughtAlong.objects.exclude(merging__ended_at=None).values_list("merging__thread_id", flat=True):
        yield f"thread {pk}: it was taken apart, and a follower who came along is still counted as one"
    astray = BroughtAlong.objects.exclude(follow__thread=F("merging__into"))
    for pk in astray.values_list("merging__thread_id", flat=True):
        yield f"thread {pk}: a follower came along to another thread than it was merged into"


CHECKS = (where_threads_lead, who_came_along)
