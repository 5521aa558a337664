"""On SQLite who wants to write waits for his turn, and every end of a write gives it to the next.

Collected where the tests have SQLite (conftest.py): PostgreSQL locks rows.
"""

from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from community.spaces.models import Space
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_next_writer_begins_when_the_one_before_has_committed(at_once):
    begun, asked = Event(), Event()

    def first() -> bool:
        with transaction.atomic():
            make.space(name="First")
            begun.set()
            return asked.wait(0.2)

    def second() -> None:
        def noticed(execute, sql, *more):
            asked.set()
            return execute(sql, *more)

        begun.wait(10)
        with connection.execute_wrapper(noticed), transaction.atomic():
            make.space(name="Second")

    asked_meanwhile, _ = at_once([first, second])

    assert not asked_meanwhile
    assert list(Space.objects.order_by("pk").values_list("name", flat=True)) == ["First", "Second"]


def test_a_write_that_stands_alone_waits_too(at_once):
    space = make.space(name="Before")
    begun, written = Event(), Event()

    def first() -> bool:
        with transaction.atomic():
            begun.set()
            return written.wait(0.2)

    def second() -> None:
        begun.wait(10)
        Space.objects.filter(pk=space.pk).update(name="After")
        written.set()

    written_meanwhile, _ = at_once([first, second])

    assert not written_meanwhile
    space.refresh_from_db()
    assert space.name == "After"


def test_what_failed_or_was_given_up_keeps_nobody_waiting(at_once):
    space = make.space()
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.create(pk=space.pk, name="Twice", slug="twice")
    with transaction.atomic():
        Space.objects.filter(pk=space.pk).update(name="Never")
        transaction.set_rollback(True)
    with transaction.atomic():
        connection.close()

    at_once([lambda: Space.objects.filter(pk=space.pk).update(name="Next")])

    space.refresh_from_db()
    assert space.name == "Next"
