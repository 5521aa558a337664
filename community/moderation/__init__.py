"""Flags, decisions and their log: keeps the place fair, and says why."""
