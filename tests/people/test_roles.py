import pytest
from django.contrib.auth.models import AnonymousUser, Group

from community.people import actions
from community.people.policies import answers_officially, curates, is_team
from community.policy import Invalid, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "team", "curating", "official"),
    [
        ("customer", False, False, False),
        ("moderator", True, True, False),
        ("agent", True, False, True),
        ("administrator", True, True, True),
    ],
)
def test_who_stands_where(people, role, team, curating, official):
    member = getattr(people, role)

    assert (is_team(member), curates(member), answers_officially(member)) == (team, curating, official)


def test_a_stranger_and_a_deactivated_member_stand_nowhere(people):
    people.administrator.is_active = False

    for reader in (AnonymousUser(), people.administrator):
        assert (is_team(reader), curates(reader), answers_officially(reader)) == (False, False, False)


@pytest.mark.parametrize("by", ["customer", "moderator", "agent"])
def test_only_administrators_change_roles(people, said, by):
    member = make.member()

    with pytest.raises(NotAllowed):
        actions.set_role(by=getattr(people, by), member=member, role="administrator")

    member.refresh_from_db()
    assert (member.role, member.is_staff, member.is_superuser, said) == ("customer", False, False, [])


def test_an_administrator_enters_the_back_office_and_leaves_it_with_the_role(people):
    member = actions.set_role(by=people.administrator, member=make.member(), role="administrator")
    assert (member.is_staff, member.is_superuser) == (True, True)
    member.groups.add(Group.objects.create(name="Page editors"))

    member = actions.set_role(by=people.administrator, member=member, role="customer")

    assert (member.is_staff, member.is_superuser, member.groups.count()) == (False, False, 0)


def test_nobody_changes_their_own_role(people):
    with pytest.raises(NotAllowed, match="another administrator"):
        actions.set_role(by=people.administrator, member=people.administrator, role="customer")


def test_the_same_role_again_disturbs_nobody(people, said):
    actions.set_role(by=people.administrator, member=people.agent, role="agent")

    assert said == []


@pytest.mark.parametrize(
    ("by", "whom", "may"),
    [
        ("customer", "customer", False),
        ("agent", "customer", False),
        ("moderator", "customer", True),
        ("moderator", "agent", False),
        ("administrator", "agent", True),
    ],
)
def test_who_may_deactivate_whom(people, by, whom, may):
    member = make.member(role=whom)

    if may:
        actions.deactivate(by=getattr(people, by), member=member, because="Spam.")
    else:
        with pytest.raises(NotAllowed):
            actions.deactivate(by=getattr(people, by), member=member, because="Spam.")

    member.refresh_from_db()
    assert member.is_active is not may


def test_deactivation_says_why_and_can_be_taken_back(people):
    member = make.member()
    with pytest.raises(Invalid) as refusal:
        actions.deactivate(by=people.moderator, member=member, because="  ")
    assert refusal.value.field == "because"

    member = actions.deactivate(by=people.moderator, member=member, because="Spam in three threads.")
    assert (member.is_active, member.deactivated_because) == (False, "Spam in three threads.")

    member = actions.reactivate(by=people.moderator, member=member, because="It was the neighbour.")
    assert (member.is_active, member.deactivated_at) == (True, None)


def test_a_withdrawn_thank_you_lowers_the_count_and_keeps_the_trust():
    member = make.member(helped_count=5, trust=2)

    actions.credit_help(member_id=member.pk, people=-1)

    member.refresh_from_db()
    assert (member.helped_count, member.trust) == (4, 2)
