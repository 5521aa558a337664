"""Somebody who looks at one page after the other in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import Places, Sight

ENGLISH, ARABIC = "en-GB", "ar"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# In milliseconds. Right answers come at once; this is for a machine that does much else.
PATIENCE = 20_000
AS_IT_COMES = {"color_scheme": "null", "reduced_motion": "null", "forced_colors": "null"}


class Eyes:
    """Signs in once as everybody a sight is for; what a browser has fetched once it keeps."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser, self.address = browser, address
        self.places = Places(address)
        self.known: dict[str, Any] = {}
        self.contexts: dict[tuple, Any] = {}
        self.pages: dict[Any, Any] = {}

    @contextmanager
    def on(self, sight: Sight, *, language: str = ENGLISH, viewport: dict | None = None) -> Iterator[Any]:
        """The page, loaded and brought into its state. Nothing that was typed is left in the browser afterwards."""
        context = self.browser_of(sight.who, language, viewport or WIDE)
        # One goes from sight to sight: opening and closing it takes half as long as a page does.
        page = self.pages.pop(context, None) or context.new_page()
        page.set_viewport_size(viewport or WIDE)
        page.emulate_media(**AS_IT_COMES)
        try:
            answer = page.goto(sight.address(self.places), wait_until="load")
            assert answer.status in (200, sight.status), (sight.name, page.url, answer.status)
            sight.then(page)
            yield page
        finally:
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            if sight.then is Sight.then:
                self.pages[context] = page
            else:
                # Closed it keeps nothing; left for another page it would keep what was typed.
                page.close()

    def browser_of(self, who: str | None, language: str, viewport: dict) -> Any:
        kept = (who, language, viewport["width"])
        if kept not in self.contexts:
            phone = {"has_touch": True, "is_mobile": True} if viewport == NARROW else {}
            self.contexts[kept] = self.browser.new_context(
                base_url=self.address, locale=language, viewport=viewport, storage_state=self.signed_in(who), **phone
            )
            self.contexts[kept].set_default_timeout(PATIENCE)
        return self.contexts[kept]

    def signed_in(self, who: str | None) -> Any:
        """What the browser of this person keeps, after one press on the demo's door."""
        if who and who not in self.known:
            context = self.browser.new_context(base_url=self.address)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator(f"button[name=handle][value={who}]").click()
            page.locator("form[action$='/logout/']").first.wait_for(state="attached")
            self.known[who] = context.storage_state()
            context.close()
        return self.known.get(who)

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()
