import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from limits.errors import StorageError

from community import limits, shared
from tests import make


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.RATE_LIMITS = True


def test_whoever_has_spent_everything_is_told_when_to_come_back():
    for _ in range(3):
        limits.spend("asking", "member:1", "3 per 1 minute")

    with pytest.raises(limits.TooOften) as refusal:
        limits.spend("asking", "member:1", "3 per 1 minute")

    assert 1 <= refusal.value.retry_after <= 60


def test_others_and_other_things_are_counted_apart():
    limits.spend("asking", "member:1", "1 per 1 minute")

    limits.spend("asking", "member:2", "1 per 1 minute")
    limits.spend("voting", "member:1", "1 per 1 minute")


def test_every_part_of_a_rate_holds():
    for _ in range(2):
        limits.spend("asking", "member:1", "9 per 1 minute; 2 per 1 day")

    with pytest.raises(limits.TooOften) as refusal:
        limits.spend("asking", "member:1", "9 per 1 minute; 2 per 1 day")

    assert refusal.value.retry_after > 3600


def test_switched_off_nothing_is_counted(settings):
    settings.RATE_LIMITS = False

    for _ in range(5):
        limits.spend("asking", "member:1", "1 per 1 minute")


def test_when_the_shared_counter_does_not_answer_each_process_counts_by_itself(monkeypatch):
    def broken() -> None:
        raise StorageError(ConnectionError("no Redis"))

    with monkeypatch.context() as away:
        away.setattr(limits, "_limiter", broken)
        away.setattr(shared, "line", shared.Line())

        limits.spend("signing in", "member:1", "1 per 1 minute")
        with pytest.raises(limits.TooOften):
            limits.spend("signing in", "member:1", "1 per 1 minute")


def request_from(address, user=None, **headers):
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.django_db
def test_a_member_is_counted_wherever_they_come_from():
    member = make.member()

    assert limits.client(request_from("192.0.2.1", member)) == limits.client(request_from("192.0.2.2", member))


def test_a_household_is_one_address():
    assert limits.client(request_from("2001:db8:1:2::1")) == limits.client(request_from("2001:db8:1:2::ffff"))
    assert limits.client(request_from("192.0.2.1")) != limits.client(request_from("192.0.2.2"))


def test_a_header_of_the_client_is_not_believed(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    claimed = request_from("192.0.2.1", **{"x-forwarded-for": "203.0.113.9"})

    assert limits.client(claimed) == "address:192.0.2.1"


def test_behind_our_proxy_its_word_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    claimed = request_from("10.0.0.1", **{"x-forwarded-for": "1.2.3.4, 203.0.113.9"})

    assert limits.client(claimed) == "address:203.0.113.9"


@pytest.mark.django_db
def test_the_demo_door_has_a_limit_and_a_page_that_says_so(client, demo_is_open, monkeypatch):
    monkeypatch.setattr(limits, "ENTERING", "1 per 1 minute")
    client.post("/accounts/demo/", {"handle": "nobody"})

    refused = client.post("/accounts/demo/", {"handle": "nobody"})

    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
