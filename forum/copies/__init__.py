"""Copies of everything that is kept: backups, restoring them, and moving to another database."""
