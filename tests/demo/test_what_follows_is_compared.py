"""What follows from words, texts that wait, cases and clocks: found where it differs, mended where nobody decides."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from community import clock
from community.desk.actions import escalate, make_promise, pass_on
from community.desk.models import Calendar, Target
from community.moderation.actions import flag_thing, set_rule
from community.people.models import Role
from community.search.catching_up import catch_up
from community.threads.actions import edit_post, post_reply, retitle_thread
from community.threads.gate import HeldBack
from community.threads.models import Thread
from forum.consistency import cases, clocks, faults, files, mend, words
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(customer, peer, agent) -> Thread:
    """Support has promised something, a reply is flagged, and another waits for a moderator with its file."""
    always = Calendar.objects.create(name="Always", is_round_the_clock=True)
    Target.objects.create(kind="solution", minutes=600, calendar=always)
    made = make.thread(by=customer)
    answer = make.reply(made, by=peer, body="Renew **them**.")
    make_promise(by=agent, thread=made, what="A key", until=clock.now() + timedelta(hours=2))
    flag_thing(by=customer, thing=answer, why="abuse")
    company = make.organisation()
    called = escalate(by=make.seat(company).member, organisation=company, because="We stand still.")
    set_rule(by=make.member(role=Role.ADMINISTRATOR), space=None, is_on=True, everything=True)
    with pytest.raises(HeldBack):
        post_reply(by=peer, thread=made, body=make.attachment(by=peer).markdown)
    make.attachment(by=peer)
    list(catch_up())
    clock.advance(timedelta(minutes=15))
    pass_on(called.pk)
    assert list(faults()) == []
    return made


# By who compares it: what somebody does to a row by hand, and the sentence by which it is found.
SPOILT = {
    words: {
        "UPDATE threads_post SET html = '<p>Renew them.</p>' WHERE number = 2": "shows something else than its words",
        "UPDATE threads_post SET body = 'Throw them away.' WHERE number = 2": "shows something else than its words",
        "UPDATE threads_thread SET title = 'Something else'": "is in the index by other words",
    },
    files: {
        "UPDATE threads_attachment SET held_at = NULL": "kept for a moderator otherwise",
        "UPDATE threads_attachment SET held_at = created_at": "kept for a moderator otherwise",
    },
    cases: {
        "UPDATE moderation_case SET severity = 5 WHERE kind = 'flags'": "it waits as another case",
        "UPDATE moderation_case SET severity = 0 WHERE kind = 'held_post'": "it waits as another case",
        "UPDATE moderation_case SET space_id = NULL": "it waits as another case, or elsewhere",
        "UPDATE moderation_case SET for_support = NOT for_support": "it waits as another case, or elsewhere",
    },
    clocks: {
        "UPDATE desk_clock SET next_at = NULL": "the solution clock does not show what its log says",
        "UPDATE desk_clock SET due_at = started_at": "the solution clock does not show what its log says",
        "UPDATE desk_promise SET next_at = made_at": "its promise is looked at next at another time",
        "UPDATE desk_escalation SET next_at = NULL": "goes on to the next at another time",
        "UPDATE desk_escalation SET step = 0": "goes on to the next at another time",
        "UPDATE desk_escalation SET step = 2": "goes on to the next at another time",
    },
}


def test_each_difference_is_found_and_mended(thread, capsys):
    for compared, spoilt in SPOILT.items():
        for spoil, sentence in spoilt.items():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(spoil)
                assert any(sentence in fault for fault in said_by(compared)), spoil
                assert list(compared.mend()), spoil
                assert said_by(compared) == [], spoil
                transaction.set_rollback(True)
    call_command("check_consistency", "--repair")
    assert capsys.readouterr().out == "Everything counted agrees with its rows.\n"


def said_by(compared) -> list[str]:
    return [fault for check in compared.CHECKS for fault in check()]


def test_an_edit_of_which_the_index_never_heard_is_found(thread, peer, customer):
    """The queue of the tests does not work by itself."""
    edit_post(by=peer, post=thread.posts.get(number=2), body="Renew the zymurgic ones.", seen_revision=0)
    retitle_thread(by=customer, thread=thread, title="Zymurgic keys")

    assert sorted(fault.partition(": ")[2] for fault in faults()) == ["is in the index by other words than it has"] * 2
    assert len(list(mend())) == 2
    assert said_by(words) == []
