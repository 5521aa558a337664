"""Whatever a form cannot use, it says why, gives back what was typed, and has changed nothing."""

import html

import pytest

from community.moderation.actions import hide_post, hide_thread, lock_thread, uphold_flag
from community.threads.actions import delete_post
from tests.safety.stage import PRESSES, set_stage
from tests.safety.test_only_what_a_form_asks_for import browser_of, every_row, told

pytestmark = pytest.mark.django_db

KEPT = "What I typed for a long while."
LONG = KEPT + " And on." * 200
HUGE = KEPT + " And on and on." * 5_000
BINARY = KEPT + "\x00\x01\x02\ufffd"

# (form, what is changed in it, what must be on the page again, a word of the reason)
CASES = [
    ("threads:ask", {"space": "", "body": KEPT}, KEPT, "Choose where it belongs"),
    ("threads:ask", {"space": "999999999999", "body": KEPT}, KEPT, "not one of the available choices"),
    ("threads:ask", {"title": "", "body": KEPT}, KEPT, "one sentence"),
    ("threads:ask", {"title": KEPT, "body": ""}, KEPT, "Write something first"),
    ("threads:ask", {"body": HUGE}, KEPT, "Shorten it"),
    ("threads:ask", {"body": KEPT, "tags": "nonsense"}, KEPT, "There is no tag"),
    ("threads:ask", {"body": KEPT, "version": "77"}, KEPT, "not one of the available choices"),
    ("threads:reply", {"body": KEPT, "kind": "nonsense"}, KEPT, "not one of the available choices"),
    ("threads:reply", {"body": HUGE}, KEPT, "Shorten it"),
    ("threads:edit", {"body": KEPT, "because": LONG}, KEPT, "at most 300"),
    ("threads:edit", {"body": KEPT, "seen_revision": "NaN"}, KEPT, "whole number"),
    ("threads:edit", {"body": KEPT, "seen_revision": "7"}, KEPT, "Somebody edited this post"),
    ("threads:edit", {"body": HUGE}, KEPT, "Shorten it"),
    ("threads:retitle", {"title": LONG}, KEPT, "at most 200"),
    ("threads:retitle", {"title": KEPT, "tags": "nonsense"}, KEPT, "There is no tag"),
    ("threads:delete", {"because": LONG}, KEPT, "at most 300"),
    ("threads:delete", {"because": " "}, "", "Say why"),
    ("moderation:flag", {"reason": "", "words": KEPT}, KEPT, "required"),
    ("moderation:flag", {"reason": "spam", "words": LONG}, KEPT, "at most 500"),
    ("moderation:flag", {"reason": "other", "words": ""}, "", "in your words"),
    ("moderation:flag", {"reason": "spam", "words": BINARY}, KEPT, "Null characters"),
    ("moderation:decide", {"because": LONG}, KEPT, "at most 300"),
    ("moderation:decide", {"because": " "}, "", "Give a reason"),
    ("moderation:hide_post", {"because": LONG}, KEPT, "at most 300"),
    ("moderation:act lock", {"because": LONG}, KEPT, "at most 300"),
    ("moderation:act close", {"because": ""}, "", "Give a reason"),
    ("moderation:act merge", {"into": "#9999999"}, "#9999999", "no thread with this number"),
    ("moderation:act move", {"space": "77", "because": KEPT}, KEPT, "not one of the available choices"),
    ("tickets:link", {"number": KEPT[:30]}, KEPT[:30], "no ticket number"),
    ("tickets:link", {"number": "R-5", "url": "javascript:alert(1)"}, "R-5", "It begins with https://"),
    ("tickets:link", {"number": "R-5", "post": "77"}, "R-5", "not one of the available choices"),
    ("people:settings", {"bio": KEPT, "name": "x" * 61}, KEPT, "at most 60"),
    ("people:settings", {"bio": KEPT, "website": "javascript:alert(1)"}, KEPT, "valid URL"),
    ("people:set_role", {"role": "emperor"}, "", "not one of the available choices"),
    ("people:deactivate", {"because": LONG}, KEPT, "at most 300"),
]


def press_called(name: str):
    """The press by the name of its address and, where one address takes several, its last word."""
    address, _, last = name.partition(" ")
    return next(p for p in PRESSES if p.name == address and (not last or p.at(_Anything())[-1] == last))


class _Anything:
    def __getattr__(self, name):
        return self


def rows() -> dict:
    return {where: told(row, set()) for where, row in every_row().items()}


@pytest.mark.parametrize(("name", "changes", "kept", "reason"), CASES, ids=lambda value: str(value)[:40])
def test_it_is_given_back_with_the_reason(name, changes, kept, reason):
    stage = set_stage()
    press = press_called(name)
    browser = browser_of(stage, press.who)
    before = rows()

    page = browser.post(press.address(stage), press.data(stage) | changes)

    shown = html.unescape(page.content.decode())
    assert page.status_code in (409, 422)
    assert reason in shown
    assert kept in shown
    assert rows() == before


# What somebody else did while the form stood open.
MEANWHILE = {
    "moderation:decide": lambda stage, by: uphold_flag(by=by, flag=stage.flag, because="So."),
    "moderation:hide_post": lambda stage, by: hide_post(by=by, post=stage.hidden, because="So."),
    "moderation:act lock": lambda stage, by: lock_thread(by=by, thread=stage.thread, because="So."),
    "moderation:act hide": lambda stage, by: hide_thread(by=by, thread=stage.thread, because="So."),
    "threads:delete": lambda stage, by: hide_thread(by=by, thread=stage.thread, because="So."),
    "threads:edit": lambda stage, by: lock_thread(by=by, thread=stage.thread, because="So."),
    "threads:reply": lambda stage, by: lock_thread(by=by, thread=stage.thread, because="So."),
    "threads:retitle": lambda stage, by: lock_thread(by=by, thread=stage.thread, because="So."),
    "moderation:flag": lambda stage, by: delete_post(by=by, post=stage.hidden, because="So."),
}


@pytest.mark.parametrize("name", MEANWHILE)
def test_a_form_that_was_overtaken_gives_back_what_was_typed(name):
    stage = set_stage()
    press = press_called(name)
    browser = browser_of(stage, press.who)
    typed = {field: KEPT for field in ("body", "because", "words", "title") if field in {*press.sends, *press.more}}
    MEANWHILE[name](stage, stage.people.keeper)
    before = rows()

    page = browser.post(press.address(stage), press.data(stage) | typed)

    assert page.status_code in (403, 404, 409, 410)
    assert KEPT in html.unescape(page.content.decode())
    assert rows() == before


def test_an_answer_that_was_hidden_meanwhile_is_not_accepted():
    stage = set_stage()
    hide_post(by=stage.people.moderator, post=stage.answer, because="So.")
    browsers = [browser_of(stage, who) for who in ("asker", "agent")]
    before = rows()

    answers = [browser.post(f"/posts/{stage.answer.pk}/accept/") for browser in browsers]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("This answer was removed" in answer.content.decode() for answer in answers)
    assert rows() == before
