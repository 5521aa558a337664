"""A colleague who reads a request anyway is copied in: from then on he is told what the asker is told."""

from datetime import timedelta

import pytest
from django.tasks import task_backends

from community import clock
from community.inbox.models import Notice
from community.organisations.actions import end_seat
from community.people.models import Member
from community.policy import NotAllowed, OutOfStep
from community.requests.actions import close_request, copy_in, take_out
from community.threads.actions import post_reply
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks_run():
    """Does what waits for the inbox, beside the requests that caused it."""
    backend = task_backends["default"]
    # What other tests left in the queue is about rows that are gone.
    backend.clear()

    def run():
        waiting = [one for one in backend.results if one.task.module_path.startswith("community.inbox")]
        backend.clear()
        for one in waiting:
            one.task.func(*one.args, **one.kwargs)

    return run


def told(member):
    return set(Notice.objects.filter(member=member).values_list("kind", flat=True))


def test_he_is_told_stands_beside_and_takes_himself_out(visiting_as, fenwick, opened, agent, tasks_run):
    request, jonas = opened(), fenwick.reader
    address = request.thread.get_absolute_url()
    page = visiting_as(fenwick.caller).get(address).content.decode()
    assert "Nobody yet." in page
    assert f'<option value="{jonas.pk}">' in page

    visiting_as(fenwick.caller).post(f"/requests/{request.pk}/copy-in/", {"member": jonas.pk})
    tasks_run()

    assert Notice.objects.get(member=jonas).kind == "copied_in"
    post_reply(by=agent, thread=request.thread, body="Since when?")
    close_request(by=fenwick.caller, request=request, because="Works again")
    tasks_run()
    assert told(jonas) == {"copied_in", "replied", "closed"}
    page = visiting_as(jonas).get(address).content.decode()
    assert "copied a colleague in" in page
    assert "Take out" in page
    assert "copy-in/" not in page

    visiting_as(jonas).post(f"/requests/{request.pk}/take-out/", {"member": jonas.pk})

    Notice.objects.all().delete()
    post_reply(by=agent, thread=request.thread, body="Really?")
    tasks_run()
    assert not told(jonas)
    page = visiting_as(jonas).get(address).content.decode()
    assert "A colleague is copied in no more" in page
    assert "copied a colleague in" in page
    assert "Take out" not in page


def test_twice_is_once_and_said(fenwick, opened, agent):
    request = opened()
    copy_in(by=agent, request=request, member=fenwick.reader)
    with pytest.raises(OutOfStep, match="copied in already"):
        copy_in(by=fenwick.caller, request=request, member=fenwick.reader)
    request.thread.refresh_from_db()
    assert request.thread.follower_count == request.thread.follows.count()

    take_out(by=fenwick.administrator, request=request, member=fenwick.reader)
    with pytest.raises(OutOfStep, match="not copied in any more"):
        take_out(by=fenwick.caller, request=request, member=fenwick.reader)
    request.thread.refresh_from_db()
    assert request.thread.follower_count == request.thread.follows.count()


def test_whoever_followed_before_goes_on_following(fenwick, opened):
    request, jonas = opened(), fenwick.reader
    request.thread.follows.create(member=jonas, at=clock.now())
    copy_in(by=fenwick.caller, request=request, member=jonas)

    take_out(by=fenwick.caller, request=request, member=jonas)

    assert request.thread.follows.filter(member=jonas).exists()


def test_nobody_reads_it_for_being_copied_in(visiting_as, fenwick, opened, rival):
    request = opened()
    with pytest.raises(NotAllowed, match="read this for the organisation"):
        copy_in(by=fenwick.caller, request=request, member=rival)
    with pytest.raises(NotAllowed, match="told of everything already"):
        copy_in(by=fenwick.caller, request=request, member=fenwick.caller)
    Member.objects.filter(pk=fenwick.administrator.pk).update(
        suspended_at=clock.now(), suspended_until=clock.now() + timedelta(days=1), suspended_because="Words"
    )
    fenwick.administrator.refresh_from_db()
    with pytest.raises(NotAllowed, match="suspended"):
        copy_in(by=fenwick.caller, request=request, member=fenwick.administrator)
    browser = visiting_as(fenwick.caller)
    assert browser.post(f"/requests/{request.pk}/copy-in/", {"member": "²"}).status_code == 422
    assert visiting_as(rival).post(f"/requests/{request.pk}/copy-in/", {"member": rival.pk}).status_code == 404


def test_secondary_access_copies_nobody_in_and_takes_nobody_out(fenwick, opened, keeper):
    request, other = opened(), make.member("petra")
    make.seat(fenwick.organisation, other, kind="reader")
    with pytest.raises(NotAllowed, match="ask one of them"):
        copy_in(by=fenwick.reader, request=request, member=other)
    copy_in(by=fenwick.administrator, request=request, member=other)
    with pytest.raises(NotAllowed, match="ask one of them"):
        take_out(by=fenwick.reader, request=request, member=other)


def test_whoever_leaves_is_told_no_more(visiting_as, fenwick, opened, agent, keeper, tasks_run):
    request, jonas = opened(), fenwick.reader
    copy_in(by=fenwick.caller, request=request, member=jonas)
    tasks_run()
    Notice.objects.all().delete()

    end_seat(by=keeper, seat=seat_of(jonas, fenwick.organisation))
    post_reply(by=agent, thread=request.thread, body="Since when?")
    tasks_run()

    assert not told(jonas)
    page = visiting_as(fenwick.caller).get(request.thread.get_absolute_url()).content.decode()
    assert "Nobody yet." in page
