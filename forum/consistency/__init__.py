"""Counts again what is kept as a number or a fact, and says where the two differ.

Each check reads rows and gives one sentence for each fault; a sound database gives none.
"""

from collections.abc import Callable, Iterator

from . import cases, clocks, counters, desk, facts, files, log, merging, people, rest, shown, words

type Check = Callable[[], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    *counters.CHECKS,
    *log.CHECKS,
    *facts.CHECKS,
    *merging.CHECKS,
    *people.CHECKS,
    *cases.CHECKS,
    *desk.CHECKS,
    *clocks.CHECKS,
    *shown.CHECKS,
    *words.CHECKS,
    *files.CHECKS,
    *rest.CHECKS,
)


def faults() -> Iterator[str]:
    for check in CHECKS:
        yield from check()


def mend() -> Iterator[str]:
    """What is kept beside rows is read from them again; a sentence for each. What people decided is left to people."""
    for mended in (counters, people, cases, clocks, shown, desk, words, files):
        yield from mended.mend()
