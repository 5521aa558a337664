"""The lines of a file, plain or gzip, without ever holding more than one of them."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# The longest real thread is a few hundred kB; a line beyond this is not a thread.
LONGEST_LINE = 32 * 1024 * 1024
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, kw_only=True)
class Line:
    """`read` is how many bytes of the file, as it lies on the disk, have been read so far.

    `fault` says why the line could not be read; its text is then empty.
    """

    number: int
    text: bytes
    read: int
    fault: str = ""


def lines_of(path: Path) -> Iterator[Line]:
    """Every line that is not blank. A file that breaks off gives what it has, then one line with a fault."""
    with path.open("rb") as raw, gzip.open(raw) if is_packed(raw) else nullcontext(raw) as file:
        number = 0
        while True:
            number += 1
            try:
                text, fault = next_line(file)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                yield Line(number=number, text=b"", read=raw.tell(), fault=f"the file is damaged from here on: {error}")
                return
            if not text and not fault:
                return
            if fault or text.strip():
                yield Line(number=number, text=text, read=raw.tell(), fault=fault)


def is_packed(raw: BinaryIO) -> bool:
    beginning = raw.read(len(GZIP))
    raw.seek(0)
    return beginning == GZIP


def next_line(file: BinaryIO) -> tuple[bytes, str]:
    """The next line and no fault, or the fault of one that is too long; it is skipped to its end."""
    text = file.readline(LONGEST_LINE)
    if len(text) < LONGEST_LINE or text.endswith(b"\n"):
        return text, ""
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass
    return b"", f"longer than {LONGEST_LINE // 1024 // 1024} MB"
