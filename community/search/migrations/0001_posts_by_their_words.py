"""On PostgreSQL the words of title and text in one index; modelsearch makes one of each, and one search asks both.

SQLite's index of words is one for all columns.
"""

from django.db import connection, migrations


class Migration(migrations.Migration):
    # So that nobody waits for it. What a killed run has left behind is of no use, and is made anew.
    atomic = False

    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [
        migrations.RunSQL(step, elidable=False)
        for step in (
            "DROP INDEX CONCURRENTLY IF EXISTS posts_by_their_words",
            "CREATE INDEX CONCURRENTLY posts_by_their_words ON wagtailsearch_indexentry USING gin ((title || body))",
        )
        if connection.vendor == "postgresql"
    ]
