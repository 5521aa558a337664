"""nginx, web and socket processes, worker and scheduler: what people notice when all of them start again."""

import http.client
import secrets
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.db import transaction

from community.threads.models import LogEntry, Post, Thread
from tests import make
from tests.deploy.listening import Listener
from tests.deploy.place import UNCHECKED, Browser, Place, asked
from tests.safety.test_hosts import HOSTILE
from tests.server import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]

READERS, WRITERS, LISTENERS = 2, 2, 8
HELD_FOR = 3
# nginx lets half a request go after 30 seconds. Beside them nine of ten answers take at most so long
# (yardsticks F23), whatever else the machine does.
SLOW_ONES = 100
GONE_WITHIN = 60
ANSWERED_WITHIN = 2
# So many answers are waited for before and beside the half requests.
SOME = 40


class Load:
    """People who read and write until they are told to stop; what went wrong for them."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.statuses: Counter[str] = Counter()
        self.times: list[float] = []
        self.written: list[str] = []

    def some(self) -> list[float]:
        """How long each of the next answers takes, the slowest last."""
        begin, until = len(self.times), time.monotonic() + PATIENCE
        while len(self.times) < begin + SOME:
            assert time.monotonic() < until, self.statuses
            time.sleep(0.05)
        return sorted(self.times[begin:])

    def read(self, browser: Browser, path: str) -> None:
        while not self.over.is_set():
            self.count("read", lambda: browser.get(path), 200)
            self.over.wait(0.05)

    def write(self, browser: Browser, thread: Thread) -> None:
        while not self.over.is_set():
            token = secrets.token_hex(8)
            form = {"body": f"Written as {token}.", "token": token}
            if self.count("written", lambda form=form: browser.post(f"/threads/{thread.pk}/reply/", **form), 302):
                self.written.append(token)
            self.over.wait(0.1)

    def count(self, what: str, ask, wanted: int) -> bool:
        began = time.monotonic()
        try:
            status = ask().status
        except (OSError, http.client.HTTPException) as trouble:
            self.statuses[f"{what}: {trouble!r}"] += 1
            return False
        self.times.append(time.monotonic() - began)
        self.statuses[f"{what}: {status}"] += 1
        return status == wanted


def test_everything_starts_again_under_load_and_nobody_notices(place: Place, tally):
    thread, held = make.thread(), make.thread()
    load = Load()
    listeners = [Listener(place, thread) for _ in range(LISTENERS)]
    with ThreadPoolExecutor(READERS + WRITERS + LISTENERS + 3) as pool, ExitStack() as slow:
        # Whatever fails here, those who read and write end before the pool does.
        slow.callback(lambda: [each.over.set() for each in (load, *listeners)])
        listening = [pool.submit(listener.listen) for listener in listeners]
        for listener in listeners:
            assert listener.on.wait(30)
        under_load = [
            pool.submit(load.read, Browser(place, make.member() if number else None), thread.get_absolute_url())
            for number in range(READERS)
        ] + [pool.submit(load.write, Browser(place, make.member()), thread) for _ in range(WRITERS)]
        # Each process has made its first pages by then, which take longer.
        load.some()
        half_sent = [slow.enter_context(half_a_request(place, number)) for number in range(SLOW_ONES)]
        slow_since = time.monotonic()
        beside_slow_ones = load.some()
        load.times.clear()
        # Two, so that each web process has one under way when it is asked to stop.
        with transaction.atomic():
            Thread.objects.select_for_update().get(pk=held.pk)
            under_way = [
                pool.submit(Browser(place, make.member()).post, f"/threads/{held.pk}/reply/", body="Mine.", token=token)
                for token in ("one", "two")
            ]
            time.sleep(1)
            rolling = pool.submit(place.roll)
            time.sleep(HELD_FOR)

        rolled = rolling.result()
        time.sleep(1)
        load.over.set()
        for work in under_load:
            work.result()
        for listener in listeners:
            listener.over.set()
        for work in listening:
            work.result()
        let_go = [is_let_go(each, slow_since + GONE_WITHIN) for each in half_sent]

    cuts = Counter(cut for each in listeners for cut in each.cuts)
    slowest = max(load.times)
    print(load.statuses, f"slowest {slowest:.1f} s", cuts, f"{time.monotonic() - slow_since:.0f} s")
    assert rolled.returncode == 0, rolled.stdout + rolled.stderr
    assert rolled.stdout.count(": started") == 6
    # Nobody was refused anything, and who had sent a form got its answer.
    assert load.statuses.keys() == {"read: 200", "written: 302"}, place.told()
    assert [work.result().status for work in under_way] == [302, 302]
    written = set(Post.objects.filter(thread=thread).exclude(client_token="").values_list("client_token", flat=True))
    assert written == set(load.written)
    # Everybody's socket was told, came back and has each change once and in order.
    head = LogEntry.objects.filter(thread=thread, lane="all").count()
    assert [1012 in each.cuts for each in listeners] == [True] * LISTENERS
    assert [each.applied for each in listeners] == [list(range(1, head + 1))] * LISTENERS
    # Half requests took nobody's place and are gone.
    assert beside_slow_ones[-SOME // 10] <= ANSWERED_WITHIN
    assert slowest < 20
    assert all(let_go)
    tally("F23", cuts=SLOW_ONES, more=f"slowest answer beside them {beside_slow_ones[-1]:.1f} s")
    tally(
        "F24",
        cuts=cuts[1012],
        writers=WRITERS,
        acknowledged=len(written),
        lost=0,
        more=f"6 processes; {load.statuses['read: 200']} pages read, the slowest answer took {slowest:.1f} s",
    )


def half_a_request(place: Place, number: int) -> socket.socket:
    """Some stop in the middle of the header, some in the middle of the body."""
    half = UNCHECKED.wrap_socket(socket.create_connection(("localhost", place.port)), server_hostname="localhost")
    if number % 5 < 3:
        half.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    else:
        half.sendall(b"POST /ask/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nbody=")
    return half


def is_let_go(half: socket.socket, until: float) -> bool:
    half.settimeout(max(0.1, until - time.monotonic()))
    try:
        while half.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_the_door_lets_in_only_what_is_meant_for_it(place: Place):
    thread = make.thread()
    browser = Browser(place)

    page = browser.get(thread.get_absolute_url())
    plain = http.client.HTTPConnection("127.0.0.1", place.plain_port, timeout=5)
    plain.request("GET", "/threads/", headers={"Host": "localhost"})
    to_tls = plain.getresponse()

    assert page.status == 200
    assert page.headers["Strict-Transport-Security"]
    assert (to_tls.status, to_tls.headers["Location"]) == (308, "https://localhost/threads/")
    # Static files come from nginx, by names that change with them.
    style = next(word for word in page.text.split('"') if word.startswith("/static/") and word.endswith(".css"))
    answer = browser.get(style)
    assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)
    assert browser.get("/static/../processes.sock").status in (400, 404)
    assert browser.get("/static../processes.log").status == 404
    # Hosts that are not ours; nginx refuses some itself.
    for host in HOSTILE:
        assert refuses(place, host) in (400, 421), host
    # A client's own word about who he is and how he came counts for nothing.
    assert browser.get("/threads/", **{"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}).status == 200
    assert asked(place.web_port, "/threads/", Host="localhost") == 301
    assert browser.get("/metrics").status == 404


def refuses(place: Place, host: str) -> int:
    asking = UNCHECKED.wrap_socket(socket.create_connection(("localhost", place.port)), server_hostname="localhost")
    with asking:
        asking.sendall(f"GET /threads/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return int(asking.recv(4096).split()[1])
