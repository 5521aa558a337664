"""What arrives by itself speaks the reader's language, whoever wrote and whatever the house speaks."""

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from community.live import frames
from community.moderation.actions import close_thread, merge_thread
from community.moderation.models import Decision
from community.people.models import Role
from community.threads.models import State, Thread
from tests import make
from tests.browsers import CHROMIUM, NOT_FOUND
from tests.live.browsing import Person
from tests.live.test_an_open_page import browser, server, shown

__all__ = ["browser", "server"]


@pytest.mark.django_db
def test_a_frame_is_in_the_language_of_the_house_and_not_of_whoever_wrote():
    thread = make.thread()

    with translation.override("ar"):
        make.reply(thread)
        thread = Thread.objects.for_page().get(pk=thread.pk)
        text = frames.text_of(frames.rows_of_log(thread).get(seq=2), thread)
        spoken_afterwards = translation.get_language()

    with translation.override("en"):
        assert text == frames.text_of(frames.rows_of_log(thread).get(seq=2), thread)
    assert '"lang":"en"' in text
    assert spoken_afterwards == "ar"


@pytest.mark.django_db
def test_catching_up_is_in_the_language_of_whoever_asks():
    thread = make.thread()
    make.reply(thread)

    answer = Client(headers={"accept-language": "fr"}).get(f"/threads/{thread.pk}/since/1/").json()

    assert [frame["lang"] for frame in answer["frames"]] == ["fr"]


@pytest.mark.django_db
def test_what_the_house_writes_down_is_not_in_the_language_of_whoever_made_it_do_so():
    moderator = make.member(role=Role.MODERATOR)
    spoken, other = make.thread(), make.thread()

    with translation.override("de"):
        merge_thread(by=moderator, thread=spoken, into=other)

    assert Decision.objects.get().because == f"The same problem as #{other.pk}."


@pytest.mark.django_db
def test_the_log_of_decisions_is_read_in_the_language_of_whoever_reads_it():
    moderator, thread = make.member(role=Role.MODERATOR), make.thread()
    with translation.override("fr"):
        close_thread(by=moderator, thread=thread, because="Answered elsewhere.")
        merge_thread(by=moderator, thread=make.thread(), into=thread)
    browser = Client(headers={"accept-language": "de"})
    browser.force_login(moderator)

    page = browser.get("/moderation/log/").text

    with translation.override("de"):
        assert str(State.WAITING_US.label) in page
        assert gettext("The same problem as #%(number)s.") % {"number": thread.pk} in page
    with translation.override("fr"):
        assert str(State.WAITING_US.label) not in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.journey
@pytest.mark.heavy
@pytest.mark.skipif(not CHROMIUM, reason=NOT_FOUND)
async def test_a_german_reader_sees_what_an_english_writer_says_in_german_once_and_in_order(server, browser):
    asker, peer = await sync_to_async(make.member)("asker", language="de"), await sync_to_async(make.member)("peer")
    thread = await sync_to_async(make.thread)(by=asker)
    reader = await Person.come(browser, server, asker)
    writer = await Person.come(browser, server, peer, locale="en-GB")
    fetched, told = [], []
    reader.page.on("response", lambda answer: fetched.append(answer) if "/since/" in answer.url else None)
    reader.page.on("websocket", lambda socket: socket.on("framereceived", lambda text: told.append(text)))
    page = await reader.open(thread.get_absolute_url())
    await reader.listens()

    for body in ("Renew the keys.", "Then start it again.", "Did it help?"):
        await writer.reply(thread, body)
    await page.wait_for_selector("[data-live-record] > article >> nth=3")

    assert len([frame for frame in told if '"kind":"replied"' in frame and '"lang":"en"' in frame]) == 3
    assert {frame["lang"] for answer in fetched for frame in (await answer.json())["frames"]} == {"de"}
    posts = await reader.posts()
    assert len(posts) == len(set(posts)) == 4
    # The asker's own line is asked for a moment after the rest.
    await page.wait_for_selector("[data-live-region=state] :text('3 Antworten')")
    arrived = await shown(page)
    await page.reload()
    assert arrived == await shown(page)
    assert reader.troubles == []
