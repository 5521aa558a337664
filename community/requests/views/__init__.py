from .drafts import discard_draft, save_draft
from .lists import choose, index
from .opening import new
from .tending import close, detail, reopen, severity

__all__ = [
    "choose",
    "close",
    "detail",
    "discard_draft",
    "index",
    "new",
    "reopen",
    "save_draft",
    "severity",
]
