"""Members need not hear from each other. Nobody else sees a difference; whoever is blocked is told when it matters."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.inbox.models import Notice
from community.inbox.tasks import tell_of_post
from community.people import actions
from community.people.models import Muting
from community.policy import Invalid, NotAllowed
from community.requests.actions import hand_over
from community.threads.actions import follow
from tests import make

pytestmark = pytest.mark.django_db

FOLDED = "By somebody you have muted. Show it"


def told(member) -> list[str]:
    return sorted(Notice.objects.filter(member=member).values_list("kind", flat=True))


def test_the_muted_is_folded_away_for_one_reader_only(customer, peer, visiting_as):
    thread = make.thread(by=customer)
    make.reply(thread, by=peer, body="Have you tried turning it off?")
    browser, address = visiting_as(customer), thread.get_absolute_url()

    assert FOLDED not in browser.get(address).content.decode()
    listed = browser.post(f"/people/{peer.handle}/mute/", {"do": "mute"}, follow=True).content.decode()
    seen = browser.get(address).content.decode()

    assert peer.handle in listed
    assert seen.count(FOLDED) == 2, "Once in place of the post, once to be copied for what arrives."
    assert "Have you tried turning it off?" in seen
    for other in (None, peer, make.member()):
        assert FOLDED not in visiting_as(other).get(address).content.decode()
    browser.post(f"/people/{peer.handle}/mute/", {"do": "hear"})
    assert FOLDED not in browser.get(address).content.decode()
    assert not Muting.objects.exists()


def test_a_page_costs_the_same_whoever_is_muted(customer, peer, visiting_as):
    thread = make.thread(by=customer)
    make.reply(thread, by=peer)
    browser, address, costs = visiting_as(customer), thread.get_absolute_url(), []
    browser.get(address)

    for mute in (actions.unmute, actions.mute):
        mute(by=customer, member=peer)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address).content.decode()
        costs.append(len(asked))

    assert FOLDED in page
    assert costs[0] == costs[1]


def test_no_notices_of_what_the_muted_does(customer, peer):
    thread, other = make.thread(by=customer), make.member()
    for member in (customer, other):
        follow(by=member, thread=thread)
    actions.mute(by=customer, member=peer)

    tell_of_post.call(make.reply(thread, by=peer, body=f"Look, @{customer.handle}.", kind="solution").pk)

    assert (told(customer), told(other)) == ([], ["replied"])


def test_the_blocked_may_answer_and_reads_that_a_mention_does_not_arrive(customer, peer, visiting_as):
    thread = make.thread(by=customer)
    actions.mute(by=customer, member=peer, blocks=True)
    browser = visiting_as(peer)

    sent = {"body": f"@{customer.handle}, try this.", "kind": "information", "token": "t"}
    page = browser.post(f"/threads/{thread.pk}/reply/", sent, follow=True).content.decode()

    assert f"{customer.handle} has blocked you and is not told that you mentioned them." in page
    assert thread.posts.filter(author=peer).exists()
    assert "has blocked you" not in browser.get(thread.get_absolute_url()).content.decode()


def test_the_blocked_hands_no_draft_over(customer, peer):
    company = make.organisation("Fenwick")
    make.seat(company, customer)
    make.seat(company, peer, kind="reader")
    actions.mute(by=customer, member=peer, blocks=True)

    with pytest.raises(Invalid, match="has blocked you"):
        hand_over(by=peer, organisation=company, caller=customer, title="Stops", body="At night.")


def test_a_block_becomes_a_mute_and_the_list_says_which(customer, peer, visiting_as):
    browser = visiting_as(customer)
    for wish, words in (("block", "Only mute"), ("mute", "Block too")):
        assert words in browser.post(f"/people/{peer.handle}/mute/", {"do": wish}, follow=True).content.decode()

    customer.refresh_from_db()
    assert (Muting.objects.get().blocks, customer.muted) == (False, [peer.pk])
    assert "You hear from everybody." in visiting_as(peer).get("/people/settings/muted/").content.decode()


def test_the_team_hears_everybody_and_is_heard(customer, agent, moderator, visiting_as):
    for by, member, words in (
        (customer, agent, "The team cannot be muted"),
        (moderator, customer, "hears everybody"),
        (customer, customer, "cannot mute yourself"),
    ):
        with pytest.raises(NotAllowed, match=words):
            actions.mute(by=by, member=member, blocks=True)
    assert visiting_as(customer).post(f"/people/{agent.handle}/mute/", {"do": "block"}).status_code == 403
    assert not Muting.objects.exists()


def test_whoever_joins_the_team_is_heard_again(customer, peer, people, visiting_as):
    thread = make.thread(by=customer)
    actions.mute(by=customer, member=peer, blocks=True)
    actions.set_role(by=people.administrator, member=peer, role="agent")

    said = make.reply(thread, by=peer)
    tell_of_post.call(said.pk)

    assert told(customer) == ["replied"]
    assert (
        f'<details class="muted"><summary>{FOLDED}'
        not in visiting_as(customer).get(said.get_absolute_url()).content.decode()
    )


def test_nobody_mutes_without_end(customer, peer, monkeypatch):
    monkeypatch.setattr("community.people.actions.MOST_MUTED", 1)
    actions.mute(by=customer, member=peer)
    actions.mute(by=customer, member=peer, blocks=True)

    with pytest.raises(Invalid, match="as many as one can"):
        actions.mute(by=customer, member=make.member())
    assert Muting.objects.count() == 1
