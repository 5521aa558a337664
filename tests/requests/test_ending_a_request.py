"""A request is closed with a reason, opened again for fourteen days, and weighed by those who know."""

from datetime import timedelta

import pytest

from community import clock
from community.policy import Invalid, NotAllowed, OutOfStep
from community.requests.actions import change_severity, close_request, reopen_request
from community.threads.models import EntryKind, State

pytestmark = pytest.mark.django_db


def test_its_people_close_it_with_a_reason_that_all_of_them_read(visiting_as, fenwick, opened):
    request = opened()

    visiting_as(fenwick.caller).post(f"/requests/{request.pk}/close/", {"because": "It was our own switch."})

    request.thread.refresh_from_db()
    assert request.thread.state == State.CLOSED
    assert (
        "It was our own switch." in visiting_as(fenwick.reader).get(request.thread.get_absolute_url()).content.decode()
    )


def test_without_a_reason_it_stays_open(visiting_as, fenwick, opened):
    request = opened()

    page = visiting_as(fenwick.caller).post(f"/requests/{request.pk}/close/", {"because": "  "})

    assert page.status_code == 422
    request.thread.refresh_from_db()
    assert not request.thread.is_closed


def test_it_is_opened_again_within_fourteen_days(visiting_as, fenwick, opened, agent):
    request = opened()
    close_request(by=fenwick.caller, request=request, because="Works again")
    clock.advance(timedelta(days=13, hours=23))

    visiting_as(fenwick.caller).post(f"/requests/{request.pk}/reopen/")

    request.thread.refresh_from_db()
    assert request.thread.state == State.WAITING_US


def test_later_only_support_opens_it_and_others_are_told_what_to_do(visiting_as, fenwick, opened, agent):
    request = opened()
    close_request(by=fenwick.caller, request=request, because="Works again")
    clock.advance(timedelta(days=14, minutes=1))

    refused = visiting_as(fenwick.caller).post(f"/requests/{request.pk}/reopen/")
    page = visiting_as(fenwick.caller).get(request.thread.get_absolute_url()).content.decode()

    assert refused.status_code == 403
    assert "Open a new request and name this one in it." in page
    reopen_request(by=agent, request=request)
    request.thread.refresh_from_db()
    assert not request.thread.is_closed


def test_secondary_access_neither_closes_nor_opens_nor_weighs(visiting_as, fenwick, opened):
    request = opened()
    browser = visiting_as(fenwick.reader)

    assert browser.get(f"/requests/{request.pk}/close/").status_code == 403
    assert browser.post(f"/requests/{request.pk}/close/", {"because": "So"}).status_code == 403
    assert browser.post(f"/requests/{request.pk}/severity/", {"severity": "low"}).status_code == 403
    close_request(by=fenwick.caller, request=request, because="Works again")
    assert browser.post(f"/requests/{request.pk}/reopen/").status_code == 403
    request.refresh_from_db()
    assert request.severity == "medium"


def test_what_another_did_meanwhile_is_said(fenwick, opened, agent):
    request = opened()
    close_request(by=agent, request=request, because="Works again")

    with pytest.raises(NotAllowed, match="closed already"):
        close_request(by=fenwick.caller, request=request, because="Works")

    reopen_request(by=fenwick.caller, request=request)
    with pytest.raises(NotAllowed, match="is open"):
        reopen_request(by=agent, request=request)


def test_a_change_of_severity_stands_in_the_record(visiting_as, fenwick, opened):
    request = opened()

    visiting_as(fenwick.caller).post(f"/requests/{request.pk}/severity/", {"severity": "critical"})

    request.refresh_from_db()
    assert request.severity == "critical"
    entry = request.thread.log.get(kind=EntryKind.SEVERITY_CHANGED)
    assert entry.actor == fenwick.caller
    assert (
        "changed how severe this is"
        in visiting_as(fenwick.caller).get(request.thread.get_absolute_url()).content.decode()
    )
    with pytest.raises(OutOfStep):
        change_severity(by=fenwick.caller, request=request, severity="critical")
    with pytest.raises(Invalid):
        change_severity(by=fenwick.caller, request=request, severity="mild")


def test_the_most_severe_comes_first_and_what_ended_has_its_own_list(visiting_as, fenwick, opened, agent):
    for title, severity in (("Small", "low"), ("Burning", "critical"), ("Middling", "medium")):
        opened(title=title, severity=severity)
    done = opened(title="Done", severity="critical")
    close_request(by=fenwick.caller, request=done, because="Works again")
    browser = visiting_as(agent)

    shown = [row.title for row in browser.get("/requests/").context["rows"]]
    ended = [row.title for row in browser.get("/requests/?show=ended").context["rows"]]

    assert shown == ["Burning", "Middling", "Small"]
    assert ended == ["Done"]
    assert [row.title for row in browser.get("/requests/?show=level-2").context["rows"]] == shown
    assert browser.get("/requests/?show=level-9").status_code == 404
    assert visiting_as(fenwick.caller).get("/requests/?show=level-2").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(visiting_as, fenwick, opened, django_assert_max_num_queries):
    for _ in range(3):
        opened()
    browser = visiting_as(fenwick.caller)

    with django_assert_max_num_queries(9):
        browser.get("/requests/")


def test_its_page_costs_three_queries_more_than_a_question(visiting_as, fenwick, opened, django_assert_max_num_queries):
    request = opened()
    browser = visiting_as(fenwick.caller)

    with django_assert_max_num_queries(13):
        browser.get(request.thread.get_absolute_url())
