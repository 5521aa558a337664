"""How much one socket, one member and one address may ask of us."""

import time
from collections import Counter, OrderedDict

from django.conf import settings

# The longest message a client has reason to send is a stream's name; the rest is room for the future.
MESSAGE_BYTES = 16 * 1024
MESSAGES_AT_ONCE = 20
MESSAGES_PER_SECOND = 2.0
STREAMS_PER_SOCKET = 20
# A page that is merely out of date makes one error; only a broken or hostile client makes ten.
ERRORS_PER_SOCKET = 10

SOCKETS_PER_MEMBER = 50
# An office or a school behind one address.
SOCKETS_PER_ADDRESS = 500
OPENINGS_AT_ONCE = 200
OPENINGS_PER_SECOND = 5.0

# A reader who is this far behind is dropped and catches up from the log.
WAITING_BYTES = 1_000_000
WAITING_FRAMES = 200

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Bucket:
    """Lets `at_once` through, then so many a second."""

    __slots__ = ("at_once", "left", "per_second", "seen")

    def __init__(self, at_once: int, per_second: float):
        self.at_once, self.per_second = at_once, per_second
        self.left, self.seen = float(at_once), time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self.left = min(self.at_once, self.left + (now - self.seen) * self.per_second)
        self.seen = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Door:
    """Counts who is in. Each process counts for itself."""

    REMEMBERED = 10_000

    def __init__(self) -> None:
        self.inside: Counter[str] = Counter()
        self.openings: OrderedDict[str, Bucket] = OrderedDict()

    def may_knock(self, address: str) -> bool:
        """Whether this address may open another socket now."""
        if address in LOOPBACK:
            # A proxy that does not say for whom it speaks: its readers must not share one allowance.
            return True
        bucket = self.openings.get(address)
        if bucket is None:
            bucket = self.openings[address] = Bucket(OPENINGS_AT_ONCE, OPENINGS_PER_SECOND)
            while len(self.openings) > self.REMEMBERED:
                self.openings.popitem(last=False)
        self.openings.move_to_end(address)
        return bucket.take()

    def enter(self, address: str, member_id: int | None) -> bool:
        """Count a socket in; False, and nothing counted, when there are too many."""
        if address not in LOOPBACK and self.inside[f"address {address}"] >= SOCKETS_PER_ADDRESS:
            return False
        if member_id is not None and self.inside[f"member {member_id}"] >= SOCKETS_PER_MEMBER:
            return False
        self.inside[f"address {address}"] += 1
        if member_id is not None:
            self.inside[f"member {member_id}"] += 1
        return True

    def leave(self, address: str, member_id: int | None) -> None:
        for key in (f"address {address}", f"member {member_id}"):
            self.inside[key] -= 1
            if self.inside[key] <= 0:
                del self.inside[key]


door = Door()


def address_of(scope: dict) -> str:
    """The client's address: what our own proxies saw, or the peer's when there are none."""
    proxies = settings.TRUSTED_PROXY_COUNT
    if proxies:
        seen = [
            part.strip()
            for name, value in scope["headers"]
            if name == b"x-forwarded-for"
            for part in value.decode("latin1").split(",")
        ]
        if len(seen) >= proxies:
            return seen[-proxies]
    client = scope.get("client")
    return client[0] if client else ""
