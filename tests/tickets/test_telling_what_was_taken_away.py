"""What was copied to a ticket and is taken away here is told there, and the other way round."""

import pytest

from community.moderation.actions import hide_post, unhide_post
from community.people.events import WordsTakenOut
from community.threads.actions import delete_post
from community.threads.models import Thread
from community.tickets.actions import check_ticket, link_ticket, mend
from community.tickets.models import Copy, TicketLink
from community.tickets.reactions import tell_tickets
from tests import make

pytestmark = pytest.mark.django_db

GONE = "This was taken out of the forum on"
BACK = "This can be read in the forum again since"


@pytest.fixture
def thread(customer) -> Thread:
    return make.thread(by=customer, title="Keys expired")


@pytest.fixture
def link(thread, agent) -> TicketLink:
    return link_ticket(by=agent, thread=thread, system="console", number="R-88")


@pytest.fixture
def reply(thread, link, peer, run_queue):
    made = make.reply(thread, by=peer, body="Send me your password.")
    run_queue()
    return made


def said(twin) -> list[str]:
    return [text for _key, text in twin.copies["R-88"]]


def test_what_is_hidden_is_told_once_and_what_comes_back_too(reply, moderator, twin, run_queue):
    hide_post(by=moderator, post=reply, because="He asks for a password.")
    run_queue()
    run_queue()

    told = said(twin)[1:]
    assert len(told) == 1
    assert told[0].startswith(GONE)
    assert "Do not use it." in told[0]
    assert "password" not in told[0]
    unhide_post(by=moderator, post=reply, because="It was a joke.")
    run_queue()
    assert said(twin)[2].startswith(BACK)
    assert "Send me your password." in said(twin)[2]
    assert mend().owing == []


def test_where_comments_can_be_changed_the_words_themselves_are_gone(reply, peer, twin, run_queue):
    twin.rewrites = True

    delete_post(by=peer, post=reply, because="Wrong.")
    run_queue()

    [text] = said(twin)
    assert text.startswith(GONE)
    assert "password" not in text


def test_what_was_taken_away_and_brought_back_before_anybody_was_told_is_not_told(reply, moderator, twin, run_queue):
    twin.is_down = True
    hide_post(by=moderator, post=reply, because="Spam.")
    unhide_post(by=moderator, post=reply, because="None.")
    twin.is_down = False
    run_queue()

    assert len(said(twin)) == 1


def test_what_was_never_copied_is_not_told(thread, link, peer, moderator, twin, run_queue):
    twin.is_down = True
    reply = make.reply(thread, by=peer, body="Send me your password.")
    hide_post(by=moderator, post=reply, because="Spam.")
    twin.is_down = False
    run_queue()

    assert twin.copies == {}
    assert not Copy.objects.waiting().exists()


def test_a_person_taken_out_of_the_words_is_told_with_the_words_as_they_are_now(reply, twin, run_queue):
    tell_tickets(WordsTakenOut(model="threads.post", key=str(reply.pk)))
    run_queue()

    assert said(twin)[1].startswith("The data of a person was taken out of this on")


def test_an_answer_deleted_in_the_ticket_is_told_to_the_team(thread, link, agent, twin, visiting_as):
    twin.say("R-88", "Renew them.")
    check_ticket(link)

    kept, twin.replies["R-88"] = twin.replies["R-88"], []
    mend()

    trouble = Copy.objects.get(direction="in")
    assert (trouble.state, trouble.post) == ("refused", thread.posts.get(number=2))
    assert "deleted in the ticket" in visiting_as(agent).get(f"/threads/{thread.pk}/ticket/").text
    twin.replies["R-88"] = kept
    mend()
    assert Copy.objects.get(direction="in").state == "done"
