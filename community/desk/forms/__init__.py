from .promising import DeadlineForm, DecisionForm, EscalationForm, OfferForm, PromiseForm, WriteDownForm
from .working import AsideForm, AssignForm, CallForm, DropForm, ReadyReplyForm, ShiftForm, SnoozeForm

__all__ = [
    "AsideForm",
    "AssignForm",
    "CallForm",
    "DeadlineForm",
    "DecisionForm",
    "DropForm",
    "EscalationForm",
    "OfferForm",
    "PromiseForm",
    "ReadyReplyForm",
    "ShiftForm",
    "SnoozeForm",
    "WriteDownForm",
]
