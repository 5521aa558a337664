import pytest

from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import delete_post
from community.threads.models import EntryKind, Lane
from community.tickets.actions import link_ticket, unlink_ticket
from community.tickets.models import TicketLink
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer, peer):
    """A question of the customer with one answer of the peer's."""
    made = make.thread(by=customer, title="Keys expired")
    make.reply(made, by=peer, kind="solution")
    made.refresh_from_db()
    return made


@pytest.fixture
def trace(thread):
    def rows() -> tuple:
        thread.refresh_from_db()
        return list(TicketLink.objects.values()), thread.seq, thread.team_seq, thread.with_support_at

    return rows


def link(by, thread, number="R-88", **details) -> TicketLink:
    return link_ticket(by=by, thread=thread, system="console", number=number, **details)


def test_everybody_is_told_with_support_and_only_the_team_that_there_is_a_ticket(thread, agent):
    seq, team_seq = thread.seq, thread.team_seq

    made = link(agent, thread, url="https://tickets.example/R-88")

    thread.refresh_from_db()
    assert thread.with_support_at == made.linked_at
    assert thread.log.get(lane=Lane.ALL, seq=seq + 1).kind == EntryKind.WITH_SUPPORT
    assert thread.log.get(lane=Lane.TEAM, seq=team_seq + 1).kind == EntryKind.TICKET_LINKED
    assert (thread.seq, thread.team_seq) == (seq + 1, team_seq + 1)
    assert (made.number, made.url, made.linked_by, made.post) == (
        "R-88",
        "https://tickets.example/R-88",
        agent,
        None,
    )


def test_the_same_ticket_is_linked_once(thread, agent, trace):
    first = link(agent, thread)
    before = trace()

    assert link(agent, thread, number=" r-88 ") == first

    assert trace() == before


def test_a_second_ticket_says_nothing_new_to_the_asker(thread, agent):
    link(agent, thread)
    thread.refresh_from_db()
    seq = thread.seq

    link(agent, thread, number="R-90")

    thread.refresh_from_db()
    assert (thread.seq, thread.team_seq) == (seq, 2)
    assert thread.ticket_links.standing().count() == 2


def test_one_answer_is_linked(thread, agent):
    answer = thread.posts.get(number=2)

    assert link(agent, thread, post=answer).post == answer
    assert thread.log.get(lane=Lane.TEAM, seq=1).post == answer


def test_what_is_no_answer_of_the_thread_is_not_linked(thread, agent, trace):
    others = make.reply(make.thread())
    note = make.reply(thread, by=agent, kind="note")
    gone = make.reply(thread)
    delete_post(by=gone.author, post=gone, because="Wrong thread.")
    before = trace()

    for post in (others, note, gone, thread.posts.get(number=1)):
        with pytest.raises(Invalid, match="Choose an answer of this thread"):
            link(agent, thread, post=post)

    assert trace() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("R-88", "R-88"), (" r-88\n", "R-88"), ("#10482", "10482"), ("case7", "CASE7"), ("1", "1")],
)
def test_a_number_is_kept_as_the_system_writes_it(typed, kept, thread, agent):
    assert link(agent, thread, number=typed).number == kept


@pytest.mark.parametrize(
    "typed", ["", "  ", "R-", "-88", "R 88", "R-88-1", "9" * 13, "<b>", "٣٣", "R-88; drop", "R-\0"]
)
def test_what_is_no_number_is_refused(typed, thread, agent, trace, visiting_as):
    before = trace()

    with pytest.raises(Invalid) as refused:
        link(agent, thread, number=typed)
    page = visiting_as(agent).post(f"/threads/{thread.pk}/ticket/", {"system": "console", "number": typed})

    assert refused.value.field == "number"
    assert page.status_code == 422
    assert trace() == before


@pytest.mark.parametrize(
    "typed",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://tickets.example/1", "//tickets.example/1", "R-88"),
        *("https://", "https://tickets.example/ 1", "https://tickets.example/" + "x" * 200),
    ],
)
def test_an_address_is_one_that_a_browser_may_be_sent_to(typed, thread, agent, trace, visiting_as):
    before = trace()

    with pytest.raises(Invalid) as refused:
        link(agent, thread, url=typed)
    sent = {"system": "console", "number": "R-88", "url": typed}
    page = visiting_as(agent).post(f"/threads/{thread.pk}/ticket/", sent)

    assert refused.value.field == "url"
    assert page.status_code == 422
    assert "R-88" in page.text
    assert trace() == before


def test_a_system_we_do_not_have_is_refused(thread, agent, trace):
    before = trace()

    with pytest.raises(Invalid) as refused:
        link_ticket(by=agent, thread=thread, system="elsewhere", number="R-88")

    assert refused.value.field == "system"
    assert trace() == before


@pytest.mark.parametrize("who", ["customer", "peer", "moderator"])
def test_only_support_links_and_unlinks(who, thread, agent, request, trace, visiting_as):
    somebody, made = request.getfixturevalue(who), link(agent, thread)
    browser = visiting_as(somebody)
    before = trace()

    with pytest.raises(NotAllowed, match="Only support links tickets"):
        link(somebody, thread, number="R-90")
    with pytest.raises(NotAllowed, match="Only support links tickets"):
        unlink_ticket(by=somebody, link=made)
    pages = [
        browser.get(f"/threads/{thread.pk}/ticket/"),
        browser.post(f"/threads/{thread.pk}/ticket/", {"system": "console", "number": "R-90"}),
        browser.post(f"/tickets/{made.pk}/unlink/"),
    ]

    assert [page.status_code for page in pages] == [403, 403, 403]
    assert trace() == before


def test_unlinking_takes_the_words_away_and_the_log_keeps_that_it_was_linked(thread, agent):
    made = link(agent, thread)

    unlink_ticket(by=agent, link=made)

    thread.refresh_from_db()
    made.refresh_from_db()
    assert (thread.with_support_at, made.unlinked_by) == (None, agent)
    assert made.unlinked_at is not None
    kinds = thread.log.filter(lane=Lane.TEAM).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [EntryKind.TICKET_LINKED, EntryKind.TICKET_UNLINKED]
    with pytest.raises(OutOfStep, match="no longer linked"):
        unlink_ticket(by=agent, link=made)


def test_with_one_of_two_tickets_gone_it_is_still_with_support(thread, agent):
    made = link(agent, thread)
    link(agent, thread, number="R-90")

    unlink_ticket(by=agent, link=made)

    thread.refresh_from_db()
    assert thread.with_support_at is not None


def test_an_unlinked_ticket_can_be_linked_again(thread, agent):
    made = link(agent, thread)
    unlink_ticket(by=agent, link=made)

    again = link(agent, thread)

    assert again.pk != made.pk
    thread.refresh_from_db()
    assert thread.with_support_at == again.linked_at


def test_the_page_links_and_unlinks(thread, agent, visiting_as):
    browser = visiting_as(agent)
    answer = thread.posts.get(number=2)
    chosen = browser.get(f"/threads/{thread.pk}/ticket/?post={answer.pk}")
    assert f'<option value="{answer.pk}" selected>' in chosen.text

    sent = {"system": "console", "number": "r-88", "url": "https://tickets.example/88", "post": answer.pk}
    linked = browser.post(f"/threads/{thread.pk}/ticket/", sent, follow=True)
    assert linked.redirect_chain == [(thread.get_absolute_url(), 302)]
    assert "Linked to R-88." in linked.text

    made = TicketLink.objects.get()
    assert "Unlink R-88" in browser.get(f"/threads/{thread.pk}/ticket/").text
    unlinked = browser.post(f"/tickets/{made.pk}/unlink/", follow=True)
    assert "R-88 is no longer linked." in unlinked.text
    assert browser.post(f"/tickets/{made.pk}/unlink/").status_code == 409


def test_a_thread_that_is_not_there_has_no_tickets(agent, visiting_as):
    browser = visiting_as(agent)

    assert browser.get("/threads/99999/ticket/").status_code == 404
    assert browser.post("/tickets/99999/unlink/").status_code == 404
    assert browser.get("/tickets/1/unlink/").status_code == 405
