"""How long plain Channels takes to tell all readers, measured as ours is, with frames of the same size."""

import asyncio
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..load import cpu_of, memory_of
from ..readers import PATIENCE, ROUNDS, Socket, open_sockets
from ..rows import Row
from ..serving import ROOT, free_port, stop, wait_for_port

READERS = 2_000
# Of a reply as our readers are told of it.
FRAME = 1_700


def rows(
    folder: Path, corpus: Path, seconds: float, said: Callable[[str], None], *, readers: int = READERS
) -> Iterator[Row]:
    said(f"plain Channels, {readers} readers")
    port = free_port()
    command = [sys.executable, "-m", "daphne", "-p", str(port), "tests.bench.beside.plain:application"]
    with (folder / "channels.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for_port(port)
        yield from asyncio.run(told(f"http://127.0.0.1:{port}", server.pid, readers))
    finally:
        stop(server)


async def told(url: str, pid: int, readers: int) -> list[Row]:
    alone = memory_of([pid])
    sockets = await open_sockets(url, "readers", readers)
    weight = Row("memory of so many sockets", readers, 0, 0, 0, memory=memory_of([pid]) - alone)
    took: list[float] = []
    cpu = cpu_of([pid])
    for number in range(ROUNDS):
        Socket.word, Socket.arrived = f"{number}{secrets.randbelow(10**9):09}".encode(), []
        began = time.perf_counter()
        sockets[0].say(Socket.word.ljust(FRAME))
        async with asyncio.timeout(PATIENCE):
            while len(Socket.arrived) < readers:
                await asyncio.sleep(0.002)
        took += [1000 * (at - began) for at in Socket.arrived]
    cpu = 1000 * (cpu_of([pid]) - cpu) / ROUNDS
    for socket in sockets:
        socket.transport.abort()
    took.sort()
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    return [Row("live: a reply to all readers", readers, len(took) / (sum(took) / 1000), p50, p99, cpu), weight]
