"""Somebody entitled presses "talk to a person now", waits in line, and a person of support says the first words."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from community import clock
from community.desk.actions import call_about, call_in, leave_line, note_first_words, return_call, take_call
from community.desk.models import Call, Ending
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_call
from community.organisations.actions import end_seat
from community.policy import NotAllowed, OutOfStep
from community.requests.models import ServiceRequest
from community.threads.actions import post_reply
from community.threads.models import Thread
from community.tickets.actions import link_ticket
from community.tickets.actions.mirroring import token_of
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def staffed(agent, shift):
    """The agent is on for all of 23 November."""
    clock.set_to(on(23, "00:00"))
    kept = shift(agent)
    clock.set_to(on(23, "10:00"))
    return kept


def test_seconds_are_counted_from_the_press_to_the_first_words_of_a_person(live, requested, agent, peer):
    thread = requested()

    call = call_in(by=live.caller, thread=thread)
    clock.advance(20 * SECOND)
    make.reply(thread, by=live.colleague, body="I see it too.")
    make.reply(thread, by=agent, kind="note", body="Worker 3.")
    call.refresh_from_db()
    assert call.ended_at is None

    clock.advance(22 * SECOND)
    words = make.reply(thread, by=agent, kind="acknowledgement", body="I am here.")

    call.refresh_from_db()
    assert (call.waited, call.ending, call.first_words) == (42 * SECOND, Ending.ANSWERED, words)
    assert (call.taken_by, call.is_late) == (agent, False)
    assert Thread.objects.get(pk=thread.pk).called_at is None
    clock.advance(SECOND)
    make.reply(thread, by=agent, body="And now?")
    assert Call.objects.get().first_words_at == words.created_at


def test_what_a_machine_says_is_no_word_of_a_person(live, requested, agent, monkeypatch):
    thread = requested()
    link = link_ticket(by=agent, thread=thread, system="console", number="R-1")
    call_in(by=live.caller, thread=thread)

    # A comment that a ticket system sent: it may be its receipt.
    post_reply(by=agent, thread=thread, body="We have received your request.", token=token_of(link, "7"))
    assert Call.objects.get().ended_at is None
    # And what nobody did at all.
    from community.desk.reactions import hear_first_words
    from community.threads.events import ReplyPosted

    said = {"lane": "all", "seq": 9, "kind": "replied", "is_called": True}
    hear_first_words(ReplyPosted(thread_id=thread.pk, actor_id=None, post_id=thread.posts.last().pk, **said))
    assert Call.objects.get().ended_at is None


def test_a_reply_where_nobody_waits_asks_nothing_of_the_line(live, requested, agent, monkeypatch):
    thread = requested()
    monkeypatch.setattr("community.desk.reactions.note_first_words", lambda **asked: pytest.fail("asked"))

    make.reply(thread, by=agent)

    assert note_first_words(thread_id=thread.pk, post_id=thread.posts.last().pk) is None


def test_whoever_may_not_is_told_why_and_what_to_do_instead(live, requested, agent, visiting_as):
    thread = requested()
    basic = make.organisation("Harbour Dental", callers=5)
    theirs = make.member("harriet")
    make.seat(basic, theirs)
    about = {"space": make.space(), "title": "Now", "body": "Please.", "severity": "high"}

    with pytest.raises(NotAllowed, match="Ask one of your named callers"):
        call_in(by=live.reader, thread=thread)
    with pytest.raises(NotAllowed, match="has no live desk"):
        call_about(by=theirs, organisation=basic, **about)
    with pytest.raises(NotAllowed, match="You take their calls"):
        call_in(by=agent, thread=thread)
    with pytest.raises(NotAllowed, match="named callers"):
        call_in(by=theirs, thread=thread)
    page = visiting_as(theirs).get("/organisations/harbour-dental/call/")
    assert "has no live desk. Open a request instead" in page.text
    assert "/organisations/harbour-dental/requests/new/" in page.text
    beside = visiting_as(live.reader).get(thread.get_absolute_url())
    assert "Ask one of your named callers." in beside.text
    assert "Talk to a person now" not in beside.text

    live.organisation.expires_on = date(2026, 11, 22)
    live.organisation.save()
    with pytest.raises(NotAllowed, match="The subscription ended on 2026-11-22"):
        call_in(by=live.caller, thread=thread)
    assert not Call.objects.exists()


def test_where_nobody_is_on_shift_nothing_is_opened_and_the_press_is_counted(live, agent, shift, visiting_as):
    clock.set_to(on(24, "10:00"))
    shift(agent, 25, "08:00", "16:00")
    browser = visiting_as(live.caller)
    said = {"title": "The night run stops", "space": make.space().pk, "token": "c1"}

    page = browser.get("/organisations/fenwick-freight/call/")
    assert "The next shift begins on 25 Nov, 08:00 (Europe/Berlin)." in page.text
    assert "Open a request" in page.text

    sent = browser.post("/organisations/fenwick-freight/call/", said)
    assert sent.status_code == 409
    assert "Nobody is on shift for you now." in sent.text
    assert not ServiceRequest.objects.exists()
    call = Call.objects.get()
    assert (call.thread, call.ending, call.is_late) == (None, Ending.UNANSWERED, True)


def test_outside_of_the_hours_of_the_plan_nothing_is_counted(live, office, requested, visiting_as):
    live.target.calendar = office
    live.target.save()
    thread = requested()
    clock.set_to(on(23, "12:30"))

    with pytest.raises(OutOfStep, match=r"begins on 23 Nov, 13:00 \(Europe/Berlin\)"):
        call_in(by=live.caller, thread=thread)
    pressed = visiting_as(live.caller).post(f"/threads/{thread.pk}/call/", follow=True)
    assert "Until then we answer in writing." in pressed.text

    assert not Call.objects.exists()


def test_from_the_page_a_request_is_opened_and_one_press_is_one_call(live, visiting_as):
    browser = visiting_as(live.caller)
    said = {"title": "The night run stops", "space": make.space().pk, "body": "", "token": "c1"}

    answers = [browser.post("/organisations/fenwick-freight/call/", said) for _twice in range(2)]

    thread = ServiceRequest.objects.get().thread
    assert [answer.url for answer in answers] == [thread.get_absolute_url()] * 2
    assert (thread.posts.get().body, Call.objects.get().thread) == ("The night run stops", thread)
    assert browser.post("/organisations/fenwick-freight/call/", said | {"title": ""}).status_code == 422
    page = browser.get(thread.get_absolute_url())
    assert "You are <b>first in line</b>." in page.text
    assert "Leave the line" in page.text


def test_one_person_waits_once_and_one_call_waits_in_a_thread(live, requested):
    first, second = requested(), requested(title="Another one")
    call = call_in(by=live.caller, thread=first)

    assert call_in(by=live.caller, thread=first) == call
    with pytest.raises(OutOfStep, match="You wait in line already"):
        call_in(by=live.caller, thread=second)
    with pytest.raises(OutOfStep, match="marit waits for a person here already"):
        call_in(by=live.colleague, thread=first)
    assert Call.objects.count() == 1


def test_places_in_line_follow_the_press_and_leaving_is_one_press(live, requested, visiting_as):
    first = call_in(by=live.caller, thread=requested())
    clock.advance(5 * SECOND)
    other = requested(by=live.colleague, title="Two dispatchers")
    call_in(by=live.colleague, thread=other)
    browser = visiting_as(live.colleague)
    now = f"/organisations/fenwick-freight/call/now/?thread={other.pk}"

    assert "You are <b>number 2</b> in line." in browser.get(now).text
    assert visiting_as(live.colleague).post(f"/calls/{first.pk}/leave/").status_code == 404
    assert visiting_as(live.caller).post(f"/calls/{first.pk}/leave/").url == first.thread.get_absolute_url()

    first.refresh_from_db()
    assert (first.ending, first.is_late) == (Ending.LEFT, False)
    assert "You are <b>first in line</b>." in browser.get(now).text
    with pytest.raises(OutOfStep, match="left by the asker"):
        leave_line(by=live.caller, call=first)


def test_a_call_ends_with_what_it_waits_in(live, requested, agent):
    from community.requests.actions import close_request

    closed = {live.caller: Ending.LEFT, agent: Ending.UNANSWERED}
    for closer, ending in closed.items():
        thread = requested()
        call = call_in(by=live.caller, thread=thread)
        close_request(by=closer, request=thread.service_request, because="Enough.")
        call.refresh_from_db()
        assert call.ending == ending
        with pytest.raises(NotAllowed, match="closed"):
            call_in(by=live.caller, thread=thread)

    call = call_in(by=live.caller, thread=requested())
    seat = live.organisation.seats.get(member=live.caller)
    end_seat(by=live.organisation.account_manager, seat=seat)
    call.refresh_from_db()
    assert call.ending == Ending.LEFT


def test_those_on_shift_are_told_and_no_longer_once_somebody_has_it(live, requested, agent, lead):
    call = call_in(by=live.caller, thread=requested())

    tell_of_call.func(call.pk)
    told = Notice.objects.get(kind="called")
    assert (told.member, told.actor, told.thread) == (agent, live.caller, call.thread)

    take_call(by=lead, call=call)
    told.refresh_from_db()
    assert told.read_at is not None
    agent.refresh_from_db()
    assert agent.unread_notices == 0
    tell_of_call.func(call.pk)
    assert Notice.objects.count() == 1

    return_call(by=lead, call=call)
    tell_of_call.func(call.pk)
    assert Notice.objects.unread().get().member == agent


def test_beside_a_request_it_is_shown_what_is_true_this_month(
    live, requested, agent, visiting_as, django_assert_max_num_queries
):
    for seconds in (40, 61):
        thread = requested()
        call_in(by=live.caller, thread=thread)
        clock.advance(seconds * SECOND)
        make.reply(thread, by=agent)
    thread = requested()
    browser = visiting_as(live.caller)
    cache.clear()

    # Three more than a request without a live desk: who is on, how soon they came, who waits.
    with django_assert_max_num_queries(16):
        page = browser.get(thread.get_absolute_url())

    assert "<b>1</b> person is on shift." in page.text
    assert "0:50 min on average" in page.text
    assert f'action="/threads/{thread.pk}/call/"' in page.text
    assert "0:50 min on average" in browser.get("/organisations/fenwick-freight/").text
    clock.set_to(on(1, "00:00", month=12))
    assert "no calls yet" in browser.get("/organisations/fenwick-freight/").text


def test_other_organisations_and_strangers_find_nothing_of_it(live, requested, visiting_as, customer, peer):
    rival = make.organisation("Harbour Dental", callers=10)
    make.seat(rival, customer)
    thread = requested()
    call = call_in(by=live.caller, thread=thread)

    for member in (customer, peer):
        browser = visiting_as(member)
        for address in (
            "/organisations/fenwick-freight/call/",
            "/organisations/fenwick-freight/call/now/",
            f"/organisations/harbour-dental/call/now/?thread={thread.pk}",
        ):
            assert browser.get(address).status_code == 404
        assert browser.get("/desk/line/").status_code == browser.get("/desk/line/now/").status_code == 403
        assert browser.post(f"/threads/{thread.pk}/call/").status_code == 404
        for act, status in (("leave", 404), ("take", 403), ("back", 403)):
            assert browser.post(f"/calls/{call.pk}/{act}/").status_code == status
    page = visiting_as(customer).get("/organisations/harbour-dental/call/")
    assert page.status_code == 200
    assert "night run" not in page.text
    assert "marit" not in page.text
    call.refresh_from_db()
    assert (call.taken_by, call.ended_at) == (None, None)
