import asyncio
import ctypes
import gc
import logging
import os
import threading
import time
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

# First of all: it chooses the event loop that everything else of the network library then finds.
import daphne.server
from crontask import scheduler
from daphne.http_protocol import WebRequest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.autoreload import run_with_reloader
from django.utils.module_loading import module_has_submodule
from twisted.internet.defer import Deferred

from forum.bodies import HTTPFactory
from forum.demo.building import is_built
from forum.demo.people import PASSWORD
from forum.health import database_is_up_to_date
from forum.working import Worker

logger = logging.getLogger(__name__)

# The largest message a browser may send us over a socket, in bytes; ours are a few hundred.
SOCKET_LIMIT = 64 * 1024
# How long pages under way may take to finish once we are asked to stop, in seconds.
LAST_PAGES = 20
# A connection that was taken in the last moment has so long to say what it asks for, in seconds.
FIRST_WORDS = 2
# And what was said last so long to be taken, in seconds.
LAST_WORDS = 5
# How long a task under way may take to finish, in seconds.
LAST_TASK = 15
# What sockets are told then (RFC 6455, "service restart"): live-line.js comes back, but not with everybody at once.
STARTS_AGAIN = 1012
# Of glibc's malloc.h.
M_ARENA_MAX = -8


class Command(BaseCommand):
    help = "Serves the whole forum from one process: pages, sockets, tasks and the schedule. Ctrl-C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="the address to listen on (default: %(default)s)")
        parser.add_argument("--port", default=settings.PORT, type=int, help="the port (default: %(default)s)")
        parser.add_argument("--descriptor", type=int, help="a socket that listens already, by its number, not a port")
        parser.add_argument("--web-only", action="store_true", help="leave tasks and schedule to other processes")
        parser.add_argument("--prepare", action="store_true", help="bring the database up to date, load the demo first")
        parser.add_argument("--reload", action="store_true", help="start again whenever the code changes")

    def handle(self, **options: Any) -> None:
        if options["prepare"]:
            self.prepare()
        if options["reload"]:
            run_with_reloader(self.serve, **options)
        else:
            self.serve(**options)

    def serve(
        self, *, host: str, port: int, descriptor: int | None, web_only: bool, reload: bool, **options: Any
    ) -> None:
        from forum.asgi import application, pages

        share_freed_memory()
        place = f"tcp:port={port}:interface={host.replace(':', r'\:')}"
        server = Server(
            application,
            endpoints=[place if descriptor is None else f"fd:fileno={descriptor}"],
            signal_handlers=not reload,  # only the main thread can handle signals; the reloader keeps it
            http_timeout=120,
            websocket_max_message_size=SOCKET_LIMIT,
            websocket_max_frame_size=SOCKET_LIMIT,
            ready_callable=lambda: self.announce(host, port if descriptor is None else None),
            server_name="forum",
            verbosity=0,
        )
        work: list[Tasks | Schedule] = [] if web_only else [Tasks(), Schedule()]
        for background in work:
            background.start()
        # What is loaded by now stays. To look through all of it for garbage stopped everybody for 0.4 s (measured).
        gc.collect()
        gc.freeze()
        # So that a quarter more than nothing is reason enough for the next one, not a quarter more than all that.
        gc.collect()
        try:
            server.run()
        finally:
            self.listens_file().unlink(missing_ok=True)
            pages.pool.shutdown()
            for background in work:
                background.stop()
        if not server.listening_addresses:
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        if not database_is_up_to_date():
            self.stdout.write("Bringing the database up to date.")
            call_command("migrate", verbosity=0)
            call_command("first_pages")
        if settings.DEMO_SIGN_IN and not is_built():
            self.stdout.write("Loading the demo.")
            call_command("demo", stdout=self.stdout)

    def announce(self, host: str, port: int | None) -> None:
        """`port` is None for a process that is one of several on a socket which somebody else opened."""
        if port is None:
            self.stdout.write(f"{settings.SITE_NAME} has one process more.")
            self.listens_file().touch()
            return
        address = f"[{host}]" if ":" in host else host
        self.stdout.write(self.style.SUCCESS(f"{settings.SITE_NAME} is open at http://{address}:{port}/"))
        if settings.DEMO_SIGN_IN and is_built():
            self.stdout.write(f"The sign-in page opens by one click for these; each has the password {PASSWORD}:")
            widest = max(len(handle) for handle, _role in settings.DEMO_PEOPLE)
            for handle, role in settings.DEMO_PEOPLE:
                self.stdout.write(f"  {handle:<{widest}}  {role}")
        self.stdout.write("Ctrl-C stops it.")

    def listens_file(self) -> Path:
        """There as long as this process listens beside others: deploy/roll.sh stops none of them before."""
        return Path(settings.DATA_DIR) / f"listens-{os.getpid()}"


def share_freed_memory() -> None:
    """The threads get theirs from two places instead of one each, where what one has freed waits for it alone.

    It saves 25 MiB of 250 under load (measured). Only glibc has such places, and only one process of many threads them.
    """
    if set_option := getattr(ctypes.CDLL(None), "mallopt", None):
        set_option(M_ARENA_MAX, 2)


class Server(daphne.server.Server):
    def run(self) -> None:
        # The only place where Daphne says how it reads requests.
        daphne.server.HTTPFactory = HTTPFactory
        super().run()

    def listen_success(self, port: Any) -> Any:
        super().listen_success(port)
        # The library forgets it, and then nobody could make it listen no more.
        return port

    def listen_error(self, failure: Any) -> None:
        self.stop()

    def kill_all_applications(self) -> Deferred[Any]:
        """Listen no more, let the pages under way finish, then close the sockets, which come back by themselves."""
        for listener in self.listeners:
            listener.addCallback(lambda port: port and port.stopListening())
        return Deferred.fromFuture(asyncio.ensure_future(self.finish()))

    async def finish(self) -> None:
        began = time.monotonic()
        while self.pages_under_way(since=time.monotonic() - began):
            await asyncio.sleep(0.05)
        sockets = {
            protocol: details["application_instance"]
            for protocol, details in self.connections.items()
            if not isinstance(protocol, WebRequest) and "application_instance" in details
        }
        for protocol in sockets:
            if protocol.state == protocol.STATE_OPEN:
                # Its own way of closing knows only the codes that a page could send.
                protocol.sendCloseFrame(code=STARTS_AGAIN)
        if sockets:
            _, still_there = await asyncio.wait(sockets.values(), timeout=2)
            for socket in still_there:
                socket.cancel()
        self.http_factory.part()
        parted = time.monotonic()
        while self.http_factory.connected() and time.monotonic() - parted < LAST_WORDS:
            await asyncio.sleep(0.02)

    def pages_under_way(self, *, since: float) -> bool:
        """Whether a page is asked for, made or sent, or somebody just let in may still ask; not for ever."""
        asked = any(
            isinstance(protocol, WebRequest) and "disconnected" not in details
            for protocol, details in self.connections.items()
        )
        return (asked and since < LAST_PAGES) or (self.http_factory.has_silent() and since < FIRST_WORDS)


class Tasks:
    """The task worker in a thread. It looks for work twice a second and finishes what it began before it stops."""

    def __init__(self) -> None:
        self.worker = Worker(worker_id="embedded")
        self.thread = threading.Thread(target=self.work, name="tasks", daemon=True)
        self.asked_to_stop = threading.Event()

    def start(self) -> None:
        self.thread.start()

    def work(self) -> None:
        while not self.asked_to_stop.is_set():
            try:
                self.worker.run()
            except Exception:
                # Whatever happened to the database, the queue must not stand still once it is back.
                logger.exception("The task worker stumbled and starts again")
                self.asked_to_stop.wait(1)
        connections.close_all()

    def stop(self) -> None:
        self.asked_to_stop.set()
        self.worker.running = False
        # What takes longer is begun again by the next worker, as after a kill.
        self.thread.join(LAST_TASK)


class Schedule:
    """The scheduler in a thread. It only puts tasks into the queue."""

    def __init__(self) -> None:
        for app in apps.get_app_configs():
            # Of the scheduler's own tasks there is but a heartbeat for log files.
            if app.name != "crontask" and app.module and module_has_submodule(app.module, "tasks"):
                import_module(f"{app.name}.tasks")
        scheduler.configure(executors={"default": {"type": "threadpool", "max_workers": 1}})
        self.thread = threading.Thread(target=scheduler.start, name="schedule", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        # Whatever it is just putting into the queue comes again with its next time.
        scheduler.shutdown(wait=False)
        self.thread.join(LAST_WORDS)
