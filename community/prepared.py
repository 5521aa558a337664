"""Questions to the database whose SQL is made once and asked again and again, each time with other values.

Django makes the SQL of a queryset anew each time it is asked. Of a page that asks large questions that is most of the
work: to make the SQL of a thread takes forty times as long as to answer it.

    def drafts_in(member, thread_id):
        return Draft.objects.filter(author=member, thread=thread_id)

    prepared.rows(drafts_in, request.user, 42)

A question is a function that makes a queryset of its values and of nothing else: no time, nothing looked up. Whole
numbers, moments, which member it is and what is marked as a `Word` are put into the SQL each time. Everything else
(plain words, yes and no, functions, and the rights of the member) decides what is asked, so each of these has SQL of
its own: they must be few.
"""

from collections.abc import Callable, Hashable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Lookup, QuerySet
from django.db.transaction import TransactionManagementError

from .instances import plan_for

type Question = Callable[..., QuerySet]

MOST_KINDS = 200
# No row has a larger number, whatever stands in an address; what narrower columns do not hold is asked the long way.
LARGEST, LARGE = 2**63, 2**31
VISITOR = AnonymousUser()


class Word(str):
    """A word of which there are many, such as a token: it is put in, and never empty."""


def rows(question: Question, *values: Any) -> list[Any]:
    """What `question(*values)` finds."""
    largest = max((abs(value) for value in values if type(value) is int), default=0)
    if largest >= LARGEST:
        return []
    if largest >= LARGE:
        return list(question(*values))
    found = made(question, tuple(kind_of(value) for value in values))
    return found.rows(values) if found else []


def rows_once(question: Question, *values: Any) -> list[Any]:
    """The same, where there are too many kinds of values to keep the SQL of each."""
    return list(question(*values))


def first(question: Question, *values: Any) -> Any:
    """The first of them, in the order of the question; None if there is none. The question takes no more than it
    needs: whoever wants one row slices."""
    return next(iter(rows(question, *values)), None)


def filled_up(numbers: Iterable[int]) -> list[int]:
    """For `in`: the last one is said again up to a multiple of 24, so that few kinds of them are asked."""
    listed = list(numbers)
    return listed + listed[-1:] * (-len(listed) % 24)


# What is put in


class Number:
    """Stands for any whole number."""

    def stand_in(self, number: int) -> Any:
        return number


class Numbers(tuple[int, ...]):
    """However many whole numbers as one value, for `Among`: hundreds of them are one kind, and one parameter."""

    def written(self, vendor: str) -> str:
        listed = ",".join(map(str, self))
        return f"{{{listed}}}" if vendor == "postgresql" else f"[{listed}]"


class Among(Lookup):
    """Whether an expression is one of the `Numbers`: `filter(Among(F("pk"), numbers))`."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        among = "= ANY(%s::bigint[])" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{sql} {among}", (*params, self.rhs.written(connection.vendor))


class AnyNumbers:
    """Stands for any of them."""

    def stand_in(self, number: int) -> Any:
        return Numbers((number,))


class Moment:
    """Stands for any moment."""

    def stand_in(self, number: int) -> Any:
        return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=number)


class AnyWord:
    """Stands for any word that is marked as one that is put in."""

    def stand_in(self, number: int) -> Any:
        return f"word {number}"


NUMBER, NUMBERS, MOMENT, ANY_WORD = Number(), AnyNumbers(), Moment(), AnyWord()


def kind_of(value: Any) -> Hashable:
    """What of a value decides the SQL. A member says it himself: somebody of the same rights stands in for him."""
    if type(value) is int:
        return NUMBER
    if isinstance(value, Numbers):
        return NUMBERS
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, Word):
        return ANY_WORD
    if not getattr(value, "is_authenticated", True):
        return VISITOR
    return getattr(value, "likeness", value)


def put_in(value: Any) -> Any:
    return getattr(value, "pk", value)


# The SQL


@dataclass(frozen=True)
class Place:
    """Where in the parameters a value stands, and as which type the database takes it."""

    of: int
    type: type


@dataclass(frozen=True)
class Prepared:
    queryset: QuerySet
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]
    # What makes instances of rows; None where that is left to Django.
    instances: Callable[[Iterable[Any]], list[Any]] | None

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        connection = connections[self.queryset.db]
        if self.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A row is locked inside a transaction.")
        if self.instances is None:
            return list(self.asked_with(values))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(values, connection))
            found = cursor.fetchall()
        compiler = self.compiler_of(connection)
        return self.instances(compiler.apply_converters(found, self.converters))

    def asked_with(self, values: tuple[Any, ...]) -> QuerySet:
        asked = self.queryset.__class__.__new__(self.queryset.__class__)
        asked.__dict__.update(self.queryset.__dict__, _query=Filled(self, values), _result_cache=None)
        return asked

    def compiler_of(self, connection: Any) -> Any:
        compiler = copy(self.compiler)
        compiler.connection = connection
        return compiler

    def filled(self, values: tuple[Any, ...], connection: Any) -> tuple[Any, ...]:
        # Who asks stands in many places, and to ask him each time who he is takes longer than all the rest.
        given = [put_in(value) for value in values]
        return tuple(
            in_its_type(given[param.of], param.type, connection) if isinstance(param, Place) else param
            for param in self.params
        )


class Filled:
    """What a queryset takes for its query when the SQL is there already."""

    def __init__(self, prepared: Prepared, values: tuple[Any, ...]) -> None:
        self.prepared, self.values = prepared, values

    def get_compiler(self, using: str) -> Any:
        connection = connections[using]
        compiler, params = self.prepared.compiler_of(connection), self.prepared.filled(self.values, connection)
        compiler.as_sql = lambda: (self.prepared.sql, params)
        return compiler

    def __getattr__(self, name: str) -> Any:
        if name not in ("extra_select", "values_select", "annotation_select"):
            raise AttributeError(f"What is prepared is asked as it is: it has no {name}.")
        return getattr(self.prepared.queryset.query, name)


def in_its_type(value: Any, kind: type, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, Numbers):
        return value.written(connection.vendor)
    return kind(value)


@lru_cache(maxsize=MOST_KINDS)
def made(question: Question, kinds: tuple[Any, ...]) -> Prepared | None:
    """The SQL of a question about such values; None where it cannot find anything.

    It is made twice, with other stand-ins: whatever else differs then was not made of the values alone, and would be
    true only this once.
    """
    # Far apart, and far from every number that a question names of itself.
    first, second = (with_places(question, kinds, base) for base in (1_700_000_087, 1_900_000_043))
    if first is None or second is None:
        return None
    if (first.sql, first.params) != (second.sql, second.params):
        raise TypeError(f"{question.__qualname__} is not made of its values alone, so it cannot be prepared.")
    return first


def with_places(question: Question, kinds: tuple[Any, ...], base: int) -> Prepared | None:
    numbers = [base + 7_919 * place for place in range(len(kinds))]
    stand_ins = [
        kind.stand_in(number) if hasattr(kind, "stand_in") else kind
        for kind, number in zip(kinds, numbers, strict=True)
    ]
    queryset = question(*stand_ins)
    connection = connections[queryset.db]
    places: dict[Any, int] = {}
    for place, value in enumerate(stand_ins):
        if isinstance(value, datetime):
            places[connection.ops.adapt_datetimefield_value(value)] = place
        elif isinstance(value, Numbers):
            places[value.written(connection.vendor)] = place
        elif hasattr(kinds[place], "stand_in"):
            places[put_in(value)] = place
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    of = [places.get(param) if isinstance(param, int | str | datetime) else None for param in params]
    # The same for every row of every answer.
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda columns: converters
    filled = tuple(
        param if place is None else Place(place, type(param)) for param, place in zip(params, of, strict=True)
    )
    return Prepared(queryset, compiler, sql, filled, converters, plan_for(queryset, compiler))
