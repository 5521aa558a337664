"""Support talks with an asker in private about a public thread; of it that thread says that there is such a talk."""

import pytest

from community.desk.actions import open_aside
from community.desk.models import Aside, Handling
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_aside
from community.policy import Invalid, NotAllowed
from community.threads.models import Audience, Thread
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "zebrafinch"
LINE = "Support and the asker talk about this in private."


@pytest.fixture
def thread(customer) -> Thread:
    return make.thread(by=customer)


def test_support_asks_in_private_and_the_asker_alone_is_told(thread, agent, customer, peer, visiting_as):
    answer = visiting_as(agent).post(f"/desk/threads/{thread.pk}/aside/", {"body": f"Send me the {SECRET} of the key."})

    private = Aside.objects.get(about=thread).thread
    assert (answer.status_code, answer["Location"]) == (302, private.get_absolute_url())
    assert (private.author, private.audience, private.title) == (customer, Audience.NAMED, thread.title)
    tell_of_aside.func(private.pk, agent.pk)
    assert Notice.objects.get(kind="aside").member == customer
    assert SECRET in visiting_as(customer).get(private.get_absolute_url()).text
    assert visiting_as(peer).get(private.get_absolute_url()).status_code == 404


def test_both_threads_lead_to_each_other_for_those_who_may_read_them(thread, agent, customer, peer, visiting_as):
    private = open_aside(by=agent, thread=thread, body=f"Send me the {SECRET}.")
    thread.refresh_from_db()

    shown = {
        name: visiting_as(reader).get(thread.get_absolute_url()).text
        for name, reader in {"agent": agent, "asker": customer, "peer": peer, "visitor": None}.items()
    }
    back = visiting_as(customer).get(private.get_absolute_url()).text

    assert {name for name, page in shown.items() if LINE in page} == set(shown)
    assert {name for name, page in shown.items() if f"/threads/{private.pk}/" in page} == {"agent", "asker"}
    assert not [name for name, page in shown.items() if SECRET in page]
    assert f'<a href="/threads/{thread.pk}/">#{thread.pk}</a>' in back


def test_the_word_of_the_asker_brings_it_to_the_desk(thread, agent, customer):
    private = open_aside(by=agent, thread=thread, body="Which serial number?")
    waits = Handling.objects.get(thread=private).queue

    make.reply(private, by=customer, body="FF-0081.")

    assert (waits, Handling.objects.get(thread=private).queue) == ("asker", "came_back")


def test_asked_twice_there_is_one_talk(thread, agent, lead, visiting_as):
    private = open_aside(by=agent, thread=thread, body="Which serial number?")

    again = open_aside(by=lead, thread=thread, body="And which one?")
    page = visiting_as(lead).get(f"/desk/threads/{thread.pk}/aside/")

    assert again == private
    assert page["Location"] == private.get_absolute_url()
    assert thread.log.filter(kind="aside_opened").count() == 1


@pytest.mark.parametrize("who", ["customer", "peer", "moderator"])
def test_only_support_begins_one(who, thread, request, visiting_as):
    answer = visiting_as(request.getfixturevalue(who)).post(f"/desk/threads/{thread.pk}/aside/", {"body": "Hello."})

    assert answer.status_code == 403
    assert not Aside.objects.exists()


def test_what_is_private_already_or_says_nothing_is_refused(agent, thread, visiting_as):
    fenwick = make.organisation()
    request = make.thread(by=make.seat(fenwick).member, organisation=fenwick)

    with pytest.raises(NotAllowed, match="read by few"):
        open_aside(by=agent, thread=request, body="Hello.")
    with pytest.raises(Invalid):
        open_aside(by=agent, thread=thread, body="  ")
    assert visiting_as(agent).post(f"/desk/threads/{thread.pk}/aside/", {"body": " "}).status_code == 422
    assert not Aside.objects.exists()
