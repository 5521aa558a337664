"""How a line of the log looks: JSON in production, one readable line while developing. Nobody's words and no secrets.

A line holds the id of the request or task it was written for, so that all lines about one of them are found together.
"""

import copy
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# What the code below is working for: the id of a request, or of a task.
work: ContextVar[str] = ContextVar("work", default="")
NOWHERE = "(no address of ours)"
# What a line may say beside its message. Nothing else a library hangs on it gets out, such as the whole request.
TOLD = ("view", "object", "method", "status", "milliseconds", "member", "address", "task")
CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029)}


def known(record: logging.LogRecord) -> logging.LogRecord:
    """A filter: the line gets the id of the work, and addresses become views, for some addresses have keys in them."""
    record = copy.copy(record)
    record.work = work.get()
    if (request := getattr(record, "request", None)) and isinstance(record.args, tuple):
        record.args = tuple(view_of(request) if each == request.path else each for each in record.args)
    return record


def view_of(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match.route or NOWHERE) if match else NOWHERE


def task_begins(sender: Any, task_result: Any, **kwargs: Any) -> None:
    work.set(f"task-{task_result.id}")


def task_ends(sender: Any, task_result: Any, **kwargs: Any) -> None:
    work.set("")


class Line(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  a hook of logging
        """Whatever somebody called himself stays on the line it stands on."""
        told = " ".join(f"{name}={value}" for name in TOLD if (value := getattr(record, name, None)) is not None)
        return f"{super().formatMessage(record)} {told}".rstrip().translate(CONTROLS)


class Json(JsonFormatter):
    NAMES = {"asctime": "at", "levelname": "level", "name": "from", "message": "what"}
    KEPT = frozenset({*NAMES.values(), "work", "exc_info", "stack_info", *TOLD})

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s %(work)s", rename_fields=self.NAMES)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802  a hook of logging
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in log_data.items() if name in self.KEPT and value not in (None, "")}
