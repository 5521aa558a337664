"""Takes the names and addresses of somebody who has gone out of every text the house keeps.

No place is listed: all tables are gone through, so that one made tomorrow cannot be overlooked. What a text says of the
person goes everywhere: addresses, @handle, a link to the page, the head of a quotation, a name of two words or more. A
single word ("may" is a handle) goes only where the row is about that person, and never in what people say in threads.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import gettext, override

from community.events import publish
from community.people.events import WordsTakenOut
from community.people.models import Erasure, Member

logger = logging.getLogger(__name__)

# The index is written anew from what it indexes; the others hold what is signed, hashed, or made by the framework.
LEFT_OUT = frozenset({"wagtailsearch", "sessions", "contenttypes", "auth"})
# "spam, trap": what our own code reads, whoever is called so.
KEYS = re.compile(r"[a-z_]+(, [a-z_]+)*")
NOT_IN_A_WORD, NOT_GOING_ON = r"(?<![\w@./#-])", r"(?![\w-]|\.\w)"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a person was called, and `now`, the handle that stands for who has gone."""

    handle: str
    name: str
    emails: tuple[str, ...]
    now: str

    @property
    def needles(self) -> set[str]:
        """A text without any of these holds nothing to take out."""
        names = {self.handle, self.name, escape(self.name), slugify(self.name)}
        return {needle for needle in names | set(self.emails) if needle}

    @property
    def of_one_word(self) -> list[str]:
        return [word for word in (self.handle, self.name) if word and not re.search(r"\s", word)]

    @property
    def full_names(self) -> list[str]:
        if not re.search(r"\s", self.name):
            return []
        return [self.name, escape(self.name)]

    def out_of(self, text: str, *, about: bool) -> str:
        """`about`: the text is about this person, so that a single word means nobody else."""
        for pattern, instead in self.about_them if about and not KEYS.fullmatch(text) else self.anywhere:
            text = pattern.sub(instead, text)
        return text

    @cached_property
    def anywhere(self) -> list[tuple[re.Pattern[str], str]]:
        return self._patterns(self.full_names)

    @cached_property
    def about_them(self) -> list[tuple[re.Pattern[str], str]]:
        return self._patterns(self.full_names + self.of_one_word)

    def _patterns(self, names: list[str]) -> list[tuple[re.Pattern[str], str]]:
        handle, gone = re.escape(self.handle), _gone()
        called = _any_of(self.full_names + self.of_one_word)
        return [
            *((_pattern(rf"{NOT_IN_A_WORD}{re.escape(email)}(?![\w-])"), gone) for email in self.emails),
            (_pattern(rf'<a [^>]*href="/people/{handle}/"[^>]*>@{handle}</a>'), gone),
            (_pattern(rf"(?<=/people/){handle}(?=/)"), self.now),
            (_pattern(rf"{NOT_IN_A_WORD}@{handle}{NOT_GOING_ON}"), gone),
            # The head of a quotation is a link that says nothing but a name.
            (_pattern(rf"(?<=\[)(?:{called})(?=\]\(/)"), gone),
            (_pattern(rf'(<a [^>]*href="/[^"]*"[^>]*>)(?:{called})(?=</a>)'), rf"\g<1>{gone}"),
            *((_pattern(rf"(?<![\w]){re.escape(slugify(name))}(?![\w])"), slugify(gone)) for name in self.full_names),
            *((_pattern(rf"(?<!\w){re.escape(name)}(?!\w)"), gone) for name in names),
        ]


def words_of(erasure: Erasure) -> Words:
    kept = erasure.words
    return Words(handle=kept["handle"], name=kept["name"], emails=tuple(kept["emails"]), now=erasure.member.handle)


def take_out(words: Words, member: Member) -> bool:
    """Row by row, each in a transaction of its own, so that the next run goes on where one broke off.

    Whether every row could be rewritten; one that could not is logged and keeps no other waiting.
    """
    is_done = True
    for model in _models():
        fields, rows_about = _texts_of(model), _about(model, member)
        for pk in list(_where_found(model, fields, words)):
            try:
                with transaction.atomic():
                    _rewrite(model, fields, pk, words, about=rows_about.filter(pk=pk).exists())
            except DatabaseError:
                is_done = False
                logger.exception("%s %s still names who is to be forgotten", model._meta.label, pk)
    return is_done


def _rewrite(model: type[models.Model], fields: list[Any], pk: Any, words: Words, *, about: bool) -> None:
    row = model._base_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return
    in_conversation = getattr(model, "said_in_conversation", ())
    changed = {}
    for field in fields:
        was = getattr(row, field.attname)
        becomes = _without(was, words, about=about and field.name not in in_conversation)
        if becomes != was:
            changed[field.name] = becomes[: field.max_length] if isinstance(becomes, str) else becomes
    if changed:
        model._base_manager.filter(pk=pk).update(**changed)
        publish(WordsTakenOut(model=model._meta.label_lower, key=str(pk)))


def _without(kept: Any, words: Words, *, about: bool) -> Any:
    """The same text, or the same JSON, without what they were called."""
    if isinstance(kept, str):
        return words.out_of(kept, about=about)
    if isinstance(kept, list):
        return [_without(each, words, about=False) for each in kept]
    if isinstance(kept, dict):
        return {key: _without(each, words, about=False) for key, each in kept.items()}
    return kept


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT and _texts_of(model):
            yield model


def _texts_of(model: type[models.Model]) -> list[Any]:
    """Where a row of this table may hold words of people: neither keys of ours, nor the names of files."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not (field.choices or field.primary_key or field.unique)
        and (model, field.name) != (Erasure, "words")
    ]


def _where_found(model: type[models.Model], fields: list[Any], words: Words) -> models.QuerySet:
    found = Q()
    rows = model._base_manager.order_by("pk")
    for field in fields:
        column, needles = field.name, words.needles
        if isinstance(field, models.JSONField):
            # One database keeps letters in JSON as they are, the other as their numbers.
            column = f"{field.name}_as_text"
            rows = rows.annotate(**{column: Cast(field.name, TextField())})
            needles = needles | {json.dumps(needle)[1:-1] for needle in needles}
        for needle in needles:
            found |= Q(**{f"{column}__icontains": needle})
    return rows.filter(found).values_list("pk", flat=True)


def _about(model: type[models.Model], member: Member) -> models.QuerySet:
    """The rows of ours that name the member, or something that does: a decision, a case, the copy of a post."""
    if not model.__module__.startswith("community."):
        return model._base_manager.none()
    found = Q(pk=member.pk) if model is Member else Q(pk__in=())
    for field in _keys_of(model):
        if field.related_model is Member:
            found |= Q(**{field.name: member})
        else:
            for further in _keys_of(field.related_model):
                if further.related_model is Member:
                    found |= Q(**{f"{field.name}__{further.name}": member})
    return model._base_manager.filter(found)


def _keys_of(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one]


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in names)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _gone() -> str:
    """One text for every reader, so in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        return gettext("former member")
