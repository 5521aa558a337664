"""Whom it did not help says so to support alone, and hears from a person within two working days."""

import pytest

from community import clock
from community.desk.actions import answer_complaint, complain
from community.desk.models import Complaint
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import confirm_answer
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(customer, agent):
    clock.set_to(on(26, "16:00"))
    thread = make.thread(by=customer, title="Keys expired after a rebuild")
    solution = make.reply(thread, by=agent, kind="solution")
    confirm_answer(by=customer, post=solution, works=True)
    thread.refresh_from_db()
    return thread


@pytest.fixture
def complaint(ended, peer) -> Complaint:
    return complain(by=peer, thread=ended, words="It came back the next day.")


def test_it_is_offered_where_something_has_ended_and_nobody_else_reads_it(ended, peer, agent, customer, visiting_as):
    address = f"/threads/{ended.pk}/complaint/"
    assert f'href="{address}"' in visiting_as(None).get(ended.get_absolute_url()).content.decode()

    answer = visiting_as(peer).post(address, {"words": "It came back the next day."})

    assert answer.status_code == 302
    assert "It came back the next day." in visiting_as(peer).get(address).content.decode()
    for other in (None, customer, make.member(role=Role.MODERATOR)):
        browser = visiting_as(other)
        for page in (address, ended.get_absolute_url(), "/desk/complaints/", "/inbox/"):
            assert "It came back the next day." not in browser.get(page, follow=True).content.decode()
    assert "It came back the next day." in visiting_as(agent).get("/desk/complaints/").content.decode()


def test_a_person_answers_within_two_working_days_and_only_the_one_who_said_it_reads_so(
    complaint, peer, agent, visiting_as
):
    # The 26th is a Thursday; the weekend does not count.
    assert complaint.due_at == on(30, "16:00")
    assert Notice.objects.get(member=agent, kind="complained").url == complaint.get_absolute_url()
    clock.set_to(on(30, "16:01"))
    assert "An answer was due by" in visiting_as(agent).get(complaint.get_absolute_url()).content.decode()

    visiting_as(agent).post(complaint.get_absolute_url(), {"answer": "Thank you. It is on its way again."})

    notice = Notice.objects.get(member=peer, kind="heard")
    assert "It is on its way again." in visiting_as(peer).get(notice.url).content.decode()
    counts = {show: len(visiting_as(agent).get(f"/desk/complaints/?show={show}").context["page"]) for show in LISTS}
    assert counts == {"waiting": 0, "answered": 1}


LISTS = ("waiting", "answered")


def test_one_waits_at_a_time_and_the_second_to_answer_is_told_who_was_first(complaint, ended, peer, agent):
    with pytest.raises(OutOfStep, match="said so already"):
        complain(by=peer, thread=ended, words="Hello?")
    answer_complaint(by=agent, complaint=complaint, answer="Thank you.")

    with pytest.raises(OutOfStep, match=agent.called):
        answer_complaint(by=make.member(role=Role.AGENT), complaint=complaint, answer="Thanks.")

    complain(by=peer, thread=ended, words="And again.")
    assert Complaint.objects.count() == 2


def test_what_has_not_ended_is_said_in_the_thread(customer, peer, agent, moderator, ended):
    going_on = make.thread(by=customer)

    with pytest.raises(NotAllowed, match="has not ended"):
        complain(by=peer, thread=going_on, words="No.")
    for words in (" ", "x" * 1001):
        with pytest.raises(Invalid):
            complain(by=peer, thread=ended, words=words)
    assert not Complaint.objects.exists()
    made = complain(by=peer, thread=ended, words="No.")
    with pytest.raises(NotAllowed):
        answer_complaint(by=moderator, complaint=made, answer="Yes.")
