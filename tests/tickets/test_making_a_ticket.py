import pytest

from community import clock
from community.policy import Invalid, NotAllowed
from community.threads.actions import delete_post
from community.threads.models import EntryKind, Lane
from community.tickets import doors
from community.tickets.actions import make_ticket, send_again, unlink_ticket
from community.tickets.models import Copy, TicketLink
from tests import make

pytestmark = pytest.mark.django_db

BODY = "Write to me at fenwick@customer.example, the log is ![log](/attachments/a/log.png)."


@pytest.fixture
def thread(customer, peer):
    made = make.thread(by=customer, title="Keys expired", body=BODY, product=make.product("Relay"))
    make.reply(made, by=peer, kind="solution", body="Renew them.")
    made.refresh_from_db()
    return made


def made(by, thread, **details) -> TicketLink:
    said = {"system": "console", "subject": "Keys expired", "text": "They are."} | details
    return make_ticket(by=by, thread=thread, **said)


def test_a_ticket_is_made_once_and_its_number_stands_in_the_thread(thread, agent, twin, run_queue, visiting_as):
    link = made(agent, thread)
    assert "being made" in visiting_as(agent).get(thread.get_absolute_url()).text

    run_queue()
    run_queue()

    link.refresh_from_db()
    assert list(twin.tickets) == [link.number]
    assert [said for what, said in twin.asked if what == "make"] == [("Keys expired", "They are.")]
    thread.refresh_from_db()
    assert thread.with_support_at == link.linked_at
    assert thread.log.get(lane=Lane.TEAM).kind == EntryKind.TICKET_LINKED
    page = visiting_as(agent).get(thread.get_absolute_url()).text
    assert link.number in page
    assert "not yet sent" not in page


def test_pressing_twice_asks_for_one_ticket(thread, agent, twin, run_queue):
    assert made(agent, thread) == made(agent, thread)

    run_queue()

    assert len(twin.tickets) == 1
    assert TicketLink.objects.count() == 1


def test_a_second_ticket_waits_for_the_number_of_the_first(thread, agent, run_queue):
    made(agent, thread)
    answer = thread.posts.get(number=2)
    with pytest.raises(Invalid, match="being made"):
        made(agent, thread, post=answer)

    run_queue()

    assert made(agent, thread, post=answer).post == answer


def test_the_form_is_filled_without_private_data_until_it_is_asked_for(thread, agent, visiting_as):
    browser = visiting_as(agent)
    address = f"/threads/{thread.pk}/ticket/new/"

    plain = browser.get(address).context["form"].initial["text"]
    full = browser.get(f"{address}?with=private").context["form"].initial["text"]

    for private in ("fenwick", "customer.example", "example.com"):
        assert private not in plain
    assert "[…]" in plain
    assert "Relay" in plain
    assert "(http://127.0.0.1:8000/attachments/a/log.png)" in plain
    assert "@fenwick" in full
    assert "fenwick@customer.example" in full


def test_the_page_fills_in_one_answer_and_sends_what_the_agent_read(thread, agent, visiting_as, twin, run_queue):
    browser = visiting_as(agent)
    answer = thread.posts.get(number=2)
    address = f"/threads/{thread.pk}/ticket/new/?post={answer.pk}"
    assert "Renew them." in browser.get(address).context["form"].initial["text"]

    sent = {"system": "console", "subject": "Renewing", "text": "As I changed it."}
    page = browser.post(address, sent, follow=True)
    run_queue()

    assert "The ticket is being made." in page.text
    assert ("make", ("Renewing", "As I changed it.")) in twin.asked
    assert TicketLink.objects.get().post == answer


@pytest.mark.parametrize(
    ("wrong", "words"), [({"subject": " "}, "required"), ({"text": " "}, "required"), ({"system": "x"}, "valid choice")]
)
def test_what_cannot_be_sent_is_given_back(wrong, words, thread, agent, visiting_as):
    sent = {"system": "console", "subject": "Kept", "text": "Kept as well."} | wrong

    page = visiting_as(agent).post(f"/threads/{thread.pk}/ticket/new/", sent)

    assert page.status_code == 422
    assert words in page.text
    assert "Kept" in page.text
    assert not TicketLink.objects.exists()


@pytest.mark.parametrize("who", ["customer", "peer", "moderator"])
def test_only_support_makes_tickets(who, thread, request, visiting_as):
    somebody = request.getfixturevalue(who)

    with pytest.raises(NotAllowed, match="Only support"):
        made(somebody, thread)

    assert visiting_as(somebody).get(f"/threads/{thread.pk}/ticket/new/").status_code == 403
    assert not TicketLink.objects.exists()


def test_while_the_system_is_down_it_waits_and_afterwards_there_is_one_ticket(
    thread, agent, customer, twin, run_queue, later, visiting_as
):
    twin.is_down = True
    link = made(agent, thread)
    for _ in range(4):
        run_queue()
        later(minutes=10)
    make.reply(thread, by=customer, body="Any news?")
    page = visiting_as(agent).get(thread.get_absolute_url()).text
    assert "2 messages not yet sent" in page
    assert "not yet sent" not in visiting_as(customer).get(thread.get_absolute_url()).text

    twin.is_down = False
    later(hours=1)
    run_queue()
    run_queue()

    link.refresh_from_db()
    assert list(twin.tickets) == [link.number]
    assert len(twin.copies[link.number]) == 1
    assert "not yet sent" not in visiting_as(agent).get(thread.get_absolute_url()).text


def test_a_lost_answer_makes_no_second_ticket_and_no_second_copy(thread, agent, customer, twin, run_queue, later):
    twin.loses_answers = True
    link = made(agent, thread)
    run_queue()
    later(hours=1)
    run_queue()
    link.refresh_from_db()
    assert list(twin.tickets) == [link.number]

    make.reply(thread, by=customer, body="Any news?")
    twin.loses_answers = True
    run_queue()
    later(hours=1)
    run_queue()

    assert len(twin.copies[link.number]) == 1
    assert not Copy.objects.waiting().exists()


def test_it_tries_again_later_each_time_and_not_once_for_each_reply(thread, agent, twin, run_queue, later):
    twin.is_down = True
    link = made(agent, thread)
    waits = []
    for _ in range(10):
        later(hours=2)
        run_queue()
        link.refresh_from_db()
        waits.append((link.retry_at - clock.now()).total_seconds())

    assert waits == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    for _ in range(3):
        make.reply(thread)
        run_queue()
    link.refresh_from_db()
    assert link.failures == 10


def test_a_refusal_is_shown_with_its_reason_and_can_be_sent_again(thread, agent, twin, run_queue, visiting_as):
    def no(**said):
        raise doors.TicketRefused("The queue is closed.")

    twin.make, make_there = no, twin.make
    link = made(agent, thread)
    run_queue()
    browser = visiting_as(agent)
    assert "1 message refused" in browser.get(thread.get_absolute_url()).text
    assert "The queue is closed." in browser.get(f"/threads/{thread.pk}/ticket/").text

    twin.make = make_there
    page = browser.post(f"/tickets/{link.pk}/again/", follow=True)
    run_queue()

    assert "It is sent once more." in page.text
    link.refresh_from_db()
    assert list(twin.tickets) == [link.number]
    with pytest.raises(NotAllowed):
        send_again(by=thread.author, link=link)


def test_unlinked_before_it_was_made_it_is_not_made(thread, agent, twin, run_queue):
    unlink_ticket(by=agent, link=made(agent, thread))

    run_queue()

    assert not twin.tickets


def test_a_post_that_is_gone_opens_no_ticket(thread, agent, peer):
    answer = thread.posts.get(number=2)
    delete_post(by=peer, post=answer, because="Wrong.")

    with pytest.raises(Invalid, match="Choose a post"):
        made(agent, thread, post=answer)
