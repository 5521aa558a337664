"""Room for deep calls. Python keeps the variables of running functions in pieces of 16 kB and gives a piece back to the
system as soon as its first function returns. Below pytest, Django's templates call back and forth across such an edge
thousands of times a page: a quarter of all time went to asking for the same piece of memory again.
"""

from collections.abc import Callable
from types import FunctionType

import pytest

# In variables, of eight bytes each. A piece has the next power of two, so half a megabyte is left for what is called.
ROOM = 70_000


def call(function: Callable, *arguments: object) -> object:
    return function(*arguments)


in_one_piece = FunctionType(call.__code__.replace(co_stacksize=ROOM), globals())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """The test as pytest runs it, with its fixtures, in one piece of memory."""
    return in_one_piece(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol, item, nextitem)
