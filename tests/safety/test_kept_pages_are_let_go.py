"""A page kept for visitors is gone the moment visitors may no longer read it, whoever has asked for it before."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from community import kept
from community.moderation.actions import hide_post, hide_thread, move_thread
from community.people.models import Role
from community.search.tasks import index_post
from community.spaces.models import Openness
from community.threads.actions import delete_post, edit_post, retitle_thread
from forum.door import Door
from forum.pages import Pages
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "zqsecret"


class OneThread(ThreadPoolExecutor):
    """Serves every page in one thread, whose connection is closed at the end."""

    def __init__(self) -> None:
        super().__init__(max_workers=1)

    def close(self) -> None:
        self.submit(lambda: connection.close()).result()
        self.shutdown()


@pytest.fixture
def door() -> Iterator[Door]:
    before = list(kept._listeners)
    pages = Pages(threads=1)
    pages.pool = OneThread()
    yield Door(pages)
    pages.pool.close()
    kept._listeners[:] = before


def ask(door: Door, path: str) -> tuple[int, str]:
    """What a visitor who has never been here is answered."""
    said: list[dict] = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        said.append(message)

    where, _, query = path.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": where, "query_string": query.encode(), "scheme": "http",
        "http_version": "1.1", "headers": [(b"host", b"testserver")], "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(door(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in said[1:]).decode()
    # A page that is not found still leads to the sign-in and back to its address, which the visitor knew.
    return said[0]["status"], body.replace(path, "")


def close_space(thread, keeper) -> None:
    browser, space = Client(), thread.space
    browser.force_login(keeper)
    form = {"name": space.name, "slug": space.slug, "position": 0, "readers": Openness.TEAM, "posters": Openness.TEAM}
    assert browser.post(f"/admin/spaces/space/{space.pk}/change/", form).status_code == 302


WAYS_TO_CLOSE = {
    "hidden": lambda thread, keeper: hide_thread(by=keeper, thread=thread, because="So."),
    "deleted": lambda thread, keeper: delete_post(by=keeper, post=thread.posts.get(number=1), because="So."),
    "moved": lambda thread, keeper: move_thread(by=keeper, thread=thread, space=make.space(team_only=True)),
    "space closed": close_space,
}


@pytest.mark.parametrize("how", WAYS_TO_CLOSE)
def test_a_thread_that_is_closed_to_visitors_leaves_every_kept_page(door, how):
    keeper = make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    thread = make.thread(title=SECRET, body=SECRET, tags=[make.tag("shared")], by=make.member("asker"))
    paths = [thread.get_absolute_url(), "/threads/", thread.space.get_absolute_url(), "/tags/shared/", "/spaces/"]
    for path in paths * 2:
        assert ask(door, path)[0] == 200, path
    assert sum(SECRET in ask(door, path)[1] for path in paths) == 4
    assert thread.get_absolute_url() in {key[0] for key in door.shelf.pages}

    WAYS_TO_CLOSE[how](thread, keeper)

    assert [path for path in paths if SECRET in ask(door, path)[1]] == []
    assert ask(door, thread.get_absolute_url())[0] == (410 if how in ("hidden", "deleted") else 404)


WAYS_TO_UNSAY = {
    "hidden": lambda post, by: hide_post(by=by, post=post, because="So."),
    "deleted": lambda post, by: delete_post(by=by, post=post, because="So."),
    "edited": lambda post, by: edit_post(by=by, post=post, body="Nothing.", seen_revision=0),
}


@pytest.mark.parametrize("how", WAYS_TO_UNSAY)
def test_a_post_that_is_unsaid_leaves_the_kept_page(door, how):
    thread = make.thread()
    post = make.reply(thread, body=SECRET)
    path = thread.get_absolute_url()
    assert SECRET in ask(door, path)[1]

    WAYS_TO_UNSAY[how](post, make.member(role=Role.MODERATOR))

    assert SECRET not in ask(door, path)[1]


def test_a_title_that_is_unsaid_leaves_the_lists(door):
    thread = make.thread(title=SECRET)
    assert SECRET in ask(door, "/threads/")[1]

    retitle_thread(by=thread.author, thread=thread, title="Nothing")

    assert SECRET not in ask(door, "/threads/")[1]


def test_a_kept_search_is_let_go_when_the_index_or_what_it_leads_to_changes(door):
    reply = make.reply(make.thread(title="Keys"), body=f"A rebuild. {SECRET}")
    search = "/search/?q=rebuild"
    assert SECRET not in ask(door, search)[1]
    assert [key for key in door.shelf.pages if key[:2] == ("/search/", b"q=rebuild")]

    index_post.call(reply.pk)
    found = ask(door, search)[1]
    hide_post(by=make.member(role=Role.MODERATOR), post=reply, because="So.")

    assert SECRET in found
    assert SECRET not in ask(door, search)[1]
