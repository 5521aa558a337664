"""Who calls about what he wrote is not answered twice: his case is offered where the call is written down (S38)."""

from datetime import timedelta

import pytest
from django.tasks import default_task_backend

from community import clock
from community.desk.actions import join_case, part_case
from community.desk.models import Received, SameCase
from community.desk.views.received import same_cases
from community.inbox.models import Notice
from community.policy import Invalid, NotAllowed, OutOfStep
from community.search.same_case import alike
from community.threads.models import Post, Thread
from tests import make
from tests.desk.conftest import on, response

pytestmark = pytest.mark.django_db
# What was written, and what was said on the telephone about the same.
PAIRS = [
    ("Keys expired after a rebuild", "He says the signing keys are all expired since the rebuild"),
    ("The gate of the yard does not open", "Trucks wait, the yard gate stays shut and does not open"),
    ("Calendar shows every meeting twice", "All meetings stand twice in her calendar"),
    ("Backup stops at 98 percent", "The nightly backup stopped again at 98 percent"),
    ("Phones lose the connection in hall 2", "Phones in hall 2 have lost connection"),
    ("Cannot sign in with my passkey", "Sign in fails, the passkey is not accepted"),
    ("Invoices are printed without a logo", "The logo is missing on printed invoices"),
    ("Search finds no attachments", "Attachments do not come up when she searches"),
    ("Mail to the warehouse bounces", "Everything sent to the warehouse bounces back as mail"),
    ("Scanner reads the wrong barcode", "Scanners in the morning read barcodes wrong"),
    ("Export of contacts is empty", "Exported contacts file is empty"),
    ("Push notifications arrive hours late", "Notifications by push come hours too late"),
    ("Shared folder shows old versions", "In the shared folder there are only old versions"),
    ("VPN drops during video calls", "Video calls end because the VPN drops"),
    ("New user cannot see the team space", "A new user does not see the space of the team"),
    ("Spam filter eats our orders", "Orders of customers land in the spam filter"),
    ("Password reset link is broken", "The link to reset the password leads nowhere"),
    ("Import of the address list fails", "Importing the address list fails at line 80"),
    ("Server is slow since Monday", "Since Monday the server has been so slow that nobody works"),
    ("Tablet does not charge in the dock", "The dock no longer charges the tablet"),
]


@pytest.fixture
def now():
    clock.set_to(on(23, "11:00"))


def typed(asker, words: str) -> dict:
    return {"asker": asker, "title": words, "body": "She called.", "came_at": clock.now()}


def test_nine_of_ten_are_recognised_and_one_in_twenty_others_at_most(now, agent):
    recognised = mistaken = by_titles = 0
    for number, (written, said) in enumerate(PAIRS):
        asker = make.member()
        thread = make.thread(by=asker, title=written, body="Since this morning.")
        recognised += same_cases(agent, typed(asker, said)) == [thread]
        by_titles += alike(said, "She called.", [thread], by_titles=True) == [thread]
        other = PAIRS[(number + 7) % len(PAIRS)][1]
        mistaken += bool(same_cases(agent, typed(asker, other)))

    assert recognised >= 18
    assert by_titles >= 18
    assert mistaken <= 1


@pytest.fixture
def thread(now, customer):
    return make.thread(by=customer, title="The gate of the yard does not open")


@pytest.fixture
def call(agent, customer, thread):
    return {
        "by": agent,
        "asker": customer,
        "space": thread.space,
        "title": "Yard gate stays shut",
        "body": "She called from the yard, the gate does not open.",
        "channel": "telephone",
        "came_at": on(23, "10:30"),
    }


def test_it_is_offered_first_put_there_by_one_press_and_taken_out_by_one(visiting_as, agent, customer, thread, call):
    default_task_backend.clear()
    browser = visiting_as(agent)
    form = {
        "asker": customer.handle,
        "space": thread.space_id,
        "channel": "telephone",
        "came_at": "2026-11-23T10:30",
        "zone": "Europe/Berlin",
        "title": call["title"],
        "body": call["body"],
        "token": "once",
    }

    offered = browser.post("/desk/received/", form)
    assert offered.status_code == 422
    assert f'name="same" value="{thread.pk}"' in offered.text
    assert call["body"] in offered.text
    assert not Received.objects.exists()
    assert browser.post("/desk/received/", form | {"same": thread.pk}).url == f"/desk/people/{customer.handle}/"

    note = Post.objects.get(thread=thread, kind="note")
    assert "She called from the yard" in note.body
    assert "She called from" not in visiting_as(customer).get(thread.get_absolute_url()).text
    for result in list(default_task_backend.results):
        if result.task.module_path.endswith("tell_the_asker"):
            result.task.call(*result.args, **result.kwargs)
    assert Notice.objects.filter(member=customer, kind="written_down", thread=thread).exists()
    joined = SameCase.objects.get()
    assert "Make it a case of its own" in browser.get(f"/desk/people/{customer.handle}/").text

    own = browser.post(f"/desk/received/{joined.pk}/part/", follow=True).context["thread"]
    assert (own.author, own.created_at, own.title) == (customer, on(23, "10:30"), call["title"])
    assert browser.post(f"/desk/received/{joined.pk}/part/").url == own.get_absolute_url()
    assert Thread.objects.count() == 2
    assert "a case of its own since" in browser.get(f"/desk/people/{customer.handle}/").text


def test_another_case_is_written_down_as_before(visiting_as, agent, customer, thread, call, promised):
    form = {"asker": customer.handle, "space": thread.space_id, "channel": "mail", "came_at": "2026-11-23T10:30"}
    words = {"zone": "Europe/Berlin", "title": call["title"], "body": call["body"], "token": "one", "do": "another"}

    sent = visiting_as(agent).post("/desk/received/", form | words)

    assert sent.status_code == 302
    assert response(Received.objects.get().thread).due_at == on(23, "15:30")


def test_pressed_twice_it_is_put_there_once(thread, call):
    assert join_case(thread=thread, **call) == join_case(thread=thread, **call)
    assert Post.objects.filter(thread=thread, kind="note").count() == 1


def test_only_support_does_it_and_only_with_a_case_of_the_same_asker_that_is_open(thread, call, moderator, peer):
    with pytest.raises(NotAllowed):
        join_case(thread=thread, **call | {"by": moderator})
    with pytest.raises(Invalid):
        join_case(thread=thread, **call | {"asker": peer})
    joined = join_case(thread=thread, **call)
    with pytest.raises(NotAllowed):
        part_case(by=moderator, joined=joined)
    ended = make.thread(by=call["asker"], closed_at=clock.now(), closed_because="So.", state="closed")
    with pytest.raises(OutOfStep):
        join_case(thread=ended, **call)


def test_what_is_older_than_a_day_or_of_somebody_else_is_not_offered(thread, agent, customer, peer):
    said = PAIRS[1][1]
    assert same_cases(agent, typed(peer, said)) == []
    assert same_cases(agent, typed(customer, said)) == [thread]
    clock.advance(timedelta(days=1, minutes=1))
    assert same_cases(agent, typed(customer, said)) == []


def test_enter_in_a_field_neither_joins_nor_writes_down(visiting_as, agent, customer, thread, call):
    form = {"asker": customer.handle, "space": thread.space_id, "channel": "mail", "came_at": "2026-11-23T10:30"}
    words = {"zone": "Europe/Berlin", "title": call["title"], "body": call["body"], "token": "one"}

    offered = visiting_as(agent).post("/desk/received/", form | words).text

    # What Enter presses is the first button of the form; this one only sends it.
    own = offered[offered.index('name="zone"') :]
    assert own.index('<button class="vh" type="submit"') < own.index('name="same"')
