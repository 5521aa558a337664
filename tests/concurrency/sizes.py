"""How long the tests of this folder go on: SOAK=10 makes ten times as much of it, SEED= throws other dice.

Above one they are LONG: as many, and for as long, as their row of the yardsticks says, and held to the times it names.
"""

import os
import time

SOAK = int(os.environ.get("SOAK", "1"))
SEED = os.environ.get("SEED", "4127")
LONG = SOAK > 1


def crowded() -> float:
    """How many times as long as alone work takes here now, because others compute too.

    The yardsticks mean a machine of one's own: `took <= 5 * crowded()`. Ask while nothing else of ours runs.
    """
    began, worked = time.monotonic(), time.thread_time()
    while time.thread_time() < worked + 0.2:
        pass
    return (time.monotonic() - began) / (time.thread_time() - worked)
