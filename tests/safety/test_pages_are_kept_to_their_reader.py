"""Through a cache that many share, everybody gets their own page and nobody else's."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from cms import first_pages
from community import clock
from tests.safety.stage import set_stage
from tests.safety.test_only_what_a_form_asks_for import browser_of

pytestmark = pytest.mark.django_db


class SharedCache:
    """A proxy that keeps all it may, as RFC 9111 lets it: by address and by the headers that an answer varies with."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[dict[str, str], bytes]]] = {}

    def ask(self, browser: Client, path: str) -> bytes:
        sent = {"Cookie": browser.cookies.output(header="", sep=";"), "Accept-Language": "en", "Accept-Encoding": ""}
        for varying, body in self.kept.get(path, []):
            if all(sent.get(name, "") == value for name, value in varying.items()):
                return body
        answer = browser.get(path)
        told = answer.get("Cache-Control", "")
        body = answer.getvalue()
        if not ("private" in told or "no-store" in told or answer.cookies):
            names = [name.strip() for name in answer.get("Vary", "").split(",") if name.strip()]
            self.kept.setdefault(path, []).append(({name: sent.get(name, "") for name in names}, body))
        return body


@pytest.fixture
def stage():
    clock.set_to(datetime(2026, 5, 1, 9, tzinfo=UTC))
    first_pages.build()
    return set_stage()


def paths(stage) -> list[str]:
    return [
        "/", "/threads/", "/threads/?show=mine", stage.thread.get_absolute_url(), "/drafts/", "/people/settings/",
        "/people/peer/", "/search/?q=key", "/ask/", f"/posts/{stage.answer.pk}/menu/", "/spaces/", "/moderation/mine/",
        f"/threads/{stage.thread.pk}/state/", f"/threads/{stage.thread.pk}/since/0/", "/mentions/?q=a", "/nowhere/",
    ]  # fmt: skip


def without_tokens(body: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|name="token" value="[\w-]+"', "", body.decode())


def test_two_members_and_a_visitor_in_turn_get_their_own(stage):
    cache = SharedCache()
    readers: list[Callable[[], Client]] = [
        lambda: browser_of(stage, "peer"), lambda: browser_of(stage, "agent"), Client,
    ]  # fmt: skip

    for make_browser in (*readers, *reversed(readers)):
        browser = make_browser()
        for path in paths(stage):
            own = without_tokens(browser.get(path).getvalue())
            assert without_tokens(cache.ask(browser, path)) == own, path


@pytest.mark.parametrize("who", ["asker", "agent", "moderator", "keeper"])
def test_what_a_member_is_answered_is_private(stage, who):
    browser = browser_of(stage, who)

    for path in paths(stage):
        answer = browser.get(path)
        assert "private" in answer["Cache-Control"], path
        assert "Cookie" in answer["Vary"], path


def test_what_went_wrong_is_kept_by_nobody(client):
    for path in ("/nowhere/", "/threads/999/", "/people/nobody/", "/threads/?page=77"):
        answer = client.get(path)
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (404, True), path


def test_what_everybody_reads_may_be_kept(stage, client):
    for path in ("/threads/", stage.thread.get_absolute_url(), "/feeds/threads/", "/people/peer/face.svg"):
        assert "private" not in client.get(path).get("Cache-Control", ""), path
