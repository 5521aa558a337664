"""The forms of a new question and a new request, with a part for whoever has a deadline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.requests.forms import RequestDraftForm, RequestForm
from community.threads.forms import AskForm, DraftForm

from .promising import Needed

DEADLINE = ("at", "otherwise", "least")


class NeededInTime(Needed):
    """Left empty, nothing hurries. Cleaned, `needed` is what `state_deadline` takes, or None."""

    def __init__(self, *args: Any, member: Any, **options: Any):
        super().__init__(*args, member=member, **options)
        self.member = member

    def clean(self) -> None:
        super().clean()
        self.cleaned_data.pop("zone", None)
        said = {name: self.cleaned_data.pop(name, None) for name in DEADLINE}
        self.cleaned_data["needed"] = said if any(said.values()) else None
        if not any(said.values()):
            return
        if said["at"] is None and "at" not in self.errors:
            self.add_error("at", forms.ValidationError(_("Give a day and a time.")))
        if not (said["otherwise"] or "").strip():
            self.add_error("otherwise", forms.ValidationError(_("Say what happens if it is not there by then.")))

    @property
    def says_by_when(self) -> bool:
        """Whether the part is unfolded: something stands in it, or something is wrong with it."""
        return any(self[name].value() or self[name].errors for name in DEADLINE)


class QuestionForm(NeededInTime, AskForm):
    pass


class RequestInTimeForm(NeededInTime, RequestForm):
    pass


class KeptInTime(DraftForm):
    def kept_fields(self) -> dict[str, str]:
        kept = super().kept_fields()
        # A zone without a time would only keep the reader from typing in his own.
        return kept if "at" in kept else {name: words for name, words in kept.items() if name != "zone"}


class QuestionDraftForm(KeptInTime):
    KEPT = (*DraftForm.KEPT, *DEADLINE, "zone")


class RequestInTimeDraftForm(KeptInTime, RequestDraftForm):
    KEPT = (*RequestDraftForm.KEPT, *DEADLINE, "zone")
