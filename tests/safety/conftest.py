from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.safety.stage import set_stage


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Set once for all tests of a file; each of them undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield set_stage()
        transaction.set_rollback(True)
