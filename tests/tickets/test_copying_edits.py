import pytest

from community.threads.actions import delete_post, edit_post
from community.threads.models import Post
from community.tickets.actions import check_ticket, link_ticket, make_ticket, mend, mirror_edit, unlink_ticket
from community.tickets.models import Copy, TicketLink
from tests import make

pytestmark = pytest.mark.django_db

AGAIN = "This was edited after it was copied. It now reads:"


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired", body="They expired at noon.")


@pytest.fixture
def link(thread, agent) -> TicketLink:
    return link_ticket(by=agent, thread=thread, system="console", number="R-88")


def edit(post: Post, *, by, body: str, kind: str | None = None) -> Post:
    return edit_post(by=by, post=post, body=body, kind=kind, seen_revision=Post.objects.get(pk=post.pk).revision_count)


def copied(twin) -> list[list[str]]:
    """The lines of each comment, without the empty ones and where it stands."""
    return [[line for line in text.splitlines() if line][:-1] for _, text in twin.copies.get("R-88", [])]


def test_an_edit_stands_in_the_ticket_as_a_comment_once(thread, link, customer, agent, twin, run_queue):
    reply = make.reply(thread, by=customer, body="It began at noon.")
    run_queue()

    edit(reply, by=customer, body="It began at one. Mail me@fenwick.example.")
    run_queue()
    run_queue()

    assert copied(twin) == [
        ["The asker wrote:", "It began at noon."],
        ["The asker wrote:", AGAIN, "It began at one. Mail […]."],
    ]
    assert mirror_edit(Post.objects.get(pk=reply.pk)) == []
    assert mend().owing == []


def test_where_comments_can_be_changed_the_copy_itself_reads_differently(thread, link, customer, twin, run_queue):
    twin.rewrites = True
    reply = make.reply(thread, by=customer, body="It began at noon.")
    run_queue()

    edit(reply, by=customer, body="It began at one.")
    run_queue()

    assert copied(twin) == [["The asker wrote:", "It began at one."]]


def test_edits_before_the_copy_went_out_are_in_it(thread, link, customer, twin, run_queue):
    twin.is_down = True
    reply = make.reply(thread, by=customer, body="It began at noon.")
    edit(reply, by=customer, body="It began at one.")
    edit(reply, by=customer, body="It began at two.")
    assert TicketLink.objects.as_shown().get().unsent_count == 3

    twin.is_down = False
    run_queue()

    assert copied(twin) == [["The asker wrote:", "It began at two."]]
    assert not Copy.objects.waiting().exists()


def test_two_edits_while_the_system_is_down_arrive_as_one(thread, link, customer, twin, run_queue, later):
    reply = make.reply(thread, by=customer, body="It began at noon.")
    run_queue()
    twin.is_down = True
    edit(reply, by=customer, body="It began at one.")
    run_queue()
    edit(reply, by=customer, body="It began at two.")
    later(hours=1)
    twin.is_down = False

    run_queue()

    assert copied(twin)[1:] == [["The asker wrote:", AGAIN, "It began at two."]]


def test_an_answer_of_the_ticket_that_is_edited_here_is_told_there(thread, link, agent, twin, run_queue):
    twin.rewrites = True
    twin.say("R-88", "Renew them.")
    check_ticket(link)

    edit(thread.posts.get(number=2), by=agent, body="Renew them with keyctl.")
    run_queue()

    # What somebody wrote over there is theirs.
    assert copied(twin) == [["Support answered in the forum:", AGAIN, "Renew them with keyctl."]]
    assert [reply.text for reply in twin.replies["R-88"]] == ["Renew them."]


def test_the_post_a_ticket_was_made_of_is_told_as_well(thread, customer, agent, twin, run_queue):
    make_ticket(by=agent, thread=thread, system="console", subject="Keys", text="They expired at noon.")
    run_queue()

    edit(thread.posts.get(number=1), by=customer, body="They expired at one.")
    run_queue()

    [(_, text)] = twin.copies[TicketLink.objects.get().number]
    assert f"{AGAIN}\n\nThey expired at one." in text


def test_what_was_never_copied_or_says_the_same_is_not_told(thread, link, customer, agent, twin, run_queue):
    answer = make.reply(thread, by=agent, body="We look into it.")
    note = make.reply(thread, by=agent, kind="note", body="He always forgets.")
    gone = make.reply(thread, by=customer, body="My password is 1234.")
    run_queue()
    before = len(twin.copies["R-88"])

    edit(answer, by=agent, body="We look into it.", kind="acknowledgement")
    edit(note, by=agent, body="He sometimes forgets.")
    edit(thread.posts.get(number=1), by=customer, body="They expired at one.")
    edit(gone, by=customer, body="My password is 5678.")
    delete_post(by=customer, post=gone, because="Private.")
    run_queue()
    assert mend().owing == []
    unlink_ticket(by=agent, link=link)
    edit(answer, by=agent, body="We looked.")
    run_queue()

    # That one of them was taken away is told; its new words are not.
    assert len(twin.copies["R-88"]) == before + 1
    assert "5678" not in str(twin.copies["R-88"])


def test_the_repair_finds_an_edit_that_nobody_noted_down(thread, link, customer, twin, run_queue):
    reply = make.reply(thread, by=customer, body="It began at noon.")
    run_queue()
    edit(reply, by=customer, body="It began at one.")
    Copy.objects.filter(edit=1).delete()

    assert mend().owing == [link.pk]
    assert mend().owing == [link.pk]
    run_queue()

    assert copied(twin)[1:] == [["The asker wrote:", AGAIN, "It began at one."]]
    assert mend().owing == []
