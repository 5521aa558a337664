"""On a telephone everything one presses is large enough for a finger, and nothing zooms when it is touched."""

import pytest
from playwright.sync_api import expect

NARROW = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAGES = {
    None: ["/", "/threads/", "/search/?q=keys", "/spaces/", "/tags/", "/help/", "/accounts/login/", "/offline/"],
    "fenwick-it": [
        "/ask/",
        "/drafts/",
        "/people/settings/",
        "/accounts/email/",
        "/accounts/2fa/",
        *(f"/organisations/fenwick-freight/{page}" for page in ("", "people/", "agreements/")),
    ],
    "osier": ["/moderation/", "/people/tallow/standing/"],
    "desk-2": ["/desk/"],
}
# What is hit, not what is seen: a link may reach beyond its words, a box is ticked by its label, a row by its title.
# Links among words are as high as their line, which WCAG 2.5.8 allows them.
TOO_SMALL = """() => {
  const small = [];
  const isWord = (near) => near.nodeType === 3 && near.textContent.trim();
  const isAmongWords = (part) => part.matches("a") && (part.closest(".text, p, .about")
    || getComputedStyle(part).display === "inline" && [...part.parentNode.childNodes].some(isWord));
  const all = "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button]";
  for (const part of document.querySelectorAll(all)) {
    if (!part.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || isAmongWords(part)) continue;
    if (part.matches(".skip, .vh, .vh *")) continue;
    const boxes = [part, ...part.labels ?? []].map((box) => box.getBoundingClientRect());
    const reach = getComputedStyle(part, "::after");
    if (reach.position === "absolute") boxes.push({ width: parseFloat(reach.width), height: parseFloat(reach.height) });
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (Math.min(width, height) < 43.5) small.push(`${width} x ${height}: ${part.outerHTML.slice(0, 140)}`);
  }
  return small;
}"""
ZOOMS = """() => [
  ...document.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea")
].filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize("handle", PAGES)
def test_whatever_is_pressed_is_44_pixels_high_and_wide(coming, handle):
    reader = coming(handle, **NARROW)
    for address in PAGES[handle]:
        reader.open(address)

        assert reader.page.evaluate(TOO_SMALL) == [], address
        assert reader.page.evaluate(ZOOMS) == [], address


def test_in_a_thread_too(coming, customer):
    thread = customer.ask("Photos come upside down")
    customer.reply(thread, "Turn the telephone round.")
    for handle in (None, "tallow", "desk-2"):
        reader = coming(handle, **NARROW)
        reader.open(thread.address)
        expect(reader.posts).to_have_count(2)

        assert reader.page.evaluate(TOO_SMALL) == []
        assert reader.page.evaluate(ZOOMS) == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360
