from collections.abc import Callable

import pytest
from django.tasks import default_task_backend
from django.test import Client


@pytest.fixture(autouse=True)
def _no_old_work():
    default_task_backend.clear()


@pytest.fixture
def indexed() -> Callable[[], None]:
    """Does the work that is queued, as the task worker would."""

    def work() -> None:
        queued = list(default_task_backend.results)
        default_task_backend.clear()
        for result in queued:
            result.task.call(*result.args, **result.kwargs)

    return work


@pytest.fixture
def search(indexed) -> Callable[..., list[str]]:
    """The posts a search finds, as "title / number", in their order."""

    def find(browser: Client, q: str, **filters) -> list[str]:
        indexed()
        page = browser.get("/search/", {"q": q} | filters)
        assert page.status_code == 200
        found = page.context.get("page")
        return [f"{post.thread.title} / {post.number}" for post in found or []]

    return find
