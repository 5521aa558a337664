"""Each entry gets the stems of its words, from the queue: meanwhile a post is found by its words as they are written."""

from django.db import migrations

from community.search.tasks import index_again


def begin(apps, schema_editor):
    if apps.get_model("threads", "Post").objects.exists():
        index_again.enqueue(0)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_posts_by_their_words"),
        ("threads", "0019_lists_in_their_order"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
