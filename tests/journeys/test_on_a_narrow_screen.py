"""The smallest telephones still in pockets are 360 pixels wide."""

import pytest

NARROW = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAGES = ["/", "/threads/", "/ask/", "/accounts/login/", "/search/?q=keys", "/drafts/", "/spaces/", "/people/tallow/"]


@pytest.mark.parametrize("handle", [None, "fenwick-it"])
def test_nothing_has_to_be_scrolled_sideways(coming, handle):
    reader = coming(handle, **NARROW)
    for address in PAGES:
        reader.open(address)

        width = reader.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, (address, width, widest(reader))


def widest(reader) -> list[str]:
    """What sticks out, for the message."""
    return reader.page.evaluate("""() => [...document.querySelectorAll("body *")]
      .filter((part) => part.getBoundingClientRect().right > 361).map((part) => part.outerHTML.slice(0, 120))""")
