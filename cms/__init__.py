"""Wagtail: the home page and the help centre, made by editors; they may read the community."""
