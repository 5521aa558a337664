"""How a message is read and a frame is written. The package's docstring lists them all."""

import json
import re
from dataclasses import dataclass
from typing import Any

from .limits import MESSAGE_BYTES

# Numbers of a log stay far below; anything longer is not one.
LARGEST = 2**53
NAME = re.compile(r"[a-z0-9:-]{1,60}")


class Broken(Exception):
    """A message we do not take: `code` for the program at the other end, `reason` for the person who reads its log."""

    def __init__(self, code: str, reason: str, *, stream: str | None = None):
        self.code, self.reason, self.stream = code, reason, stream
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Message:
    do: str
    stream: str = ""
    since: int | None = None


DOES = frozenset({"subscribe", "unsubscribe", "typing", "ping"})


def read(event: dict) -> Message:
    """The message in a `websocket.receive` event. Raises Broken for everything that is not one."""
    text = event.get("text")
    if text is None:
        raise Broken("binary", "Messages are text.")
    if len(text) > MESSAGE_BYTES or len(text.encode("utf-8", "replace")) > MESSAGE_BYTES:
        raise Broken("oversize", f"Messages have at most {MESSAGE_BYTES} bytes.")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Broken("broken", "Messages are JSON.") from None
    if not isinstance(said, dict):
        raise Broken("broken", "Messages are JSON objects.")
    do = said.get("do")
    if not isinstance(do, str) or do not in DOES:
        raise Broken("unknown", "There is no such thing to do.")
    if do == "ping":
        return Message(do)
    stream = said.get("stream")
    if not isinstance(stream, str) or not NAME.fullmatch(stream):
        raise Broken("stream", "Name a stream.")
    since = said.get("since")
    if since is not None and (type(since) is not int or not 0 <= since <= LARGEST):
        raise Broken("broken", "`since` is the number of the last change you have.")
    return Message(do, stream, since)


def frame(kind: str, stream: str | None = None, *, seq: int | None = None, **more: Any) -> str:
    """The text of a frame; encoded once and handed to every reader."""
    return json.dumps({"stream": stream, "seq": seq, "kind": kind, **more}, ensure_ascii=False, separators=(",", ":"))


def error(trouble: Broken) -> str:
    return frame("error", trouble.stream, code=trouble.code, reason=trouble.reason)
