from django.db import migrations
from django.db.models import Count


def merge_duplicates(apps, schema_editor):
    """What was closed as a duplicate is merged from now on; where one led to another duplicate it stays closed only."""
    Thread, LogEntry = apps.get_model("threads", "Thread"), apps.get_model("threads", "LogEntry")
    Merging = apps.get_model("threads", "Merging")
    LogEntry.objects.filter(kind="duplicate").update(kind="merged")
    chained = list(Thread.objects.filter(merged_into__merged_into__isnull=False).values_list("pk", flat=True))
    Thread.objects.filter(pk__in=chained).update(merged_into=None)
    merged = Thread.objects.exclude(merged_into=None)
    for thread in merged.iterator():
        entry = LogEntry.objects.filter(thread=thread, kind="merged").order_by("-seq").first()
        Merging.objects.create(
            thread=thread,
            into_id=thread.merged_into_id,
            by_id=entry.actor_id if entry else None,
            at=entry.at if entry else thread.closed_at or thread.last_post_at,
        )
    counted = merged.order_by().values_list("merged_into").annotate(n=Count("pk"))
    for pk, count in counted:
        Thread.objects.filter(pk=pk).update(merged_count=count)


class Migration(migrations.Migration):
    dependencies = [("threads", "0010_merging")]

    operations = [migrations.RunPython(merge_duplicates, migrations.RunPython.noop, elidable=True)]
