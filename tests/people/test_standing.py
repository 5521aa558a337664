import pytest

from community.moderation.models import Decision
from community.people.models import Member
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def tallow():
    return make.member(handle="tallow")


@pytest.mark.parametrize(
    ("role", "status"), [(None, 404), ("customer", 404), ("agent", 404), ("moderator", 200), ("administrator", 200)]
)
def test_the_standing_of_a_member_is_shown_to_those_who_decide_about_it(client, people, tallow, role, status):
    if role:
        client.force_login(getattr(people, role))

    assert client.get("/people/tallow/standing/").status_code == status
    assert ("/people/tallow/standing/" in client.get("/people/tallow/").content.decode()) is (status == 200)


def test_an_administrator_gives_a_role_and_it_is_written_down(client, people, tallow):
    client.force_login(people.administrator)

    client.post("/people/tallow/role/", {"role": "moderator"})

    assert Member.objects.get(pk=tallow.pk).role == "moderator"
    decision = Decision.objects.get()
    assert (decision.verb, decision.actor, decision.member) == ("changed_role", people.administrator, tallow)
    assert (decision.before, decision.after) == ("customer", "moderator")


def test_a_moderator_deactivates_with_a_reason_and_lets_come_back(client, people, tallow):
    client.force_login(people.moderator)

    client.post("/people/tallow/deactivate/", {"because": "Spam in three threads."})
    assert not Member.objects.get(pk=tallow.pk).is_active
    assert "Spam in three threads." in client.get("/people/tallow/standing/").content.decode()
    client.post("/people/tallow/reactivate/", {"because": "It was the neighbour."})

    assert Member.objects.get(pk=tallow.pk).is_active
    assert list(Decision.objects.order_by("pk").values_list("verb", "because")) == [
        ("deactivated", "Spam in three threads."),
        ("reactivated", "It was the neighbour."),
    ]


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("role", {"role": "emperor"}),
        ("role", {}),
        ("deactivate", {"because": "  "}),
        ("deactivate", {"because": "x" * 301}),
        ("deactivate", {"because": "\x00"}),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_happens(client, people, tallow, place, typed):
    client.force_login(people.administrator)

    assert client.post(f"/people/tallow/{place}/", typed).status_code == 422

    member = Member.objects.get(pk=tallow.pk)
    assert (member.role, member.is_active, Decision.objects.count()) == ("customer", True, 0)


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (None, "role", 404),
        ("customer", "role", 404),
        ("agent", "role", 404),
        ("moderator", "role", 403),
        ("customer", "deactivate", 404),
        ("agent", "deactivate", 404),
    ],
)
def test_nobody_else_decides(client, people, tallow, role, place, status):
    if role:
        client.force_login(getattr(people, role))

    answer = client.post(f"/people/tallow/{place}/", {"role": "administrator", "because": "I say so."})

    assert answer.status_code == status
    member = Member.objects.get(pk=tallow.pk)
    assert (member.role, member.is_superuser, member.is_active) == ("customer", False, True)


@pytest.mark.parametrize("place", ["role", "deactivate", "reactivate"])
def test_looking_decides_nothing(client, people, tallow, place):
    client.force_login(people.administrator)

    assert client.get(f"/people/tallow/{place}/").status_code == 405
