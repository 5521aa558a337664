"""Ties answers to support tickets, so that neither customer nor agent has to ask twice."""
