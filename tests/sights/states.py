"""What is pressed to bring a page into a state."""

import re
from typing import Any

from . import Places


def first_article(places: Places) -> str:
    found = re.search(r'href="(?:https?://[^/"]+)?(/help/[\w/-]+/)"', places.read("/help/"))
    assert found, "The help centre of the demo has no article."
    return found[1]


def sign_in_wrongly(page: Any) -> None:
    page.locator("[name=login]").fill("nobody")
    page.locator("[name=password]").fill("nothing at all")
    page.locator("main form:has([name=password]) button[type=submit]").first.click()
    page.locator("main [role=alert], main .said").first.wait_for()


def sign_up_badly(page: Any) -> None:
    page.locator("main [name=email]").fill("no address")
    send_an_empty_form(page)


def invite_badly(page: Any) -> None:
    page.locator("main [name=email]").fill("no address")
    with page.expect_navigation():
        page.locator("main form:has([name=email])").evaluate("(form) => { form.noValidate = true; form.submit(); }")


def send_an_empty_form(page: Any) -> None:
    """Past the checks of the browser, which speak for themselves."""
    form = page.locator("main form[method=post]").last
    with page.expect_navigation():
        form.evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")


def open_my_menu(page: Any) -> None:
    page.locator(".mast details.menu > summary:visible").first.click()


def open_a_post_menu(page: Any) -> None:
    page.locator("[data-post] [data-post-menu]").nth(1).click()
    page.locator(".post-menu a, .post-menu button").first.wait_for()


def open_the_keys(page: Any) -> None:
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()


def preview_a_reply(page: Any) -> None:
    page.locator("textarea[data-text]").fill("> It stops.\n\nIt **starts** again:\n\n```\nrelay start\n```")
    page.locator("button[data-view=preview]").click()
    page.locator("[data-preview-pane] pre").wait_for()


def begin_a_mention(page: Any) -> None:
    page.locator("textarea[data-text]").press_sequentially("@ta")
    page.locator("[data-text][aria-expanded=true], .people-offered li").first.wait_for()
