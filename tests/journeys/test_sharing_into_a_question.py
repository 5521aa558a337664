"""A page in another app has the error on it; the telephone shares it into a question."""

from urllib.parse import urlencode

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SHARED = {"title": "Error 17 & more", "text": "No keys after a rebuild.", "url": "https://example.org/a?b=1&c=2"}


def share_target(person) -> str:
    """Where the browser goes with what is shared: what the manifest says, as a browser reads it."""
    person.open("/threads/")
    target = person.page.evaluate(
        """async () => (await (await fetch(document.querySelector("link[rel=manifest]").href)).json()).share_target"""
    )
    return f"{target['action']}?{urlencode({target['params'][name]: value for name, value in SHARED.items()})}"


def expect_filled(person) -> None:
    expect(person.page.get_by_label("In one sentence")).to_have_value("Error 17 & more")
    expect(person.text).to_have_value("No keys after a rebuild.\n\nhttps://example.org/a?b=1&c=2")


def test_signed_in_the_form_is_filled(coming):
    member = coming("harbour-dental", **PHONE)

    member.open(share_target(member))

    expect_filled(member)


def test_signed_out_one_signs_in_and_then_it_is_filled(coming):
    visitor = coming(**PHONE)

    visitor.open(share_target(visitor))
    visitor.page.locator("button[name=handle][value=harbour-dental]").click()

    expect_filled(visitor)
