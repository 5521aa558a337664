"""Pieces of pages that are made once for everybody of whom the same is true.

    {% made_once "components/keys.html" is_team=user.is_team curates=user.curates %}
    {% made_once "components/foot.html" signed_in=user.is_authenticated csrf_token=csrf_token|own %}

The template is given these facts and nothing else: no request, no reader. So what it says is decided by the facts, the
language and the brand, and can be given to whoever they are true of, for ever. What is `own` to one page (a token, an
address, what somebody wrote) is not known while the piece is made: a mark holds its place, and it is put in each time,
escaped. A template may ask whether it is there, and nothing else of it; in the address of a view it is a number.
"""

import re
import secrets
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms import brand
from community.remembered import Remembered

register = template.Library()

# A few kilobytes each.
MOST_REMEMBERED = 2_000
# Digits, so that they may stand where a number is asked for; nobody knows them, so nobody can write them.
MARK = str(10**15 + secrets.randbelow(9 * 10**15))
OWN = re.compile(rf"{MARK}(\d\d)")

_pieces = Remembered[tuple[str, ...]](MOST_REMEMBERED)


@dataclass(frozen=True)
class Own:
    """What is put in afterwards."""

    value: Any


@register.filter
def own(value: Any) -> Own:
    return Own(value)


@register.simple_tag
def made_once(template_name: str, **given: Any) -> SafeString:
    put_in = {name: value for name, value in given.items() if isinstance(value, Own)}
    # With the type: a text that is safe as it is and the same one that is not are two facts.
    facts = tuple((name, type(value), value) for name, value in given.items() if name not in put_in)
    decided_by = (template_name, get_language(), brand.current().facts, tuple(put_in), facts)
    pieces = _pieces.of(decided_by, lambda: made(template_name, given, list(put_in)))
    # Every second piece is the place of something.
    values = list(put_in.values())
    return mark_safe(
        "".join(
            conditional_escape(values[int(piece)].value) if place % 2 else piece for place, piece in enumerate(pieces)
        )
    )


def made(template_name: str, given: dict[str, Any], put_in: list[str]) -> tuple[str, ...]:
    for name, value in given.items():
        if name not in put_in and not is_plain(value):
            raise TypeError(f"{name} of {template_name} may change and stay equal, so nothing can be decided by it.")
    marks = {name: f"{MARK}{place:02}" for place, name in enumerate(put_in)}
    return tuple(OWN.split(render_to_string(template_name, given | marks)))


def is_plain(fact: Any) -> bool:
    """Whether two of these are equal only if they are the same in all that they say."""
    if is_dataclass(fact) and not isinstance(fact, type):
        return all(is_plain(getattr(fact, field.name)) for field in fields(fact))
    if isinstance(fact, tuple):
        return all(map(is_plain, fact))
    return fact is None or isinstance(fact, str | int | float | date)
