"""Subscription codes that somebody writes where everybody reads are made unreadable before they are kept."""

import re

from .codes import SHAPE
from .models import Organisation

MASK = "••••••"
# The files in a text have such keys in their addresses.
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# So many that looking them up one by one costs more than reading every code.
MANY = 200


def masked(text: str) -> str:
    """The text without any organisation's code. Asks the database only where something looks like one."""
    words = {word.rstrip(".") for word in SHAPE.findall(text) if not KEY.fullmatch(word)}
    if not words:
        return text
    codes = Organisation.objects.values_list("subscription_code", flat=True)
    if len(words) <= MANY:
        codes = codes.filter(subscription_code__in=words | {word.upper() for word in words})
    for code in codes:
        text = re.sub(rf"(?<!\w){re.escape(code)}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return text
