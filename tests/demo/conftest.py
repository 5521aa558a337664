from collections.abc import Iterator

import pytest
from django.db import transaction

from forum.demo.building import build


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[int]:
    """The demo, built once for all tests of a file and taken away afterwards; the number of its threads."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
