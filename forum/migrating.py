"""Steps of migrations that let people write on meanwhile; tests/architecture/test_migrations.py asks for them."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex


class AddIndexMeanwhile(AddIndexConcurrently):
    """On PostgreSQL nobody waits for it, and its migration says `atomic = False`; elsewhere as always.

    Run once more after it was killed, it begins anew: what was left behind may be half an index that nothing uses.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        way, meanwhile = AddIndex, ""
        if schema_editor.connection.vendor == "postgresql":
            way, meanwhile = AddIndexConcurrently, "CONCURRENTLY"
        schema_editor.execute(f"DROP INDEX {meanwhile} IF EXISTS {schema_editor.quote_name(self.index.name)}")
        way.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        way = AddIndexConcurrently if schema_editor.connection.vendor == "postgresql" else AddIndex
        way.database_backwards(self, app_label, schema_editor, from_state, to_state)
