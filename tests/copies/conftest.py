from django.conf import settings

from tests.concurrency.conftest import at_once, queued  # noqa: F401 - the fixtures of many at once

# `.ci/run` runs everything on SQLite and on PostgreSQL; it moves only to the second.
collect_ignore = []
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    collect_ignore += ["test_moving_to_postgres.py"]
