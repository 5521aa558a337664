"""Reasons that are given often: the administrators' own, or, while there are none, the house's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import CannedReason, Outcome

HOUSE = {
    Outcome.UPHELD: [
        _("It advertises something."),
        _("It attacks a person instead of the problem."),
        _("It shows private data."),
        _("It does not belong here."),
        _("It is no longer true."),
    ],
    Outcome.DECLINED: [
        _("It answers the question."),
        _("It is a matter of opinion, and politely put."),
        _("It stands where it belongs."),
        _("It is still true."),
    ],
}


def canned_reasons() -> list[tuple[str, Any, list[tuple[int, Any]]]]:
    """By outcome: its key, its name, and the reasons with their number."""
    own: dict[str, list[Any]] = {}
    for reason in CannedReason.objects.all():
        own.setdefault(reason.outcome, []).append(reason.words)
    return [
        (outcome.value, outcome.label, list(enumerate(own.get(outcome.value) or HOUSE[outcome], 1)))
        for outcome in Outcome
    ]
