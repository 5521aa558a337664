"""The consistency check: silent about a sound database, and a sentence for each fault."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from community import clock
from community.desk.actions import make_offer, make_promise, state_deadline
from community.desk.models import Handling, Promise
from community.moderation.actions import sanction_member, set_trust
from community.moderation.models import Sanction
from community.organisations.actions import add_agreement
from community.people.actions import mute
from community.people.models import Member, Muting, Role
from community.search.catching_up import catch_up, entries
from community.threads.actions import accept_answer, confirm_answer, me_too, save_draft, vote
from community.threads.models import EntryKind, Kind, LogEntry, MeToo, Outlook, Post, State, Thread
from community.tickets.actions import link_ticket
from forum.consistency import faults, mend
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound() -> Thread:
    """A thread in which something of everything has happened."""
    thread = make.thread()
    peer, agent = make.member(), make.member(role=Role.AGENT)
    answer = make.reply(thread, by=agent, kind=Kind.SOLUTION)
    make.reply(thread, by=agent, kind=Kind.NOTE)
    make.reply(thread, by=peer, kind=Kind.WORKAROUND)
    vote(by=peer, post=answer)
    me_too(by=peer, thread=thread)
    accept_answer(by=thread.author, post=answer)
    confirm_answer(by=peer, post=answer, works=False)
    link_ticket(by=agent, thread=thread, system="console", number="R-1")
    list(catch_up())
    return Thread.objects.get(pk=thread.pk)


def test_a_sound_database_is_silent(sound, capsys):
    call_command("check_consistency")

    assert capsys.readouterr().out == "Everything counted agrees with its rows.\n"


def test_faults_are_said_and_counted(sound, capsys):
    Thread.objects.filter(pk=sound.pk).update(reply_count=9, me_too_count=0)

    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_consistency")

    assert f"thread {sound.pk}: reply_count says 9, there are 2" in capsys.readouterr().out


def test_what_is_counted_can_be_mended_and_is_said(sound, capsys):
    Thread.objects.filter(pk=sound.pk).update(reply_count=9, me_too_count=0, last_poster=sound.author)
    Post.objects.filter(thread=sound, number=2).update(vote_count=5)
    entries().delete()

    call_command("check_consistency", "--repair")

    assert capsys.readouterr().out.splitlines() == [
        f"thread {sound.pk}: the last post was looked for again",
        f"thread {sound.pk}: reply_count said 9, now 2",
        f"thread {sound.pk}: me_too_count said 0, now 1",
        f"post {Post.objects.get(thread=sound, number=2).pk}: vote_count said 5, now 1",
        "4 posts were brought into the index.",
        "Everything counted agrees with its rows.",
    ]


def posts_of(thread):
    return Post.objects.filter(thread=thread)


FAULTS = {
    "reply_count says": lambda thread: Thread.objects.update(reply_count=F("reply_count") + 1),
    "me_too_count says 1, there are 0": lambda thread: MeToo.objects.all().delete(),
    "follower_count says": lambda thread: thread.follows.all().delete(),
    "vote_count says 5, there are 1": lambda thread: posts_of(thread).filter(number=2).update(vote_count=5),
    "revision_count says 1": lambda thread: posts_of(thread).filter(number=2).update(revision_count=1),
    "there are 3 and the highest number is 7": lambda thread: posts_of(thread).filter(number=3).update(number=7),
    "stands at position": lambda thread: posts_of(thread).filter(number=3).update(position=1),
    "first post is missing or not by the asker": lambda thread: (
        posts_of(thread).filter(number=1).update(author=make.member())
    ),
    "the last post was at another time": lambda thread: Thread.objects.update(last_post_at=thread.created_at),
    "lane all has": lambda thread: LogEntry.objects.filter(kind=EntryKind.CONFIRMED).delete(),
    "team_seq says 9": lambda thread: Thread.objects.update(team_seq=9),
    "the log has 0 rows for it": lambda thread: LogEntry.objects.filter(post__number=3).update(post=None),
    "the log has another time": lambda thread: posts_of(thread).filter(number=3).update(created_at=thread.created_at),
    "in the lane of other readers": lambda thread: LogEntry.objects.filter(kind=EntryKind.NOTED).update(
        lane="all", seq=99
    ),
    "others_failed_count says 4": lambda thread: posts_of(thread).filter(number=2).update(others_failed_count=4),
    "confirmed_by_asker_at says None": lambda thread: Thread.objects.update(confirmed_by_asker_at=None),
    "best is removed": lambda thread: (
        posts_of(thread)
        .filter(number=2)
        .update(accepted_by_support_at=None, hidden_at=thread.created_at, hidden_because="why not")
    ),
    "says the asker confirmed it and he did not": lambda thread: Thread.objects.update(confirmed_by_asker_at=None),
    "is closed and says otherwise": lambda thread: Thread.objects.update(
        closed_at=thread.created_at, closed_because="because"
    ),
    "is a question and nobody's turn": lambda thread: Thread.objects.update(state=State.OPEN),
    "is not in the index": lambda thread: entries().delete(),
    "is in the index and cannot be read": lambda thread: (
        posts_of(thread).filter(number=3).update(hidden_at=thread.created_at, hidden_because="why not")
    ),
    "has a ticket and does not say so": lambda thread: Thread.objects.update(with_support_at=None),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_each_fault_is_found(sound, sentence):
    FAULTS[sentence](sound)

    assert any(sentence in fault for fault in faults())


def test_a_file_that_is_gone_is_noticed(sound):
    attachment = make.attachment(by=sound.author, post=sound.posts.get(number=1))
    assert list(faults()) == []

    attachment.file.storage.delete(attachment.file.name)

    assert "is not there" in next(faults())


def test_a_file_that_no_post_shows_is_noticed_unless_a_draft_waits_with_it(sound):
    long_ago = clock.now() - timedelta(days=9)
    forgotten, drafted = (make.attachment(by=sound.author, created_at=long_ago) for _ in range(2))
    save_draft(by=sound.author, thread=sound, body=f"![]({drafted.get_absolute_url()})")

    assert [fault.split(":")[0] for fault in faults()] == [f"attachment {forgotten.pk}"]


def test_an_agreement_without_its_file_is_noticed(sound):
    company = make.organisation()
    signed = add_agreement(
        by=company.account_manager,
        organisation=company,
        title="Support",
        data=b"four",
        name="a.txt",
        content_type="text/plain",
    )
    signed.file.storage.delete(signed.file.name)

    assert "is not there" in next(faults())


FAULTS_OF_THE_DESK = {
    "the promise shown is kept, it is running": lambda thread: Outlook.objects.update(promise_stands="kept"),
    "the promise shown says something else": lambda thread: Outlook.objects.update(promise_what="A dog"),
    "promise is shown and there is none": lambda thread: Promise.objects.all().delete(),
    "the deadline shown says something else": lambda thread: Outlook.objects.update(deadline_at=thread.created_at),
    "the offer shown is none, it is open": lambda thread: Outlook.objects.update(offer_stands=""),
    "it stands in the queue asker": lambda thread: Handling.objects.update(queue="asker"),
    "it stands in its queue since another time": lambda thread: Handling.objects.update(since=clock.now()),
    "what breaks next in it": lambda thread: Handling.objects.update(next_at=None, next_for=""),
    "it stands in no queue": lambda thread: Handling.objects.all().delete(),
    "planned_act is wrong": lambda thread: Thread.objects.update(planned_act="unlock"),
    "called_at is wrong": lambda thread: Thread.objects.update(called_at=clock.now()),
    "due_for is wrong": lambda thread: Thread.objects.update(due_for="response"),
}


def test_each_fault_of_the_desk_is_found():
    thread, soon = make.thread(), clock.now() + timedelta(hours=2)
    state_deadline(by=thread.author, thread=thread, at=soon, otherwise="We stand still.")
    agent = make.member(role=Role.AGENT)
    make_promise(by=agent, thread=thread, what="A key", until=soon)
    make_offer(by=agent, thread=thread, what="A spare key")
    list(catch_up())
    assert list(faults()) == []

    for sentence, spoil in FAULTS_OF_THE_DESK.items():
        with transaction.atomic():
            spoil(thread)
            assert any(sentence in fault for fault in faults()), sentence
            if "there is none" not in sentence:
                assert list(mend())
                assert list(faults()) == [], sentence
            transaction.set_rollback(True)


FAULTS_OF_MEMBERS = {
    "helped_count says 7": lambda member: Member.objects.filter(pk=member.pk).update(helped_count=7),
    "unread_notices says 7": lambda member: Member.objects.filter(pk=member.pk).update(unread_notices=7),
    "muted names others": lambda member: Muting.objects.all().delete(),
    "handle_key is not": lambda member: Member.objects.filter(pk=member.pk).update(handle_key="elsewhere"),
    "trust says 2, the last change made it 0": lambda member: Member.objects.filter(pk=member.pk).update(trust=2),
    "silenced stands otherwise": lambda member: Sanction.objects.all().delete(),
}


def test_each_fault_of_a_member_is_found_and_what_was_taken_from_rows_is_taken_again(sound):
    member, moderator = sound.posts.get(number=2).author, make.member(role=Role.MODERATOR)
    administrator = make.member(role=Role.ADMINISTRATOR)
    peer = make.member()
    mute(by=peer, member=make.member())
    set_trust(by=administrator, member=peer, trust=1, because="Knows it")
    set_trust(by=administrator, member=peer, trust=0, because="Does not")
    sanction_member(by=moderator, member=peer, kind="silence", because="Enough")
    assert list(faults()) == []

    for sentence, spoil in FAULTS_OF_MEMBERS.items():
        with transaction.atomic():
            spoil(peer if "helped" not in sentence else member)
            assert any(sentence in fault for fault in faults()), sentence
            if "says 7" in sentence or "muted" in sentence:
                assert len(list(mend())) == 1
                assert list(faults()) == []
            transaction.set_rollback(True)
