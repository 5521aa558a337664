"""The story with a real Request Tracker: made, linked, answered on both sides, closed, away for a while, mended."""

import base64

import httpx2
import pytest
from rt.rest2 import Rt

from community.policy import Invalid
from community.threads.actions import edit_post
from community.threads.models import EntryKind, Lane, State
from community.tickets.actions import check_ticket, close_ticket, link_ticket, make_ticket, mend, unlink_ticket
from community.tickets.doors import Progress, TicketRefused, Unavailable
from community.tickets.models import OutsideSystem, SystemKind
from community.tickets.systems import door_of
from tests import make
from tests.tickets import tracking

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.heavy,
    pytest.mark.skipif(not tracking.IS_HERE, reason=tracking.NOT_FOUND),
]


@pytest.fixture(scope="module")
def tracker(tmp_path_factory):
    with tracking.serving(tmp_path_factory.mktemp("rt")) as server:
        yield server


@pytest.fixture
def over_there(tracker) -> Rt:
    """An agent of RT at work."""

    return Rt(f"{tracker.url}/REST/2.0/", http_auth=httpx2.BasicAuth("root", tracking.PASSWORD), http_timeout=60)


@pytest.fixture
def system(tracker, agent) -> OutsideSystem:
    made = OutsideSystem(slug="rt", name="Support desk", kind=SystemKind.RT, address=tracker.url, queue="General")
    made.account, made.speaks_as = "root", make.member("the-desk", role="agent")
    made.keep_secret(tracking.PASSWORD)
    made.save()
    return made


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Schlüssel läuft ab", body="Since noon.")


def made(thread, agent, run_queue):
    link = make_ticket(by=agent, thread=thread, system="rt", subject=thread.title, text="Since noon. ☂")
    run_queue()
    link.refresh_from_db()
    return link


def history(over_there, number: str, kind: str) -> list[str]:
    """The texts of a ticket's comments or correspondence."""
    rows = [row for row in over_there.get_ticket_history(number) if row["Type"] == kind]
    ids = [
        link["_url"].rpartition("/")[2] for row in rows for link in row["_hyperlinks"] if link["ref"] == "attachment"
    ]

    return [base64.b64decode(over_there.get_attachment(each)["Content"]).decode() for each in ids]


def test_made_answered_on_both_sides_and_closed(system, thread, customer, agent, over_there, run_queue, visiting_as):
    link = made(thread, agent, run_queue)

    # It stands over there as the agent sent it.
    ticket = over_there.get_ticket(link.number)
    assert (ticket["Subject"], ticket["Queue"]["Name"], ticket["Requestor"]) == ("Schlüssel läuft ab", "General", [])
    assert "Since noon. ☂" in history(over_there, link.number, "Create")[0]
    page = visiting_as(agent).get(thread.get_absolute_url()).text
    assert f'href="{system.address}/Ticket/Display.html?id={link.number}"' in page

    # What is said here is copied as a comment, which mails nobody.
    reply = make.reply(thread, by=customer, body="It is **urgent**.")
    run_queue()
    copies = history(over_there, link.number, "Comment")
    assert len(copies) == 1
    assert "The asker wrote:\n\nIt is **urgent**." in copies[0]

    # RT keeps what was said, so an edit is told as one.
    edit_post(by=customer, post=reply, body="It can wait.", seen_revision=0)
    run_queue()
    told = history(over_there, link.number, "Comment")[1:]
    assert len(told) == 1
    assert "It now reads:\n\nIt can wait." in told[0]

    # What is answered there comes back under the name of the desk; what is noted there does not.
    over_there.reply(link.number, content="<p>Renew it with <code>keyctl</code>.</p>", content_type="text/html")
    over_there.comment(link.number, content="He always forgets.")
    assert [check_ticket(link), check_ticket(link), check_ticket(link, from_the_start=True)] == [1, 0, 0]
    answers = list(thread.posts.filter(number__gt=2))
    assert [(post.body, post.author) for post in answers] == [("Renew it with `keyctl`.", system.speaks_as)]

    # Closed from here, once everything is copied; the asker is asked, and the thread stays open.
    close_ticket(by=agent, link=link)
    run_queue()
    assert over_there.get_ticket(link.number)["Status"] == "resolved"
    thread.refresh_from_db()
    assert (thread.state, thread.closed_at) == (State.ANSWERED, None)
    assert "Did this solve it?" in visiting_as(customer).get(thread.get_absolute_url()).text


def test_linking_looks_whether_the_ticket_is_there_and_whose_it_is(system, thread, agent, over_there, visiting_as):
    ours = over_there.create_ticket("General", subject="Ours", content="Before.")
    sales = over_there.create_ticket("Sales", subject="Theirs", content="Not for us.")

    for number, words in (
        ("99999", "no ticket with this number"),
        (sales, "another queue: Sales"),
        ("R-1", "no ticket"),
    ):
        with pytest.raises(Invalid, match=words):
            link_ticket(by=agent, thread=thread, system="rt", number=str(number))
    sent = {"system": "rt", "number": str(sales)}
    page = visiting_as(agent).post(f"/threads/{thread.pk}/ticket/", sent)
    assert page.status_code == 422
    assert "another queue: Sales" in page.text

    link = link_ticket(by=agent, thread=thread, system="rt", number=f"#{ours}")
    over_there.edit_ticket(ours, Status="stalled")
    check_ticket(link)
    assert (link.number, link.progress) == (str(ours), Progress.WAITING)
    assert not thread.posts.filter(number__gt=1).exists()


def test_away_in_the_middle_nothing_is_lost_and_nothing_comes_twice(
    system, thread, customer, agent, tracker, over_there, run_queue, later, visiting_as
):
    link = made(thread, agent, run_queue)
    tracker.stop()
    try:
        make.reply(thread, by=customer, body="First.")
        make.reply(thread, by=customer, body="Second.")
        run_queue()
        assert "2 messages not yet sent" in visiting_as(agent).get(thread.get_absolute_url()).text
        with pytest.raises(Invalid, match="does not answer"):
            link_ticket(by=agent, thread=thread, system="rt", number="1")
        assert mend().silent == {"rt"}
    finally:
        tracker.start()

    later(hours=2)
    run_queue()
    run_queue()

    copies = history(over_there, link.number, "Comment")
    assert [("First." in text, "Second." in text) for text in copies] == [(True, False), (False, True)]
    assert "not yet sent" not in visiting_as(agent).get(thread.get_absolute_url()).text


def test_what_arrived_without_our_being_told_is_found_again(system, thread, customer, agent, run_queue, over_there):
    link = made(thread, agent, run_queue)
    opening = link.copies.get()
    make.reply(thread, by=customer, body="Once.")
    run_queue()

    # As after a crash behind the call: begun, and nobody wrote down that it arrived.
    link.copies.update(state="waiting", attempts=1)
    run_queue()

    link.refresh_from_db()
    door = door_of(system)
    assert door.made(opening.key.hex).number == link.number
    assert len(history(over_there, link.number, "Comment")) == 1
    assert door.made("0" * 32) is None


def test_drift_is_found_and_mended_and_a_deleted_ticket_is_said(
    system, thread, customer, agent, run_queue, over_there, later, visiting_as
):
    link = made(thread, agent, run_queue)
    over_there.reply(link.number, content="Nobody told the forum.")
    over_there.edit_ticket(link.number, Status="resolved")

    assert mend().brought == 2
    assert mend().brought == 0
    link.refresh_from_db()
    assert link.progress == Progress.SOLVED
    assert thread.posts.get(number=2).body == "Nobody told the forum."

    over_there.edit_ticket(link.number, Status="open")
    over_there.delete_ticket(link.number)
    mend()
    mend()
    link.refresh_from_db()
    assert link.gone_at is not None
    assert thread.log.filter(lane=Lane.TEAM, kind=EntryKind.TICKET_LOST).count() == 1
    assert "deleted in the ticket system" in visiting_as(agent).get(thread.get_absolute_url()).text
    unlink_ticket(by=agent, link=link)
    assert made(thread, agent, run_queue).number != link.number


def test_ten_megabytes_and_quotations_from_a_mail(system, thread, agent, run_queue, over_there):
    link = made(thread, agent, run_queue)
    over_there.reply(link.number, content="Here is all of it.\n" + "x" * 10_000_000)

    assert check_ticket(link) == 1

    body = thread.posts.get(number=2).body
    assert body.startswith("Here is all of it.")
    assert len(body) < 25_000


def test_a_wrong_password_is_a_refusal_and_a_wrong_address_a_silence(system, tracker):
    system.keep_secret("wrong")
    with pytest.raises(TicketRefused):
        door_of(system).look("1")

    system.address = "http://127.0.0.1:9"
    with pytest.raises(Unavailable):
        door_of(system).look("1")
