"""A visitor who comes for an answer, with a small telephone and nothing else."""

import re

from playwright.sync_api import expect

BARE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


def test_title_state_and_best_solution_are_on_the_first_screen_of_a_visitor(coming):
    """V-1"""
    visitor = coming(**BARE)
    set_cookies = []
    visitor.context.on("response", lambda answer: set_cookies.extend(answer.headers.get("set-cookie", "").splitlines()))
    visitor.open("/spaces/mail/")
    visitor.page.get_by_role("link", name=re.compile("^Signing keys expired after a rebuild")).first.click()
    visitor.arrived()

    first_screen = visitor.page.viewport_size["height"]
    assert bottom(visitor.page.get_by_role("heading", level=1)) < first_screen
    assert bottom(visitor.page.locator(".house")) < first_screen
    best = visitor.page.locator("#best")
    expect(best).to_contain_text("Best solution")
    assert bottom(best.locator(".text p").first) < first_screen
    expect(best).to_contain_text("works for 12")
    expect(visitor.posts.last).to_contain_text("Worked on two machines with 7.2.")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == 360
    assert set_cookies == []
    assert visitor.context.cookies() == []


def bottom(part) -> float:
    """Where the lower edge of a part is, from the upper edge of the window."""
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]
