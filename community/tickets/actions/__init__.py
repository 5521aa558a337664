from .bringing import bring_back, check_ticket, note_gone
from .carrying import carry, send_again
from .hearing import hear
from .linking import close_ticket, link_ticket, make_ticket, unlink_ticket
from .mending import Mended, mend, poll
from .mirroring import mirror, mirror_edit, mirror_erasure, mirror_standing

__all__ = [
    "Mended",
    "bring_back",
    "carry",
    "check_ticket",
    "close_ticket",
    "hear",
    "link_ticket",
    "make_ticket",
    "mend",
    "mirror",
    "mirror_edit",
    "mirror_erasure",
    "mirror_standing",
    "note_gone",
    "poll",
    "send_again",
    "unlink_ticket",
]
