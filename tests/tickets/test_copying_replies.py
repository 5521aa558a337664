import pytest

from community.threads.actions import delete_post
from community.threads.models import EntryKind, Lane, State
from community.tickets.actions import check_ticket, close_ticket, link_ticket, mend, unlink_ticket
from community.tickets.doors import Progress
from community.tickets.models import Copy, TicketLink
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired")


@pytest.fixture
def link(thread, agent) -> TicketLink:
    return link_ticket(by=agent, thread=thread, system="console", number="R-88")


def kinds(thread, lane=Lane.ALL) -> list[str]:
    return list(thread.log.filter(lane=lane).order_by("seq").values_list("kind", flat=True))


def test_replies_are_copied_once_and_in_order_and_notes_never(thread, link, customer, peer, agent, twin, run_queue):
    make.reply(thread, by=customer, body="It began at noon.")
    make.reply(thread, by=agent, kind="note", body="He always forgets.")
    make.reply(thread, by=peer, body="Ask me@peer.example.")
    make.reply(thread, by=agent, body="We are on it.")

    run_queue()
    run_queue()

    texts = [text for _, text in twin.copies["R-88"]]
    assert [text.splitlines()[:3:2] for text in texts] == [
        ["The asker wrote:", "It began at noon."],
        ["Somebody else answered in the forum:", "Ask […]."],
        ["Support answered in the forum:", "We are on it."],
    ]
    assert "fenwick" not in "".join(texts)
    assert f"/posts/{thread.posts.get(number=2).pk}/" in texts[0]


def test_what_was_deleted_before_it_was_sent_stays_here(thread, link, customer, twin, run_queue):
    reply = make.reply(thread, by=customer, body="My password is 1234.")
    delete_post(by=customer, post=reply, because="Private.")

    run_queue()

    assert "R-88" not in twin.copies
    assert not Copy.objects.waiting().exists()


def test_a_thread_without_tickets_copies_nothing(thread, customer, twin):
    make.reply(thread, by=customer)

    assert not Copy.objects.exists()
    assert not twin.asked


def test_after_unlinking_nothing_more_is_copied(thread, link, agent, customer, twin, run_queue):
    make.reply(thread, by=customer)
    unlink_ticket(by=agent, link=link)
    make.reply(thread, by=customer)

    run_queue()

    assert "R-88" not in twin.copies


def test_a_public_reply_of_the_ticket_is_an_answer_of_support_once(thread, link, agent, twin, run_queue):
    twin.say("R-88", "Renew them with `keyctl`.")

    assert [check_ticket(link), check_ticket(link), check_ticket(link, from_the_start=True)] == [1, 0, 0]
    run_queue()

    answer = thread.posts.get(number=2)
    assert (answer.body, answer.author, answer.is_official) == ("Renew them with `keyctl`.", agent, True)
    # It does not go back to where it came from.
    assert "R-88" not in twin.copies


def test_it_is_copied_to_the_other_ticket_of_the_thread(thread, link, agent, twin, run_queue):
    link_ticket(by=agent, thread=thread, system="console", number="R-90")
    twin.say("R-88", "Renew them.")
    check_ticket(link)

    run_queue()

    assert list(twin.copies) == ["R-90"]


def test_what_a_linked_ticket_held_before_stays_there(thread, agent, twin, later):
    twin.say("R-7", "About somebody else's trouble.")
    later(minutes=5)
    link = link_ticket(by=agent, thread=thread, system="console", number="R-7")
    twin.say("R-7", "For this thread.")

    check_ticket(link)

    assert list(thread.posts.filter(number__gt=1).values_list("body", flat=True)) == ["For this thread."]


@pytest.mark.parametrize(
    ("mail", "kept", "left_out"),
    [
        ("<p>Try <b>this</b>:</p><pre>a\n b</pre>", ("Try **this**", "a\n b"), "<"),
        ("<p>Hi<script>alert(1)</script><style>p{}</style></p>", ("Hi",), "alert"),
        ('<p>See <img src="https://elsewhere.example/x.gif">it</p>', ("See",), "elsewhere"),
        ('<a href="javascript:alert(1)">go</a>', ("go",), "javascript"),
        ("<p>Yes.</p><p>On Monday he wrote:</p><blockquote>My secret</blockquote>", ("Yes.",), "secret"),
        ("<p>a</p>" * 400_000, ("a\n\na",), "<p>"),
        ("<table>" * 3000 + "deep", ("deep",), "<table"),
    ],
)
def test_html_mail_becomes_a_post(mail, kept, left_out, thread, link, twin):
    twin.say("R-88", mail, is_html=True)

    check_ticket(link)

    post = thread.posts.get(number=2)
    for words in kept:
        assert words in post.body
    assert left_out not in post.body
    assert len(post.body) < 25_000


def test_ten_megabytes_are_cut_and_say_so(thread, link, twin):
    twin.say("R-88", "All of the log.\n" + "0123456789" * 1_000_000)

    check_ticket(link)

    body = thread.posts.get(number=2).body
    assert body.startswith("All of the log.")
    assert body.endswith("This answer is longer. Support has the rest of it.")


@pytest.mark.parametrize("text", ["", "  \n", "\0", "<p></p>"])
def test_nothing_said_is_no_answer(text, thread, link, twin):
    twin.say("R-88", text, is_html=True)

    assert check_ticket(link) == 0
    assert not thread.posts.filter(number__gt=1).exists()


def test_what_a_locked_thread_refuses_is_told_to_the_team(thread, link, agent, moderator, twin, visiting_as):
    from community.moderation.actions import lock_thread

    lock_thread(by=moderator, thread=thread, because="Heated.")
    twin.say("R-88", "Renew them.")

    check_ticket(link)

    assert not thread.posts.filter(number__gt=1).exists()
    page = visiting_as(agent).get(f"/threads/{thread.pk}/ticket/").text
    assert "1 message refused" in page
    assert "This thread is locked: Heated." in page


def test_a_solved_ticket_asks_the_asker_about_the_answer_that_came_from_it(
    thread, link, customer, agent, twin, visiting_as
):
    twin.say("R-88", "Renew them.")
    twin.become("R-88", Progress.SOLVED)

    check_ticket(link)
    check_ticket(link)

    thread.refresh_from_db()
    assert (thread.state, thread.closed_at) == (State.ANSWERED, None)
    assert kinds(thread).count(EntryKind.TICKET_SOLVED) == 1
    page = visiting_as(customer).get(thread.get_absolute_url()).text
    assert "Did this solve it?" in page
    assert "Only the asker can say whether it is" in page
    assert "solved or closed" in visiting_as(agent).get(thread.get_absolute_url()).text


def test_solved_without_a_word_it_is_the_askers_turn_and_his_no_is_heard(thread, link, customer, twin, visiting_as):
    twin.become("R-88", Progress.SOLVED)

    check_ticket(link)

    thread.refresh_from_db()
    assert thread.state == State.WAITING_ASKER
    assert "Is it solved for the asker?" in visiting_as(customer).get(thread.get_absolute_url()).text
    make.reply(thread, by=customer, body="No, it is not.")
    thread.refresh_from_db()
    assert thread.state == State.WAITING_US


def test_what_the_asker_confirmed_stays_confirmed(thread, link, customer, peer, twin):
    from community.threads.actions import confirm_answer

    confirm_answer(by=customer, post=make.reply(thread, by=peer, kind="solution"), works=True)
    twin.become("R-88", Progress.SOLVED)

    check_ticket(link)

    thread.refresh_from_db()
    assert thread.state == State.CONFIRMED


def test_closing_from_here_comes_behind_what_is_still_to_be_said(thread, link, customer, agent, twin, run_queue):
    make.reply(thread, by=customer, body="Thank you.")
    close_ticket(by=agent, link=link)

    run_queue()
    run_queue()

    said = [what for what, _ in twin.asked if what in ("comment", "close")]
    assert said == ["comment", "close"]
    link.refresh_from_db()
    thread.refresh_from_db()
    assert (link.is_solved, thread.closed_at) == (True, None)


def test_a_ticket_deleted_outside_is_said_to_the_team_once(thread, link, customer, agent, twin, run_queue, visiting_as):
    make.reply(thread, by=customer)
    twin.gone.add("R-88")

    run_queue()
    mend()

    thread.refresh_from_db()
    assert kinds(thread, Lane.TEAM).count(EntryKind.TICKET_LOST) == 1
    assert "deleted in the ticket system" in visiting_as(agent).get(thread.get_absolute_url()).text
    assert "deleted in the ticket system" not in visiting_as(customer).get(thread.get_absolute_url()).text
    assert not Copy.objects.waiting().exists()
    make.reply(thread, by=customer)
    assert not Copy.objects.waiting().exists()


def test_the_repair_finds_what_was_lost_on_every_side(thread, link, customer, twin, run_queue, later):
    later(minutes=1)
    make.reply(thread, by=customer, body="Never noted down.")
    Copy.objects.all().delete()
    twin.say("R-88", "Never told us.")
    twin.become("R-88", Progress.WAITING)
    link.seen = "c1"
    link.save()

    mended = mend()
    run_queue()
    again = mend()

    link.refresh_from_db()
    assert (mended.owing, mended.brought, link.progress) == ([link.pk], 2, Progress.WAITING)
    assert "Never noted down." in twin.copies["R-88"][0][1]
    assert thread.posts.filter(body="Never told us.").count() == 1
    assert (again.owing, again.brought) == ([], 0)


def test_a_silent_system_is_asked_once_and_not_for_each_of_its_tickets(thread, link, agent, twin):
    link_ticket(by=agent, thread=thread, system="console", number="R-90")
    twin.is_down = True

    assert mend().silent == {"console"}
    link.refresh_from_db()
    assert link.gone_at is None
