from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from community import clock
from community.languages import speaking_for_all
from community.moderation.models import Decision, Verb
from community.people.models import Member
from community.policy import Invalid
from community.threads.models import LONGEST_REASON


def decided(verb: Verb, *, by: Member | None, at: datetime, because: str = "", **about: Any) -> Decision:
    """Write a decision down; `by` nobody where a time has come. `about`: thread, post, member, before, after."""
    return Decision.objects.create(verb=verb, actor=by, at=at, because=because[:LONGEST_REASON], **about)


def changed(verb: Verb, row: Model | None, before: Mapping[str, Any], *, by: Member, of: Any) -> None:
    """Write down what of a setting is not as it was, and nothing where all is. `of`: which one it is, in words.

    `before`: as `said_by` gave it; `row`: as it is now, None where it is gone.
    """
    after = said_by(row) if row else {}
    names = [name for name in (after or before) if after.get(name) != before.get(name)]
    if names:
        with speaking_for_all():
            told = [in_full(of, {name: said[name] for name in names if name in said}) for said in (before, after)]
        decided(verb, by=by, at=clock.now(), before=told[0], after=told[1])


def in_full(of: Any, said: Mapping[str, str]) -> str:
    return f"{of}: {'; '.join(f'{name}: {each}' for name, each in said.items())}"[:200] if said else ""


def said_by(row: Model) -> dict[str, str]:
    """What a setting says, in the words of its form and the language of the house."""
    with speaking_for_all():
        said = {
            str(field.verbose_name): in_a_word(row, field)
            for field in row._meta.concrete_fields
            if field.editable and not field.primary_key and not field.is_relation
        }
        if row.pk:
            for field in row._meta.many_to_many:
                said[str(field.verbose_name)] = ", ".join(map(str, getattr(row, field.name).order_by("pk"))) or "-"
    return said


def in_a_word(row: Model, field: Any) -> str:
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return "-" if value in (None, "") else str(value)


def reason(because: str) -> str:
    because = " ".join(because.split())
    if not because:
        raise Invalid("because", _("Give a reason. The person concerned reads it."))
    return because[:LONGEST_REASON]
