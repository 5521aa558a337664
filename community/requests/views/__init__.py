from .copying_in import copy_in, take_out
from .drafts import discard_draft, save_draft
from .lists import choose, index
from .opening import new
from .tending import close, detail, reopen, severity

__all__ = [
    "choose",
    "close",
    "copy_in",
    "detail",
    "discard_draft",
    "index",
    "new",
    "reopen",
    "save_draft",
    "severity",
    "take_out",
]
