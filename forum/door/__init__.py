"""Answers visitors at the door, before Django is entered, with pages that were made for another visitor.

asking    what a request asks for, in full, or that it must be answered inside
shelf     the pages that are kept, until what they show has changed
answering the page as this visitor takes it: compressed, or nothing where the browser has it already
hearing   what has changed, asked before each page is given; several: where other processes serve too
telling   what this process has changed
door      puts them together: one page is made by one, however many ask for it
"""

from .door import Door

__all__ = ["Door"]
