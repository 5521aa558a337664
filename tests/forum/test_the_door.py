"""What visitors are given at the door is what they would have been given inside."""

import asyncio
from collections.abc import Iterator

import pytest
from django.test import Client

from community import kept
from community.threads.actions import post_reply, vote
from forum.door import Door
from tests import make

PAGE = {"type": "http", "method": "GET", "path": "/a/", "query_string": b"", "scheme": "http"}


class Inside:
    """An application that counts how often it was asked."""

    def __init__(self, *, marks: str = "thread:1 lists", headers=()) -> None:
        self.asked = 0
        self.marks = marks
        self.headers = list(headers)
        self.meanwhile = lambda: None

    async def __call__(self, scope, receive, send):
        self.asked += 1
        marked = [(kept.MARK.encode(), self.marks.encode())] if self.marks else []
        await send({"type": "http.response.start", "status": 200, "headers": [*self.headers, *marked]})
        self.meanwhile()
        await send({"type": "http.response.body", "body": b"page %d" % self.asked})


@pytest.fixture(autouse=True)
def no_listeners_left() -> Iterator[None]:
    before = list(kept._listeners)
    yield
    kept._listeners[:] = before


def ask(door: Door, *, headers=((b"host", b"forum"),), **scope) -> tuple[dict, bytes]:
    said: list[dict] = []

    async def send(message):
        said.append(message)

    asyncio.run(door(PAGE | {"headers": list(headers)} | scope, None, send))
    return said[0], said[1]["body"]


def test_the_second_visitor_is_given_the_page_of_the_first():
    inside = Inside(headers=[(b"content-type", b"text/html")])
    door = Door(inside)

    first = ask(door)
    second = ask(door)

    assert inside.asked == 1
    assert first == second
    assert first[0]["headers"] == [(b"content-type", b"text/html")]


@pytest.mark.parametrize(
    "difference",
    [
        {"path": "/b/"},
        {"query_string": b"page=2"},
        {"scheme": "https"},
        {"headers": ((b"host", b"other"),)},
        {"headers": ((b"host", b"forum"), (b"accept-encoding", b"gzip"))},
        {"headers": ((b"host", b"forum"), (b"accept-language", b"de"))},
        {"headers": ((b"host", b"forum"), (b"accept", b"application/json"))},
        {"headers": ((b"host", b"forum"), (b"cookie", b"theme=dark"))},
        {"headers": ((b"host", b"forum"), (b"cookie", b"sessionid=abc"))},
        {"headers": ((b"host", b"forum"), (b"authorization", b"x"))},
        {"method": "POST"},
        {"method": "HEAD"},
    ],
)
def test_whoever_asks_for_anything_else_is_answered_inside(difference):
    inside = Inside()
    door = Door(inside)
    ask(door)

    ask(door, **difference)

    assert inside.asked == 2


def asked_in(*headers: tuple[bytes, bytes]) -> dict:
    return {"headers": ((b"host", b"forum"), *headers)}


def test_the_same_language_asked_for_in_other_words_is_the_same_page():
    inside = Inside()
    door = Door(inside)
    ask(door, **asked_in((b"accept-language", b"de")))

    ask(door, **asked_in((b"accept-language", b"de-CH,de;q=0.9,en;q=0.4")))
    ask(door, **asked_in((b"cookie", b"language=de")))
    ask(door, **asked_in((b"cookie", b"language=de"), (b"accept-language", b"fr")))
    assert inside.asked == 1

    ask(door, **asked_in((b"cookie", b"language=fr"), (b"accept-language", b"de")))
    assert inside.asked == 2


@pytest.mark.parametrize("cookie", [b"language=tlh", b"language=de; sessionid=abc", b"language=", b"Language=de"])
def test_a_cookie_that_is_more_or_less_than_a_language_is_answered_inside(cookie):
    inside = Inside()
    door = Door(inside)
    ask(door, **asked_in((b"accept-language", b"de")))

    ask(door, **asked_in((b"cookie", cookie), (b"accept-language", b"de")))

    assert (inside.asked, len(door.pages)) == (2, 1)


def test_what_is_not_marked_or_sets_a_cookie_is_not_kept():
    for inside in (Inside(marks=""), Inside(headers=[(b"set-cookie", b"a=b")])):
        door = Door(inside)
        ask(door)
        ask(door)

        assert inside.asked == 2


@pytest.mark.parametrize("marks", [("thread:1",), ("lists",), ()])
def test_a_page_goes_the_moment_it_is_outdated(marks):
    inside = Inside()
    door = Door(inside)
    ask(door)

    kept.outdate(*marks)

    assert ask(door)[1] == b"page 2"


def test_what_another_thread_changes_leaves_the_page_alone():
    inside = Inside(marks="thread:1")
    door = Door(inside)
    ask(door)

    kept.outdate("thread:2", "lists")
    ask(door)

    assert inside.asked == 1


def test_a_page_that_was_outdated_while_it_was_made_is_not_kept():
    inside = Inside()
    inside.meanwhile = lambda: kept.outdate("thread:1")
    door = Door(inside)

    ask(door)
    ask(door)

    assert inside.asked == 2


def test_a_full_door_lets_the_oldest_page_go(monkeypatch):
    monkeypatch.setattr("forum.door.MOST_PAGES", 2)
    inside = Inside()
    door = Door(inside)
    for path in ("/1/", "/2/", "/3/"):
        ask(door, path=path)

    ask(door, path="/3/")
    assert inside.asked == 3
    ask(door, path="/1/")
    assert inside.asked == 4
    assert door.size == sum(len(page.body) for page in door.pages.values())


@pytest.mark.django_db
def test_threads_and_lists_are_marked_for_visitors_only_where_somebody_keeps_pages():
    thread = make.thread()
    kept._listeners.clear()
    assert kept.MARK not in Client().get(thread.get_absolute_url())
    kept.listen(lambda marks: None)

    visitor, member = Client(), Client()
    member.force_login(make.member())

    assert visitor.get(thread.get_absolute_url())[kept.MARK] == f"thread:{thread.pk}"
    assert visitor.get("/threads/")[kept.MARK] == "lists"
    assert kept.MARK not in member.get(thread.get_absolute_url())
    assert kept.MARK not in member.get("/threads/")


@pytest.mark.django_db
def test_a_reply_and_a_vote_outdate_the_thread(django_capture_on_commit_callbacks):
    thread = make.thread()
    outdated: list[tuple[str, ...]] = []
    kept.listen(lambda marks: outdated.append(tuple(marks)))

    with django_capture_on_commit_callbacks(execute=True):
        reply = post_reply(by=make.member(), thread=thread, body="Try this.")
    with django_capture_on_commit_callbacks(execute=True):
        vote(by=make.member(), post=reply)

    assert outdated == [(f"thread:{thread.pk}", "lists"), (f"thread:{thread.pk}",)]
