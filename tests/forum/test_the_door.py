"""What visitors are given at the door is what they would have been given inside."""

import asyncio

import pytest
from django.test import Client

from community import kept
from community.threads.actions import post_reply, vote
from forum.door import Door
from tests import make
from tests.forum.visiting import HOST, HTML, Inside, ask

pytestmark = pytest.mark.usefixtures("nobody_else")


async def test_the_second_visitor_is_given_the_page_of_the_first(door_of):
    inside = Inside(headers=[HTML])
    door = door_of(inside)

    first = await ask(door)
    second = await ask(door)

    assert inside.asked == 1
    assert first == second
    status, headers, body = first
    assert (status, headers[b"content-type"], headers[b"content-length"], body) == (200, b"text/html", b"6", b"page 1")
    assert kept.MARK.lower().encode() not in headers


@pytest.mark.parametrize(
    "difference",
    [
        {"path": "/b/"},
        {"query_string": b"page=2"},
        {"query_string": b"page=%32"},
        {"query_string": b"page=" + b"1" * 1000},
        {"scheme": "https"},
        {"root_path": "/elsewhere"},
        {"headers": [(b"host", b"other")]},
        {"headers": [HOST, HOST]},
        {"headers": [HOST, (b"x-forwarded-proto", b"https")]},
        {"headers": [HOST, (b"accept-language", b"de")]},
        {"headers": [HOST, (b"accept", b"application/json")]},
        {"headers": [HOST, (b"hx-request", b"true")]},
        {"headers": [HOST, (b"hx-target", b"main")]},
        {"headers": [HOST, (b"cookie", b"theme=dark")]},
        {"headers": [HOST, (b"cookie", b"sessionid=abc")]},
        {"headers": [HOST, (b"authorization", b"x")]},
        {"headers": [HOST, (b"range", b"bytes=0-9")]},
        {"method": "POST"},
        {"method": "HEAD"},
    ],
)
async def test_whoever_asks_for_anything_else_is_answered_inside(difference):
    inside = Inside()
    door = Door(inside)
    await ask(door)

    await ask(door, **difference)

    assert inside.asked == 2
    assert (await ask(door))[2] == b"page 1"


async def test_the_same_language_asked_for_in_other_words_is_the_same_page():
    inside = Inside()
    door = Door(inside)
    await ask(door, (b"accept-language", b"de"))

    await ask(door, (b"accept-language", b"de-CH,de;q=0.9,en;q=0.4"))
    await ask(door, (b"cookie", b"language=de"))
    await ask(door, (b"cookie", b"language=de"), (b"accept-language", b"fr"))
    assert inside.asked == 1

    await ask(door, (b"cookie", b"language=fr"), (b"accept-language", b"de"))
    assert inside.asked == 2


@pytest.mark.parametrize("cookie", [b"language=tlh", b"language=de; sessionid=abc", b"language=", b"Language=de"])
async def test_a_cookie_that_is_more_or_less_than_a_language_is_answered_inside(cookie):
    inside = Inside()
    door = Door(inside)
    await ask(door, (b"accept-language", b"de"))

    await ask(door, (b"cookie", cookie), (b"accept-language", b"de"))

    assert (inside.asked, len(door.shelf.pages)) == (2, 1)


@pytest.mark.parametrize("unfit", [{"marks": ""}, {"headers": [(b"Set-Cookie", b"a=b")]}, {"status": 404}])
async def test_what_is_not_marked_sets_a_cookie_or_went_wrong_is_not_kept(unfit):
    inside = Inside(**unfit)
    door = Door(inside)

    answers = [await ask(door), await ask(door)]

    assert inside.asked == 2
    assert not any(b"etag" in headers for _status, headers, _body in answers)


# Outdated


@pytest.mark.parametrize("marks", [("thread:1",), ("lists",), ()])
async def test_a_page_goes_the_moment_it_is_outdated(door_of, marks):
    door = door_of(Inside())
    await ask(door)

    kept.outdate(*marks)

    assert (await ask(door))[2] == b"page 2"
    assert (await ask(door))[2] == b"page 2"


async def test_what_another_thread_changes_leaves_the_page_alone(door_of):
    inside = Inside(marks="thread:1")
    door = door_of(inside)
    await ask(door)

    kept.outdate("thread:2", "lists")
    await ask(door)

    assert inside.asked == 1


async def test_a_page_that_was_outdated_while_it_was_made_is_not_kept(door_of):
    inside = Inside()
    inside.meanwhile = lambda: kept.outdate("thread:1")
    door = door_of(inside)

    await ask(door)
    await ask(door)

    assert inside.asked == 2


async def test_a_full_shelf_lets_the_oldest_page_go(monkeypatch):
    monkeypatch.setattr("forum.door.shelf.MOST_PAGES", 2)
    inside = Inside()
    door = Door(inside)
    for path in ("/1/", "/2/", "/3/"):
        await ask(door, path=path)

    await ask(door, path="/3/")
    assert inside.asked == 3
    await ask(door, path="/1/")
    assert inside.asked == 4
    assert door.shelf.size == sum(len(page.body) * 7 // 5 for page in door.shelf.pages.values())


# Many at once


async def many(door: Door, count: int) -> list[asyncio.Task]:
    """So many visitors at once, all of them waiting."""
    visits = [asyncio.create_task(ask(door)) for _ in range(count)]
    while not door.under_way:
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    return visits


async def test_fifty_visitors_at_once_have_the_page_made_once(door_of):
    inside = Inside()
    inside.may_go_on.clear()
    door = door_of(inside)
    visits = await many(door, 50)

    inside.may_go_on.set()

    assert {body for _status, _headers, body in await asyncio.gather(*visits)} == {b"page 1"}
    assert (inside.asked, door.under_way) == (1, {})


async def test_whoever_waits_for_a_page_that_is_outdated_meanwhile_gets_a_newer_one(door_of):
    inside = Inside()
    inside.may_go_on.clear()
    door = door_of(inside)
    first, *others = await many(door, 1)
    kept.outdate("thread:1")
    others = [asyncio.create_task(ask(door)) for _ in range(3)]
    await asyncio.sleep(0.05)

    inside.may_go_on.set()

    assert (await first)[2] == b"page 1"
    assert b"page 1" not in {body for _status, _headers, body in await asyncio.gather(*others)}


async def test_nobody_waits_for_one_who_broke_left_or_takes_too_long(monkeypatch):
    inside = Inside()
    inside.may_go_on.clear()
    door = Door(inside)
    first, *others = await many(door, 3)
    first.cancel()
    inside.may_go_on.set()
    assert {status for status, _headers, _body in await asyncio.gather(*others)} == {200}

    kept.outdate()
    inside.may_go_on.clear()
    monkeypatch.setattr("forum.door.door.WAITS", 0.01)
    asked_before = inside.asked
    visits = await many(door, 3)
    assert inside.asked == asked_before + 3
    inside.may_go_on.set()
    assert {status for status, _headers, _body in await asyncio.gather(*visits)} == {200}

    async def breaks(scope, receive, send):
        await inside.may_go_on.wait()
        raise RuntimeError

    inside.may_go_on.clear()
    door = Door(breaks)
    visits = await many(door, 3)
    inside.may_go_on.set()
    assert {type(result) for result in await asyncio.gather(*visits, return_exceptions=True)} == {RuntimeError}
    assert door.under_way == {}


# Who marks, and who outdates


@pytest.mark.django_db
def test_threads_and_lists_are_marked_for_visitors_only_where_somebody_keeps_pages():
    thread = make.thread()
    assert kept.MARK not in Client().get(thread.get_absolute_url())
    kept.mark_pages()

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
