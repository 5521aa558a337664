"""A page that could not hear for a while shows what happened meanwhile: all of it, once, in order."""

import re

import pytest
from playwright.sync_api import expect

MINUTE = 60_000
# In milliseconds: how often a page asks whose socket is blocked.
POLLING_PERIOD = 15_000


@pytest.fixture
def conversation(customer, peer):
    """A thread of the customer in which the peer has said three things."""
    thread = customer.ask("The shared calendar is empty")
    said = [peer.reply(thread, words) for words in ("The first word.", "The second word.", "The third word.")]
    return thread, said


def talk_on(thread, said, peer, second_customer) -> None:
    """Three replies, one edit, one deletion."""
    peer.reply(thread, "The fourth word.")
    second_customer.reply(thread, "The fifth word.")
    peer.send(f"/posts/{said[0]}/edit/", body="The first word, corrected.", seen_revision=0, kind="information")
    peer.send(f"/posts/{said[1]}/delete/", because="It was meant for another thread.")
    peer.reply(thread, "The sixth word.")


def shows_everything_once(reader) -> None:
    expect(reader.posts).to_have_count(7)
    expect(reader.posts).to_contain_text(
        [
            "It stops after ten minutes.",
            "The first word, corrected.",
            "It was meant for another thread.",
            "The third word.",
            "The fourth word.",
            "The fifth word.",
            "The sixth word.",
        ]
    )
    names = reader.posts.evaluate_all("posts => posts.map((post) => post.id)")
    assert len(set(names)) == 7


def test_a_minute_without_network_loses_nothing(customer, peer, second_customer, conversation):
    """C5"""
    thread, said = conversation
    customer.page.clock.install()
    customer.listen(thread)

    with customer.offline():
        talk_on(thread, said, peer, second_customer)
        customer.page.clock.fast_forward(MINUTE)
        expect(customer.posts).to_have_count(4)

    shows_everything_once(customer)
    expect(customer.banners).to_contain_text("While you were away: 3 replies, 1 edit, 1 post removed")
    expect(customer.banners).to_have_count(1)

    second_customer.reply(thread, "The seventh word.")

    expect(customer.posts).to_have_count(8)
    expect(customer.posts.last).to_contain_text("The seventh word.")


def test_with_the_socket_blocked_one_polling_period_brings_everything(customer, peer, second_customer, conversation):
    """C5, behind a proxy that lets no socket through."""
    thread, said = conversation
    customer.page.route_web_socket(re.compile("/live/$"), lambda socket: socket.close())
    customer.page.clock.install()
    with customer.page.expect_response(re.compile(r"/since/\d+/$")):
        customer.open(thread.address)
        customer.page.clock.fast_forward(1)
    customer.page.clock.pause_at(customer.page.evaluate("Date.now()") + 1)
    talk_on(thread, said, peer, second_customer)
    expect(customer.posts).to_have_count(4)

    with customer.page.expect_response(re.compile(r"/since/\d+/$")):
        customer.page.clock.fast_forward(POLLING_PERIOD)

    shows_everything_once(customer)
