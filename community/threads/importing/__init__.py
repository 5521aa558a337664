"""Takes over whole threads from another place: one line of JSON each, one transaction each.

It writes without actions, because what it writes down has already happened elsewhere: nobody may be asked, nobody
notified, and the clock is that of the posts. The log rows and counters are those the actions would have left.

A line:

    {"id": 6054, "title": "…", "created_at": "2019-03-07T00:05:00Z", "posts": [
        {"number": 1, "author": "member-00454", "created_at": "2019-03-07T00:05:00Z", "body": "Markdown"}]}

Other keys are left alone. Posts stand in the order of their numbers and are numbered 1, 2, 3 … here.
"""

from .lines import Line, lines_of
from .reading import ForeignPost, ForeignThread, Unusable, read_thread
from .writing import Importer, Taken

__all__ = ["ForeignPost", "ForeignThread", "Importer", "Line", "Taken", "Unusable", "lines_of", "read_thread"]
