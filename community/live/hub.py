"""Hands every change to everybody who listens: the doorway for the rest of the forum, from any thread or process.

The channel layer carries one copy of a frame to each process that serves sockets; there a plain loop gives it to them.
"""

import asyncio
import logging
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from . import listening
from .postman import CONTROL, depot, frame_message, group_of
from .switchboard import Switchboard

logger = logging.getLogger(__name__)

_switchboard: Switchboard | None = None


def send(
    stream: str, text: str, *, seq: int | None = None, unless: int | None = None, other_rights: bool = False
) -> None:
    """Give the frame to everybody who listens to the stream, in every process, except the member `unless`.

    Call it once the change is committed, from any thread or process. Never fails and never waits: what gets lost,
    readers fetch from the log. With `other_rights` everybody's right to listen is asked afresh before.
    """
    post(group_of(stream), frame_message(stream, text, seq=seq, unless=unless, doubt=other_rights))


def recheck(*, stream: str = "", member: int | None = None, after: float = 0.0) -> None:
    """Rights may have changed: ask again, in every process, for everybody on the stream or for the member's sockets.

    `after` waits so many seconds, for changes that are announced before they are made.
    """
    post(CONTROL, {"type": "recheck", "stream": stream, "member": member, "after": after})


def heard(*streams: str) -> set[str]:
    """Those of the streams by which a frame could reach anybody. Ask once the change is committed: whoever begins to
    listen after that finds it in the log.
    """
    if not isinstance(get_channel_layer(), InMemoryChannelLayer):
        return listening.everywhere(streams)
    return set() if _switchboard is None else {stream for stream in streams if stream in _switchboard.streams}


def post(group: str, message: dict[str, Any]) -> None:
    try:
        if _switchboard is not None and _switchboard.loop.is_running():
            _switchboard.postman.post(group, message)
        else:
            depot.post(group, message)
    except Exception:
        logger.exception("A frame was not sent; readers catch up from the log.")


def serving() -> Switchboard:
    """The switchboard of the running event loop, opened when the first socket comes."""
    global _switchboard
    loop = asyncio.get_running_loop()
    if _switchboard is None or _switchboard.loop is not loop:
        _switchboard = Switchboard(loop)
    return _switchboard
