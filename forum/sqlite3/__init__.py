"""SQLite whose writers wait their turn. Django finds a database of its own kind by this name (settings, ENGINE)."""
