"""What a page may cost: bytes over the line, questions asked, and nothing that moves while one reads."""

from collections import Counter
from pathlib import Path

import pytest

from tests import sights
from tests.sights import Places
from tests.sights.eyes import NARROW, WIDE
from tests.sights.pages import LONG, SOLVED

# In bytes, compressed, as they come over the line.
SCRIPTS, STYLES, FIRST_VISIT = 40_000, 30_000, 90_000
REQUESTS = 60
# Cumulative layout shift as browsers count it.
SHIFT = 0.02
WATCH = Path(sights.__file__).with_name("shifts.js")


def kind(response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].rpartition("/")[2]


def weighed(reader, address: str) -> tuple[Counter, int]:
    """Bytes by kind of a first visit, with nothing kept from before; and how many requests it took."""
    answers = []
    reader.page.on("response", lambda answer: answers.append(answer))
    reader.page.goto(address, wait_until="networkidle")
    bytes_of: Counter = Counter()
    for answer in answers:
        if answer.status == 200:
            bytes_of[kind(answer)] += answer.request.sizes()["responseBodySize"]
    return bytes_of, len(answers)


@pytest.mark.parametrize("handle", [None, "fenwick-it", "desk-2"], ids=["visitor", "asker", "support"])
def test_a_threads_scripts_and_styles_are_light(coming, forum, handle):
    bytes_of, requests = weighed(coming(handle), Places(forum).thread(SOLVED))

    assert bytes_of["javascript"] <= SCRIPTS, bytes_of
    assert bytes_of["css"] <= STYLES, bytes_of
    assert requests <= REQUESTS


@pytest.mark.parametrize("where", ["/", "/threads/", "a thread"])
def test_a_first_visit_is_light(visitor, forum, where):
    address = Places(forum).thread(SOLVED) if where == "a thread" else where
    bytes_of, _requests = weighed(visitor, address)

    # Pictures in posts are what people brought.
    brought = sum(bytes_of[picture] for picture in ("png", "jpeg", "webp"))
    assert bytes_of.total() - brought <= FIRST_VISIT, bytes_of


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("where", ["/", "/threads/", SOLVED, LONG])
@pytest.mark.parametrize("handle", [None, "fenwick-it"], ids=["visitor", "member"])
def test_nothing_shifts_while_a_page_comes_or_is_scrolled(coming, forum, handle, where, window):
    reader = coming(handle, viewport=window)
    reader.context.add_init_script(path=WATCH)
    reader.page.goto(where if where.startswith("/") else Places(forum).thread(where), wait_until="networkidle")
    reader.page.mouse.wheel(0, 2000)
    reader.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert reader.page.evaluate("shifts.total") < SHIFT, reader.page.evaluate("shifts.parts")
