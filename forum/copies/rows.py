"""Every row that is kept, whichever database keeps it, and a fingerprint that equal rows share in any database."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

type Row = tuple[Any, ...]

# Each database has an index of its own making, made anew from the rows.
NOT_KEPT = {"wagtailsearch"}
AT_ONCE = 2000


def kept_models() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_KEPT
    ]


def columns(model: type[Model]) -> list[Field]:
    """Those of its own table; what it inherits is in the table of its parent."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def rows(model: type[Model], using: str, after: Any = None) -> Iterator[Row]:
    """In the order of their keys, those behind the key `after`."""
    found = model._base_manager.using(using).order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    return found.values_list(*(field.attname for field in columns(model))).iterator(chunk_size=AT_ONCE)


def fingerprint(using: str) -> dict[str, str]:
    """For each table how many rows it has and a hash of them, in no order: databases sort words differently."""
    return {model._meta.db_table: fingerprint_of(model, using) for model in kept_models()}


def fingerprint_of(model: type[Model], using: str) -> str:
    count = total = 0
    fields = columns(model)
    for row in rows(model, using):
        count += 1
        plain = [field.get_prep_value(value) for field, value in zip(fields, row, strict=True)]
        total += int.from_bytes(hashlib.sha256(json.dumps(plain, default=in_words, sort_keys=True).encode()).digest())
    return f"{count}:{total % 2**256:064x}"


def in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def together(prints: dict[str, str]) -> str:
    """One hash for all tables."""
    return hashlib.sha256(json.dumps(prints, sort_keys=True).encode()).hexdigest()
