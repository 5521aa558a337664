from .changing import change_severity, close_request, reopen_request
from .copying_in import copy_in, take_out
from .handing_over import hand_over
from .noting import note_handover, note_receipt
from .opening import open_request

__all__ = [
    "change_severity",
    "close_request",
    "copy_in",
    "hand_over",
    "note_handover",
    "note_receipt",
    "open_request",
    "reopen_request",
    "take_out",
]
