"""A page that listens to a thread, as js/live-line.js and js/live-log.js do, told apart only by its shorter waits."""

import json
import random
import threading
import time

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import connect

from community.threads.models import Thread
from tests.deploy.place import UNCHECKED, Browser, Place

# A tenth of what browsers take, so that a test does not wait for it.
RETURNS_WITHIN = 1.0


class Listener:
    def __init__(self, place: Place, thread: Thread) -> None:
        self.place, self.thread = place, thread
        self.browser = Browser(place)
        self.applied: list[int] = []
        self.cuts: list[int | str] = []
        self.on, self.over = threading.Event(), threading.Event()

    def listen(self) -> None:
        while not self.over.is_set():
            try:
                self.listen_once()
            except ConnectionClosed as closed:
                self.cuts.append(closed.rcvd.code if closed.rcvd else 1006)
            except (OSError, WebSocketException) as trouble:
                # It knocked in the very moment in which its process stopped.
                self.cuts.append(repr(trouble))
            time.sleep(RETURNS_WITHIN * random.random())
        self.catch_up()

    def listen_once(self) -> None:
        address = f"{self.place.url.replace('https', 'wss')}/live/"
        with connect(address, ssl=UNCHECKED, origin=self.place.url, open_timeout=20) as line:
            line.send(json.dumps({"do": "subscribe", "stream": f"thread:{self.thread.pk}"}))
            while not self.over.is_set():
                try:
                    frame = json.loads(line.recv(timeout=0.5))
                except TimeoutError:
                    continue
                if frame["kind"] == "subscribed":
                    self.on.set()
                    self.catch_up()
                elif frame["seq"] is not None and frame["seq"] > self.seen:
                    self.apply(frame["seq"]) if frame["seq"] == self.seen + 1 else self.catch_up()

    @property
    def seen(self) -> int:
        return self.applied[-1] if self.applied else 0

    def apply(self, seq: int) -> None:
        self.applied.append(seq)

    def catch_up(self) -> None:
        # A connection on which nothing was asked for a minute is gone; browsers open another.
        self.browser.leave()
        while True:
            told = json.loads(self.browser.get(f"/threads/{self.thread.pk}/since/{self.seen}/").text)
            for frame in told["frames"]:
                self.apply(frame["seq"])
            if not told["more"]:
                return
