"""People with browsers at a server of their own."""

from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client

from tests.server import Server
from tests.sights.eyes import PATIENCE


class Person:
    """Somebody with a browser: `await Person.come(browser, server, member)`."""

    @classmethod
    async def come(cls, browser, server: Server, member=None, **options) -> "Person":
        self = cls()
        self.server = server
        self.context = await browser.new_context(viewport={"width": 1100, "height": 700}, **options)
        self.context.set_default_timeout(PATIENCE)
        if member is not None:
            client = Client()
            await sync_to_async(client.force_login)(member)
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": server.url}
            await self.context.add_cookies([cookie])
        self.page = await self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return self

    async def open(self, address: str):
        await self.page.goto(self.server.url + address)
        return self.page

    async def send(self, address: str, **fields) -> None:
        """Send a form without leaving the page."""
        where = self.server.url + address
        await self.context.request.get(where)
        cookies = await self.context.cookies()
        token = next(cookie["value"] for cookie in cookies if cookie["name"] == settings.CSRF_COOKIE_NAME)
        sent = await self.context.request.post(where, form={"csrfmiddlewaretoken": token} | fields)
        assert sent.ok, (sent.status, await sent.text())

    async def reply(self, thread, body: str, kind: str = "information") -> None:
        await self.send(f"/threads/{thread.pk}/reply/", body=body, kind=kind)

    async def listens(self) -> None:
        """Wait until the page's socket hears what is said from now on."""
        await self.page.wait_for_selector("[data-live-on]", state="attached")

    async def posts(self) -> list[str]:
        """The ids of the posts on the page, in order."""
        script = "articles => articles.map(article => article.id)"
        return await self.page.eval_on_selector_all("[data-live-record] > article", script)
