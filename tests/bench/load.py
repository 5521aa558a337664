"""Sends requests over a few kept connections and writes down how long each took."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """`seconds` of wall time, `cpu` seconds of the server, one duration in seconds for each request."""

    seconds: float
    cpu: float
    durations: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.durations) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the server's CPU for each request."""
        return 1000 * self.cpu / max(1, len(self.durations))

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        ranked = sorted(self.durations)
        return 1000 * ranked[min(len(ranked) - 1, len(ranked) * percent // 100)] if ranked else 0.0


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used, all its threads together."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """One request on an open connection; the status. The body is read to its end."""
    writer.write(request)
    status = int((await reader.readline()).split()[1])
    length, chunked = 0, False
    while (line := await reader.readline()) != b"\r\n":
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "content-length":
            length = int(value)
        elif name.lower() == "transfer-encoding":
            chunked = "chunked" in value.lower()
    if not chunked:
        await reader.readexactly(length)
        return status
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()
    return status


async def run(port: int, pid: int, request: Callable[[int], bytes], connections: int, seconds: float) -> Measured:
    """`request(number)` makes the bytes of each request; anything but 200, 302 and 303 counts as refused."""
    measured = Measured(0.0, 0.0)
    numbers = iter(range(10**9))
    until = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (began := time.perf_counter()) < until:
            status = await ask(reader, writer, request(next(numbers)))
            measured.durations.append(time.perf_counter() - began)
            measured.refused += status not in (200, 302, 303)
        writer.close()

    began, cpu = time.perf_counter(), cpu_of(pid)
    await asyncio.gather(*(client() for _ in range(connections)))
    measured.seconds, measured.cpu = time.perf_counter() - began, cpu_of(pid) - cpu
    return measured


def measure(port: int, pid: int, request: Callable[[int], bytes], *, connections: int, seconds: float) -> Measured:
    return asyncio.run(run(port, pid, request, connections, seconds))
