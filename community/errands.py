"""Work of a scheduled task that is done row by row."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger(__name__)


def one_by_one(act: Callable[[int], Any], row_ids: Iterable[int]) -> None:
    """Do it for each; one that cannot be done is logged, and keeps no other waiting."""
    for row_id in row_ids:
        try:
            act(row_id)
        except Exception:
            # Whatever broke it, the next row has nothing to do with it.
            logger.exception("%s(%s) could not be done", act.__name__, row_id)
