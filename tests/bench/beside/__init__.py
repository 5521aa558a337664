"""Others in the same run, for the ratio: BESIDE=channels,spirit.

channels   plain Channels on Daphne: a consumer of ten lines (plain.py), its own group_send, its layer in memory
spirit     django-spirit from PyPI, in an environment of its own that is gone afterwards, with the same threads: SQLite,
           memory as its cache (faster than the database cache it comes with), gunicorn with two workers of four threads
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from ..rows import Row
from . import channels, spirit

OTHERS: dict[str, Callable[[Path, Path, float, Callable[[str], None]], Iterator[Row]]] = {
    "channels": channels.rows,
    "spirit": spirit.rows,
}
