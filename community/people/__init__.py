"""Owns who is who: members, their names, roles, trust, sessions and settings."""
