"""Pages that are the same for every visitor may be kept and given to the next one, until what they show has changed.

A view marks its answer with what it shows; whoever changes that says so. Who wants to know it registers with `listen`;
who keeps pages in this process has them marked with `mark_pages`.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse

# Taken off again before the answer leaves the house.
MARK = "X-Same-For-Visitors"
# Read by the worker of the pages (forum/worker.js).
OFFLINE = "X-Keep-Offline"
# What every list of threads shows: home, lists, spaces, tags.
LISTS = "lists"
# What the index holds: every page of a search.
FOUND = "found"

_listeners: list[Callable[[Iterable[str]], None]] = []
_marking = False


def listen(listener: Callable[[Iterable[str]], None]) -> None:
    """`listener` is called with the marks that are outdated, from any thread."""
    _listeners.append(listener)


def mark_pages() -> None:
    """From now on answers of this process are marked; whoever asks for that takes the mark off again."""
    global _marking
    _marking = True


def same_for_visitors(request: HttpRequest, response: HttpResponse, *marks: str) -> HttpResponse:
    """Mark an answer that holds nothing of its reader, where somebody keeps pages. Members' are never marked."""
    if _marking and request.method == "GET" and response.status_code == 200 and not request.user.is_authenticated:
        response[MARK] = " ".join(marks)
    return response


def outdate(*marks: str) -> None:
    """What carries one of these marks is no longer true. Without marks: nothing is."""
    for listener in _listeners:
        listener(marks)


def outdate_on_commit(*marks: str) -> None:
    transaction.on_commit(partial(outdate, *marks))


def of_thread(thread_id: int) -> str:
    return f"thread:{thread_id}"


def readable_offline(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the reader's own browser keep this page, to be read without a network until somebody else reads there.

    `Cache-Control: private` speaks to caches on the way and stays as it is: it does not keep a page from the reader's
    browser. Only `no-store` does, and where that is said nothing is kept. A member who does not want to stay signed in
    on a device leaves nothing on it either.
    """
    if not request.user.is_authenticated or not request.session.get_expire_at_browser_close():
        response[OFFLINE] = "yes"
    return response
