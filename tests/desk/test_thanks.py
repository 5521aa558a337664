"""Once it is solved the asker thanks whoever had a hand in it, seen or unseen; the thanks stand with his word."""

from datetime import timedelta

import pytest

from community import clock
from community.desk.actions import make_promise, take_thread, thank, thank_unseen
from community.desk.models import ChainLink, Thanks
from community.inbox.models import Notice
from community.people.models import Role
from community.policy import Invalid, NotAllowed
from community.threads.actions import confirm_answer, withdraw_confirmation
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def unseen() -> object:
    return make.member("unseen", role=Role.AGENT)


@pytest.fixture
def solution(customer, agent, peer, unseen):
    """A peer wrote, one of support promised and solved it, another worked on it unseen; nothing is confirmed."""
    thread = make.thread(by=customer, title="No key left")
    make.reply(thread, by=peer)
    make_promise(by=agent, thread=thread, what="A key", until=clock.now() + timedelta(hours=2))
    take_thread(by=unseen, thread=thread)
    return make.reply(thread, by=agent, kind="solution")


def test_nobody_is_thanked_before_the_asker_says_that_it_is_solved(solution, customer, agent, peer, visiting_as):
    address = f"/threads/{solution.thread_id}/thanks/"

    with pytest.raises(NotAllowed, match="Say first under the answer that it works"):
        thank(by=customer, thread=solution.thread, member=agent)
    assert visiting_as(customer).get(address).status_code == 403
    assert address not in visiting_as(customer).get(solution.thread.get_absolute_url()).content.decode()

    confirm_answer(by=customer, post=solution, works=True)
    with pytest.raises(NotAllowed, match="Only the asker"):
        thank(by=peer, thread=solution.thread, member=agent)
    assert Thanks.objects.count() == Notice.objects.filter(kind="thanked").count() == 0


def test_everybody_who_had_a_hand_in_it_is_named_those_who_did_most_first(solution, customer, visiting_as):
    confirm_answer(by=customer, post=solution, works=True)
    browser = visiting_as(customer)
    assert f"/threads/{solution.thread_id}/thanks/" in browser.get(solution.thread.get_absolute_url()).content.decode()

    page = browser.get(f"/threads/{solution.thread_id}/thanks/")

    told = {
        one["helper"].member.handle: [str(deed) for deed in one["helper"].deeds]
        for one in page.context["helpers"]
        if one["helper"]
    }
    assert list(told) == ["desk-two", "tallow"]
    assert "gave a solution" in told["desk-two"]
    assert "gave a promise" in told["desk-two"]
    assert told["tallow"] == ["wrote here"]
    assert "Behind the scenes" in page.text


def test_who_is_thanked_and_the_lead_are_told_and_it_stands_on_the_profile(
    solution, customer, agent, lead, visiting_as
):
    ChainLink.objects.create(rank="lead", member=lead)
    confirm_answer(by=customer, post=solution, works=True)
    address = f"/threads/{solution.thread_id}/thanks/"

    for _press in range(2):
        visiting_as(customer).post(address, {"member": "desk-two", "words": "In the middle of the night."})

    assert Thanks.objects.get().member == agent
    assert Notice.objects.get(kind="thanked").member == agent
    assert Notice.objects.get(kind="praised").member == lead
    profile = visiting_as(None).get("/people/desk-two/?show=thanks").content.decode()
    assert "In the middle of the night." in profile
    assert "No key left" in profile

    visiting_as(customer).post(address, {"member": "desk-two", "do": "back"})
    assert not Thanks.objects.exists()


def test_those_behind_the_scenes_are_thanked_together_and_the_asker_never_learns_who(
    solution, customer, unseen, agent, visiting_as
):
    confirm_answer(by=customer, post=solution, works=True)
    address, browser = f"/threads/{solution.thread_id}/thanks/", visiting_as(customer)
    with pytest.raises(Invalid, match="had a hand in it"):
        thank(by=customer, thread=solution.thread, member=unseen)

    page = browser.post(address, {"member": "", "words": "Whoever you are."}, follow=True).text

    assert Notice.objects.get(kind="thanked").member == unseen
    assert "worked on it where you did not meet them" in page
    for reader in (None, customer):
        assert "No key left" not in visiting_as(reader).get("/people/unseen/?show=thanks").text
        assert unseen.called not in visiting_as(reader).get(solution.thread.get_absolute_url()).text
    assert "Whoever you are." in visiting_as(unseen).get("/people/unseen/?show=thanks").text
    assert "Whoever you are." in visiting_as(agent).get("/people/unseen/?show=thanks").text
    assert unseen.called not in browser.get(address).text

    make.reply(solution.thread, by=unseen)
    thank(by=customer, thread=solution.thread, member=unseen, words="It was you.")
    assert "It was you." in visiting_as(None).get("/people/unseen/?show=thanks").text
    with pytest.raises(Invalid, match="had a hand in it"):
        thank_unseen(by=customer, thread=solution.thread)


def test_thanks_are_taken_back_with_the_confirmation(solution, customer, agent, visiting_as):
    confirm_answer(by=customer, post=solution, works=True)
    thank(by=customer, thread=solution.thread, member=agent, words="Thank you.")

    withdraw_confirmation(by=customer, post=solution)

    assert "Thank you." not in visiting_as(None).get("/people/desk-two/?show=thanks").content.decode()


def test_thanks_in_a_private_thread_are_read_by_those_who_read_it(customer, agent, visiting_as):
    thread = make.thread(by=customer, audience="named", title="Between us")
    confirm_answer(by=customer, post=make.reply(thread, by=agent, kind="solution"), works=True)

    thank(by=customer, thread=thread, member=agent)

    for reader, reads in ((None, False), (make.member(), False), (customer, True)):
        page = visiting_as(reader).get("/people/desk-two/?show=thanks").content.decode()
        assert ("Between us" in page) == reads


def test_neither_strangers_nor_long_speeches_nor_oneself(solution, customer, agent, visiting_as):
    confirm_answer(by=customer, post=solution, works=True)

    with pytest.raises(Invalid, match="had a hand in it"):
        thank(by=customer, thread=solution.thread, member=make.member())
    with pytest.raises(Invalid, match="had a hand in it"):
        thank(by=customer, thread=solution.thread, member=customer)
    with pytest.raises(Invalid, match="300"):
        thank(by=customer, thread=solution.thread, member=agent, words="x" * 301)
    answer = visiting_as(customer).post(
        f"/threads/{solution.thread_id}/thanks/", {"member": agent.handle, "words": "x" * 301}
    )
    assert answer.status_code == 422
