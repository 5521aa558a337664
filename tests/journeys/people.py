"""Somebody with a browser of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, WebError, expect

from tests.journeys.line import Line

# Eight pixels by eight, orange.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGN8ViHCgA0wYRUdtBIAJhUBgttXMZkAAAAASUVORK5CYII="
PASTE = """(field, picture) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "picture.png", { type: "image/png" }));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""
LISTEN = """() => {
  const place = document.getElementById("announce");
  const said = window.announced = [];
  new MutationObserver(() => { if (place.textContent) said.push(place.textContent); })
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""


@dataclass(frozen=True)
class Asked:
    """A thread that is there for one journey."""

    number: int
    address: str


@dataclass
class Person:
    """One page in a browser that nobody else uses. Whatever goes wrong in it is kept in `complaints`."""

    context: BrowserContext
    page: Page
    # What they reach the forum through, where it has to be cut.
    line: Line | None = None
    complaints: list[str] = field(default_factory=list)
    # What the browser may complain of, because the journey causes it.
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._hear)
        self.context.on("weberror", self._break)
        self.context.on("response", self._check)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(re.search(words, message.text) for words in self.expected):
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _break(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _check(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def open(self, address: str) -> None:
        self.page.goto(address)

    def sign_in(self, handle: str) -> None:
        """Through the one-click door of the demo."""
        self.open("/accounts/login/")
        self.page.locator(f"button[name=handle][value={handle}]").click()
        expect(self.page.get_by_label("Your menu")).to_be_visible()

    def listen(self, thread: Asked) -> None:
        """Open a thread and wait until its page hears what is said from now on."""
        self.open(thread.address)
        expect(self.page.locator("[data-live-on]")).to_be_attached()

    # What a journey needs to be there already goes as a form, without a page being opened for it.

    def send(self, address: str, **fields: str | int) -> str:
        """Send a form; the address it leads to, which is not opened."""
        token = next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "csrftoken")
        sent = {"csrfmiddlewaretoken": token, **fields}
        answer = self.context.request.post(address, form=sent, max_redirects=0)
        assert answer.status == 302, (answer.status, answer.text()[:2000])
        return answer.headers["location"]

    def ask(self, title: str, body: str = "It stops after ten minutes.", *, space: str = "Calendar") -> Asked:
        self.open("/ask/")
        chosen = self.page.locator("select[name=space] option", has_text=space).first.get_attribute("value")
        landed = self.send("/ask/", title=title, body=body, space=chosen or "")
        return self.at(landed)

    def reply(self, thread: Asked, body: str, kind: str = "information", **more: str) -> int:
        """Say something in a thread; by which number the post is known outside it."""
        landed = self.send(f"/threads/{thread.number}/reply/", body=body, kind=kind, **more)
        return int(landed.rpartition("#post-")[2])

    # Reading the page

    def at(self, address: str) -> Asked:
        found = re.search(r"(/threads/(\d+)/[^?#]*)", address)
        assert found, address
        return Asked(number=int(found[2]), address=found[1])

    def arrived(self) -> Asked:
        """The thread this page has come to."""
        self.page.wait_for_url(re.compile(r"/threads/\d+/"))
        return self.at(self.page.url)

    @property
    def posts(self) -> Locator:
        return self.page.locator("[data-live-record] > article")

    @property
    def text(self) -> Locator:
        """Where this page is written in."""
        return self.page.locator("textarea[data-text]")

    @property
    def state(self) -> Locator:
        return self.page.locator("[data-live-region=state]")

    @property
    def banners(self) -> Locator:
        return self.page.locator("[data-banner]")

    def paste_picture(self) -> None:
        """Paste a picture into the text and wait until it stands there."""
        self.text.evaluate(PASTE, PICTURE)
        expect(self.text).to_have_value(re.compile(r"!\[[^\]]*\]\(/attachments/"))

    def write_down_announcements(self) -> None:
        self.page.evaluate(LISTEN)

    def announcements(self) -> list[str]:
        return self.page.evaluate("window.announced")

    @contextmanager
    def saves_a_draft_of(self, words: str) -> Iterator[None]:
        """Until the server has a draft with these words in it; the line below the text may speak of an earlier one."""
        with self.page.expect_response(
            lambda answer: "/drafts/" in answer.url and words in (answer.request.post_data or "") and answer.ok
        ):
            yield

    @contextmanager
    def offline(self) -> Iterator[None]:
        """No network, as in a tunnel."""
        self.expected += (
            # Asked for in it, or in the middle of coming when it began.
            "net::ERR_",
            "Connection closed before receiving a handshake response",
            # A page that was still about to ask for its worker; the next page asks again.
            "error occurred when fetching the script",
        )
        self.context.set_offline(True)
        with self.line.cut() if self.line else nullcontext():
            yield
        self.context.set_offline(False)


def shows_picture(picture: Locator) -> bool:
    """Whether the browser could draw it."""
    return picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth > 0; }")
