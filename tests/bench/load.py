"""Sends requests over a few kept connections and writes down how long each took."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")

type Requests = Callable[[int], bytes]


@dataclass
class Measured:
    """`seconds` of wall time, `cpu` seconds of the servers, one duration in seconds for each request."""

    seconds: float = 0.0
    cpu: float = 0.0
    durations: list[float] = field(default_factory=list)
    refused: int = 0
    # Of one answer as it comes over the line, without its head.
    size: int = 0

    @property
    def rate(self) -> float:
        return len(self.durations) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the servers' CPU for each request."""
        return 1000 * self.cpu / max(1, len(self.durations))

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        ranked = sorted(self.durations)
        return 1000 * ranked[min(len(ranked) - 1, len(ranked) * percent // 100)] if ranked else 0.0


def family(pids: Iterable[int]) -> set[int]:
    """These processes and all that they have started."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
        except OSError:
            continue
    found: set[int] = set()
    to_see = [*pids]
    while to_see:
        pid = to_see.pop()
        if pid not in found:
            found.add(pid)
            to_see += children.get(pid, [])
    return found


def cpu_of(pids: Iterable[int]) -> float:
    """CPU seconds these processes and their children have used."""
    used = 0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


def memory_of(pids: Iterable[int]) -> float:
    """MiB; what several share is counted once."""
    kib = 0
    for pid in family(pids):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, int]:
    """One request on an open connection: the status, and the bytes of the body, which is read to its end.

    Who is sent to sign in has been refused, whatever number says so: 401.
    """
    writer.write(request)
    status = int((await reader.readline()).split()[1])
    length, chunked = 0, False
    while (line := await reader.readline()) != b"\r\n":
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "content-length":
            length = int(value)
        elif name.lower() == "transfer-encoding":
            chunked = "chunked" in value.lower()
        elif name.lower() == "location" and "login" in value:
            status = 401
    if not chunked:
        await reader.readexactly(length)
        return status, length
    length = 0
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
        length += size
    await reader.readline()
    return status, length


async def run(address: tuple[str, int], pids: list[int], request: Requests, wide: int, seconds: float) -> Measured:
    """`request(number)` makes the bytes of each request; anything but 200, 302 and 303 counts as refused."""
    measured = Measured()
    numbers = iter(range(10**9))
    until = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(*address)
        while True:
            began = time.perf_counter()
            status, measured.size = await ask(reader, writer, request(next(numbers)))
            measured.durations.append(time.perf_counter() - began)
            measured.refused += status not in (200, 302, 303)
            if time.perf_counter() >= until:
                break
        writer.close()

    began, cpu = time.perf_counter(), cpu_of(pids)
    await asyncio.gather(*(client() for _ in range(wide)))
    measured.seconds, measured.cpu = time.perf_counter() - began, cpu_of(pids) - cpu
    return measured


def measure(
    address: tuple[str, int], pids: list[int], request: Requests, *, connections: int, seconds: float
) -> Measured:
    return asyncio.run(run(address, pids, request, connections, seconds))
