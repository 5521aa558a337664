"""Tells people what concerns them: a reply where they follow, their name, what waits for their word."""
