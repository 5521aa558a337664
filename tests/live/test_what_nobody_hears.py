"""A frame that nobody would hear is not made, in whichever process somebody might listen."""

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.live import hub, listening
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_is_heard_is_known_and_nothing_else_is_rendered(visiting, monkeypatch):
    thread = await sync_to_async(make.thread)()
    stream, asker = f"thread:{thread.pk}", f"member:{thread.author_id}"

    def reply() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            make.reply(thread)
        return [query["sql"] for query in asked if "first_reply_at" in query["sql"]]

    assert await sync_to_async(hub.heard)(stream, asker) == set()
    assert await sync_to_async(reply)() == []
    async with visiting() as reader:
        await reader.listen(stream)

        assert await sync_to_async(hub.heard)(stream, asker) == {stream}
        assert len(await sync_to_async(reply)()) == 1
        assert (await reader.next())["kind"] == "replied"

    # A layer of several servers, or of another kind, does not say.
    monkeypatch.setattr(listening, "layer", lambda: None)
    assert listening.everywhere([stream, asker]) == {stream, asker}
