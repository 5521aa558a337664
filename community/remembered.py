"""What was made of the same facts before. Nothing in it can grow old, because the facts are all there is to it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Remembered[Made]:
    """The last `most` things that were asked for, in the memory of this process."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.made: OrderedDict[Hashable, Made] = OrderedDict()
        self.lock = Lock()

    def of(self, facts: Hashable, make: Callable[[], Made]) -> Made:
        with self.lock:
            if facts in self.made:
                self.made.move_to_end(facts)
                return self.made[facts]
        made = make()
        with self.lock:
            self.made[facts] = made
            while len(self.made) > self.most:
                self.made.popitem(last=False)
        return made
