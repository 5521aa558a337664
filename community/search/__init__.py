"""Finds what was said: the index of posts, and the page that searches it."""
