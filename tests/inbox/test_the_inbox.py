"""The page on which a member reads what concerns him, and the number in the masthead."""

import pytest

from community.inbox.actions import notify
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_handover, tell_of_request
from community.moderation.actions import hide_thread
from community.requests.actions import hand_over, open_request
from tests import make
from tests.requests.conftest import fenwick, founded, keeper

__all__ = ["fenwick", "founded", "keeper"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def one(customer, peer):
    """A notice of the customer about a thread with a reply."""
    thread = make.thread(by=customer, title="Photos come upside down")
    post = make.reply(thread, by=peer)
    notify({customer.pk}, "replied", thread=thread, post=post, actor_id=peer.pk)
    return Notice.objects.get()


def test_it_says_who_did_what_where_and_leads_there(visiting_as, customer, one):
    page = visiting_as(customer).get("/inbox/").content.decode()

    assert "Photos come upside down" in page
    assert "<bdi>tallow</bdi> replied" in page
    assert one.post.permalink in page


def test_the_masthead_of_every_page_has_the_number(visiting_as, customer, one):
    browser = visiting_as(customer)

    assert '<b class="count" data-inbox-count>1</b>' in browser.get("/threads/").content.decode()
    assert browser.get("/inbox/count/").json() == {"count": 1}
    browser.post("/inbox/read/")
    assert '<b class="count" data-inbox-count hidden>0</b>' in browser.get("/threads/").content.decode()


def test_one_is_taken_from_the_unread_ones_and_stays_in_the_other_list(visiting_as, customer, one):
    browser = visiting_as(customer)

    browser.post(f"/inbox/{one.pk}/read/")

    assert "Photos come upside down" not in browser.get("/inbox/").content.decode()
    assert "Photos come upside down" in browser.get("/inbox/?show=all").content.decode()
    customer.refresh_from_db()
    assert customer.unread_notices == 0


def test_another_members_notice_is_not_there(visiting_as, peer, one):
    assert visiting_as(peer).post(f"/inbox/{one.pk}/read/").status_code == 404
    assert "Photos come upside down" not in visiting_as(peer).get("/inbox/").content.decode()
    one.refresh_from_db()
    assert one.read_at is None


def test_what_can_no_longer_be_read_is_no_longer_told(visiting_as, customer, peer, moderator, one):
    thread = make.thread(by=peer, title="Hidden away")
    notify({customer.pk}, "mentioned", thread=thread, actor_id=peer.pk)
    hide_thread(by=moderator, thread=thread, because="Personal data")

    assert "Hidden away" not in visiting_as(customer).get("/inbox/").content.decode()


def test_a_visitor_signs_in_first(visiting_as):
    for address in ("/inbox/", "/inbox/count/"):
        assert "/accounts/login/" in visiting_as(None).get(address).url


def test_an_empty_one_says_what_will_stand_there(visiting_as, customer):
    assert "Nothing waits for you." in visiting_as(customer).get("/inbox/").content.decode()
    assert visiting_as(customer).get("/inbox/?show=odd").status_code == 404


def test_the_account_manager_and_the_deputy_are_told_of_a_request(visiting_as, fenwick):
    request = open_request(
        by=fenwick.caller, organisation=fenwick.organisation, space=make.space(), title="Stops", body="At night"
    )

    tell_of_request.func(request.pk)

    assert set(Notice.objects.values_list("member", "kind")) == {
        (fenwick.manager.pk, "request_opened"),
        (fenwick.deputy.pk, "request_opened"),
    }


def test_a_named_caller_is_told_of_what_was_handed_to_him_once(visiting_as, fenwick):
    handed = hand_over(
        by=fenwick.reader, organisation=fenwick.organisation, caller=fenwick.caller, title="Stops", body="At night"
    )

    tell_of_handover.func(handed.pk)
    tell_of_handover.func(handed.pk)

    assert Notice.objects.get().url == handed.get_absolute_url()
    page = visiting_as(fenwick.caller).get("/inbox/").content.decode()
    assert handed.get_absolute_url() in page


def test_the_page_costs_the_same_however_much_there_is(visiting_as, customer, peer, django_assert_max_num_queries):
    for _ in range(3):
        thread = make.thread(by=customer)
        notify({customer.pk}, "replied", thread=thread, post=make.reply(thread, by=peer), actor_id=peer.pk)
    browser = visiting_as(customer)

    with django_assert_max_num_queries(5):
        browser.get("/inbox/")
