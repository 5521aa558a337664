from datetime import datetime, timezone

from django.db import migrations

AT_ONCE = 500
OURS = ("waiting_us", "workaround")


def queue_of(thread):
    """As the desk sorts a question since this release."""
    if thread.state in OURS:
        if thread.asker_says_no_at and thread.accepted_by_support_at:
            return "contradiction"
        if thread.state_since > thread.created_at:
            return "came_back"
        if thread.last_poster_id != thread.author_id:
            return "others_wrote"
        others = thread.posts.filter(hidden_at=None, deleted_at=None).exclude(kind="note").exclude(author=thread.author_id)
        return "came_back" if thread.reply_count and others.exists() else "unanswered"
    if thread.state == "confirmed":
        return "contradiction" if thread.others_failed_count else None
    return {"answered": "to_confirm", "waiting_asker": "asker"}.get(thread.state)


def take_up(apps, schema_editor):
    Thread = apps.get_model("threads", "Thread")
    Clock = apps.get_model("desk", "Clock")
    Handling = apps.get_model("desk", "Handling")
    questions = Thread.objects.filter(genre="question", hidden_at=None, deleted_at=None, closed_at=None)
    found = questions.filter(state__in=(*OURS, "confirmed", "answered", "waiting_asker"), handling=None).order_by("pk")
    at, last = datetime.now(timezone.utc), 0
    # Each batch begins behind the last one, so that no cursor stays open while rows are written.
    while threads := list(found.filter(pk__gt=last)[:AT_ONCE]):
        last = threads[-1].pk
        running = Clock.objects.filter(thread__in=threads).exclude(due_at=None).exclude(running_since=None)
        due = {}
        for row in running.order_by("-due_at"):
            due[row.thread_id] = (row.due_at, row.kind)
        rows = []
        for thread in threads:
            queue = queue_of(thread)
            if queue:
                next_at, next_for = due.get(thread.pk, (None, ""))
                rows.append(
                    Handling(
                        thread=thread,
                        queue=queue,
                        since=thread.state_since,
                        entered_at=at,
                        next_at=next_at,
                        next_for=next_for,
                    )
                )
        Handling.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_handling"), ("threads", "0006_organisations_ask")]
    operations = [migrations.RunPython(take_up, migrations.RunPython.noop)]
