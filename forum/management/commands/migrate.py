from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

# Who reads or writes queues behind a change of a table that waits for its lock: then it rather fails, to be repeated.
# Short enough that nobody in that queue waits for a second.
LOCK_MILLISECONDS = 800


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_MILLISECONDS}ms'")
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if "lock timeout" not in str(error):
                raise
            raise CommandError("Somebody held a table for long. What was done stands; repeat this.") from error
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
