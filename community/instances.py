"""Rows of an answer as what they stand for, by a plan that is made once.

Django makes the plan anew for each answer, and sets a row's values one by one where they can be taken as they come:
of a page of posts that was more work than to find them.
"""

from collections.abc import Callable, Iterable
from inspect import getattr_static
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable, get_related_populators

type Make = Callable[[str, list[str], Any], Model]


def plan_for(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], list[Any]] | None:
    """What makes instances of the rows that `compiler` finds; None where something is asked that only Django does."""
    asks_more = queryset._prefetch_related_lookups or queryset._known_related_objects or compiler.has_extra_select
    if queryset._iterable_class is not ModelIterable or asks_more or queryset._fetch_mode.track_peers:
        return None
    select, about, db, mode = compiler.select, compiler.klass_info, queryset.db, queryset._fetch_mode
    columns = slice(about["select_fields"][0], about["select_fields"][-1] + 1)
    names = [column[0].target.attname for column in select[columns]]
    joined = get_related_populators(about, select, db, mode)
    quicken(joined)
    make, added = quick(about["model"], mode), list((compiler.annotation_col_map or {}).items())

    def instances(rows: Iterable[Any]) -> list[Any]:
        found = []
        for row in rows:
            one = make(db, names, row[columns])
            for other in joined:
                other.populate(row, one)
            for name, place in added:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return instances


def quicken(joined: Iterable[Any]) -> None:
    for other in joined:
        other.from_db = quick(other.model_cls, other.fetch_mode)
        quicken(other.related_populators)


def quick(model: type[Model], mode: Any) -> Make:
    """As `model.from_db`, which goes from field to field, where nothing is to happen on the way."""
    if not takes_values_as_they_come(model):
        return lambda db, names, values: model.from_db(db, names, values, fetch_mode=mode)

    def make(db: str, names: list[str], values: Any) -> Model:
        one, state = model.__new__(model), ModelState()
        state.__dict__.update(adding=False, db=db, fetch_mode=mode, fields_cache={})
        one.__dict__.update(zip(names, values, strict=True), _state=state)
        return one

    return make


def takes_values_as_they_come(model: type[Model]) -> bool:
    """Whether nothing of its own happens when it is made. Nobody listens to that either: we use no signals."""
    ways = ("__init__", "__setattr__", "from_db")
    if any(getattr_static(model, way) is not getattr_static(Model, way) for way in ways):
        return False
    held = (getattr_static(model, field.attname) for field in model._meta.concrete_fields)
    # What a foreign key does when it is set concerns an instance that holds another one already.
    return all(isinstance(one, ForeignKeyDeferredAttribute) or not hasattr(type(one), "__set__") for one in held)
