from .asking import QuestionDraftForm, QuestionForm, RequestInTimeDraftForm, RequestInTimeForm
from .promising import (
    ComplaintAnswerForm,
    ComplaintForm,
    DeadlineForm,
    DecisionForm,
    EscalationForm,
    OfferForm,
    PromiseForm,
    ThanksForm,
    WriteDownForm,
)
from .working import AsideForm, AssignForm, CallForm, DropForm, ReadyReplyForm, ShiftForm, SnoozeForm

__all__ = [
    "AsideForm",
    "AssignForm",
    "CallForm",
    "ComplaintAnswerForm",
    "ComplaintForm",
    "DeadlineForm",
    "DecisionForm",
    "DropForm",
    "EscalationForm",
    "OfferForm",
    "PromiseForm",
    "QuestionDraftForm",
    "QuestionForm",
    "ReadyReplyForm",
    "RequestInTimeDraftForm",
    "RequestInTimeForm",
    "ShiftForm",
    "SnoozeForm",
    "ThanksForm",
    "WriteDownForm",
]
