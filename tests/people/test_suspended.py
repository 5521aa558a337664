"""Whoever is suspended does not come in by any door, reads why and until when, and appeals without signing in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from community import clock
from community.moderation.actions import sanction_member
from community.moderation.models import Appeal, Sanction
from community.people.events import SignedOut
from community.people.models import Role
from community.policy import NotAllowed
from community.threads.actions import post_reply
from tests import make
from tests.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def tallow():
    clock.set_to(NOON)
    member = make.member("tallow", password=PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def suspend(tallow):
    by = make.member("osier", role=Role.MODERATOR)
    until = NOON + timedelta(days=1)
    return lambda: sanction_member(by=by, member=tallow, kind="suspension", because="Threats.", until=until)


def test_a_suspension_ends_every_session_and_its_end_opens_the_door(signed_in, client, said, tallow, suspend):
    signed_in("tallow")
    assert client.get("/inbox/").status_code == 200

    sanction = suspend()

    assert client.get("/inbox/").status_code == 302
    assert SignedOut(member_id=tallow.pk) in said
    answer = signed_in("tallow")
    assert answer.url == sanction.get_open_url()
    assert client.get("/inbox/").status_code == 302
    page = client.get(answer.url)
    assert "Threats." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    tallow.refresh_from_db()
    with pytest.raises(NotAllowed, match="You are suspended until 5 May 2026, 12:00"):
        post_reply(by=tallow, thread=make.thread(), body="But.")
    clock.set_to(NOON + timedelta(days=1))
    assert signed_in("tallow").url == "/"
    assert client.get("/inbox/").status_code == 200


def test_a_wrong_password_says_nothing_of_a_suspension(signed_in, suspend):
    suspend()

    answer = signed_in("tallow", "wrong")

    assert answer.status_code == 200
    assert "Threats." not in answer.content.decode()


def test_the_link_appeals_and_does_nothing_else(tallow, suspend):
    sanction, visitor = suspend(), Client()
    at = sanction.get_open_url()

    assert visitor.post(at, {"words": "It was a film title."}).status_code == 302

    assert Appeal.objects.get().member == tallow
    assert "It was a film title." in visitor.get(at).content.decode()
    assert "_auth_user_id" not in visitor.session
    assert visitor.get(sanction.get_absolute_url()).status_code == 302
    other = Sanction.objects.count() + sanction.pk
    for forged in (f"{other}:{sanction.token.split(':')[1]}", str(sanction.pk), "1:x", "x"):
        assert visitor.get(f"/moderation/appeal/{forged}/").status_code == 404


def test_the_demo_door_is_shut_for_the_suspended_too(demo_is_open, client, tallow, suspend):
    sanction = suspend()

    answer = client.post("/accounts/demo/", {"handle": "tallow"})

    assert answer.url == sanction.get_open_url()
    assert "_auth_user_id" not in client.session
