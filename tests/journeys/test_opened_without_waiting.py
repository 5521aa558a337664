"""What is about to be opened is there before it is pressed."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def thread(peer):
    return peer.ask("The list of calendars scrolls by itself")


def menu_of(reader):
    return reader.page.locator("[data-post-menu]").first


def asked_ahead(reader):
    return reader.page.expect_response(lambda answer: answer.url.endswith("/menu/"))


def by_pointer(reader):
    menu_of(reader).hover()


def by_key(reader):
    menu_of(reader).evaluate("link => link.previousElementSibling.focus()")
    reader.page.keyboard.press("Tab")


def by_touch(reader):
    menu_of(reader).dispatch_event("pointerdown", {"pointerType": "touch"})


@pytest.mark.parametrize("reaches", [by_pointer, by_key, by_touch])
def test_a_menu_that_was_reached_opens_without_the_network(customer, thread, reaches):
    customer.open(thread.address)
    with asked_ahead(customer):
        reaches(customer)

    with customer.offline():
        if reaches is by_key:
            customer.page.keyboard.press("Enter")
        else:
            menu_of(customer).click()
        expect(customer.page.locator(".post-menu").get_by_role("button", name="Bookmark")).to_be_visible()


def test_a_menu_that_is_reached_again_says_what_has_changed_meanwhile(customer, thread):
    customer.open(thread.address)
    with asked_ahead(customer):
        by_pointer(customer)

    with customer.page.expect_response(lambda answer: answer.url.endswith("/me-too/")):
        customer.page.locator("[data-act=me-too]").click()
    menu_of(customer).click()

    expect(customer.page.locator(".post-menu")).to_contain_text("You have this too. Take it back")


def test_what_could_not_be_had_ahead_is_asked_for_when_it_is_opened(customer, thread):
    customer.open(thread.address)
    with customer.offline(), customer.page.expect_event("requestfailed"):
        by_pointer(customer)

    menu_of(customer).click()

    expect(customer.page.locator(".post-menu").get_by_role("button", name="Bookmark")).to_be_visible()
