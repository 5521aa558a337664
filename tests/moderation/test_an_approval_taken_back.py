"""What was approved by a slip of the hand waits again, and is nowhere, until somebody approves it anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.tasks import default_task_backend
from django.test import Client

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import approve_held, decline_held, set_rule, undo_decision
from community.moderation.models import Case, Decision, Held, HeldState, Verb
from community.people.models import Role
from community.policy import OutOfStep
from community.search import entries
from community.threads.actions import ask_question, edit_post, follow, post_reply, retitle_thread, vote
from community.threads.gate import HeldBack
from community.threads.models import Attachment, Kind, Thread
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db

# Two words that stand nowhere else: one to look for, and one that a page shows only if it has the text.
WORDS = "The zymurgic key: https://drawer.example"
ASKED, SAID = "zymurgic", "drawer"


@pytest.fixture
def thread(peer, customer, agent):
    """It is its asker's turn, somebody follows it, and from now on everything new is read first."""
    made = make.thread(by=peer, title="Keys expired", body="They have.")
    post_reply(by=agent, thread=made, body="Which ones?", kind=Kind.QUESTION)
    follow(by=customer, thread=made)
    default_task_backend.clear()
    set_rule(by=make.member(role=Role.ADMINISTRATOR), space=None, is_on=True, everything=True, links_in_edits=True)
    return made


def hold(say: Callable) -> Held:
    with pytest.raises(HeldBack) as held_back:
        say()
    return Held.objects.get(pk=held_back.value.url.rstrip("/").rpartition("/")[2])


def held_reply(peer, thread) -> Held:
    file = make.attachment(by=peer)
    return hold(lambda: post_reply(by=peer, thread=thread, body=f"{WORDS} {file.markdown}", token="one-form"))


def held_question(peer, thread) -> Held:
    return hold(lambda: ask_question(by=peer, space=thread.space, title=WORDS, body=WORDS, token="one-form"))


def held_edit(peer, thread) -> Held:
    file, post = make.attachment(by=peer), thread.posts.get(number=1)
    return hold(lambda: edit_post(by=peer, post=post, body=f"{WORDS} {file.markdown}", seen_revision=0))


def held_title(peer, thread) -> Held:
    return hold(lambda: retitle_thread(by=peer, thread=thread, title=WORDS, tags=[make.tag()]))


def work() -> None:
    while queued := list(default_task_backend.results):
        default_task_backend.clear()
        for result in queued:
            if result.task.module_path.endswith(("index_post", "tell_of_post")):
                result.task.call(*result.args, **result.kwargs)


def found_by(browser: Client, thread: Thread) -> list[str]:
    """The ways by which somebody else reads it."""
    new = Thread.objects.latest("pk")
    ways = [
        "/threads/", f"/search/?q={ASKED}", "/sitemap-threads.xml", "/feeds/threads/", f"/feeds/threads/{new.pk}/",
        f"/threads/{thread.pk}/", f"/posts/{thread.posts.get(number=1).pk}/history/", f"/threads/{new.pk}/",
        f"/threads/{new.pk}/since/0/", thread.space.get_absolute_url(),
    ]  # fmt: skip
    return [way for way in ways if SAID in browser.get(way, follow=True).text]


@pytest.mark.parametrize(
    ("held_by", "told_already"),
    [(held_question, False), (held_reply, False), (held_reply, True), (held_edit, True), (held_title, True)],
)
def test_it_is_nowhere_again_and_approved_anew_everywhere(
    held_by, told_already, peer, customer, thread, moderator, visiting_as
):
    held, browser = held_by(peer, thread), visiting_as(moderator)
    before, files = as_it_stands(thread), Attachment.objects.values_list("post", "held_at")
    as_held = list(files)

    browser.post(f"{held.get_absolute_url()}decide/", {"title": held.title, "body": held.body, "approve": "1"})
    if told_already:
        work()
    ways = found_by(visiting_as(customer), thread)
    assert ways != []
    assert "data-undo" in browser.get("/moderation/").text
    case = Case.objects.get(held=held)
    answer = browser.post(f"/moderation/cases/{case.pk}/undo/", follow=True)
    work()

    held.refresh_from_db()
    case.refresh_from_db()
    assert "It waits again." in answer.text
    assert (held.state, held.decided_at, case.decided_at) == (HeldState.WAITING, None, None)
    assert found_by(visiting_as(customer), thread) == []
    assert entries.best([ASKED]) == [] or held.what == "question"
    assert as_it_stands(thread) == before
    assert held.posted is not None or list(files) == as_held
    assert not Notice.objects.filter(member__in=(peer, customer)).exists()
    assert Decision.objects.latest("pk").verb == Verb.UNDID

    approve_held(by=moderator, held=held)
    work()

    assert set(ways) <= set(found_by(visiting_as(customer), thread))
    assert Notice.objects.filter(member=peer).count() == 1
    assert Notice.objects.filter(member=customer).count() == (1 if held.what == "reply" else 0)
    assert [fault for fault in faults() if "index" not in fault] == []


def as_it_stands(thread: Thread) -> tuple:
    thread.refresh_from_db()
    question = thread.posts.get(number=1)
    said = (thread.title, question.body, question.kind, question.revision_count, question.edited_at)
    turn = (thread.state, thread.state_since, thread.reply_count)
    return said + turn + (Thread.objects.visible_to(AnonymousUser()).count(), [*thread.tags.all()])


def test_corrected_or_declined_it_is_what_was_decided_last(peer, customer, thread, moderator, visiting_as):
    held = held_reply(peer, thread)
    approve_held(by=moderator, held=held)
    undo_decision(by=moderator, case=Case.objects.get(held=held))
    decline_held(by=moderator, held=held, because="Keys are private.")

    page = visiting_as(customer).get(thread.get_absolute_url()).text
    assert ("Keys are private." in page, SAID in page) == (True, False)
    undo_decision(by=moderator, case=Case.objects.get(held=held))
    approve_held(by=moderator, held=held, body="It is in a box.")
    work()

    page = visiting_as(customer).get(thread.get_absolute_url()).text
    assert ("in a box" in page, SAID in page) == (True, False)
    assert (entries.best([ASKED]), thread.posts.filter(author=peer).count()) == ([], 2)


def replied(thread, who):
    post_reply(by=who, thread=thread, body="Thank you.")


def voted(thread, who):
    vote(by=who, post=thread.posts.get(number=3))


@pytest.mark.parametrize("gone_on", [replied, voted])
def test_where_others_have_gone_on_from_it_it_stays(gone_on, peer, agent, thread, moderator):
    held = held_reply(peer, thread)
    approve_held(by=moderator, held=held)
    gone_on(thread, agent)

    with pytest.raises(OutOfStep, match="Others have answered, voted or changed it since"):
        undo_decision(by=moderator, case=Case.objects.get(held=held))

    held.refresh_from_db()
    assert (held.state, held.posted.hidden_at) == (HeldState.APPROVED, None)


def test_after_ten_seconds_it_stays(peer, thread, moderator):
    held = held_reply(peer, thread)
    approve_held(by=moderator, held=held)
    clock.set_to(clock.now() + timedelta(seconds=13))

    with pytest.raises(OutOfStep, match="More than 10 seconds"):
        undo_decision(by=moderator, case=Case.objects.get(held=held))
