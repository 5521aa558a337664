from .agreements import add_agreement
from .invitations import accept_invitation, invite, withdraw_invitation
from .keeping import KEPT, edit_organisation, found_organisation, note_reminder
from .seats import end_seat, give_seat, swap_seats
from .second_factors import ask_for_second_factors

__all__ = [
    "KEPT",
    "accept_invitation",
    "add_agreement",
    "ask_for_second_factors",
    "edit_organisation",
    "end_seat",
    "found_organisation",
    "give_seat",
    "invite",
    "note_reminder",
    "swap_seats",
    "withdraw_invitation",
]
