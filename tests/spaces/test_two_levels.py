"""A space under another is never more open than its parent, for reading and for posting."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from community.people.models import Role
from community.policy import NotAllowed
from community.spaces.models import Openness, Space
from community.threads.models import Thread
from tests import make

pytestmark = pytest.mark.django_db

EVERYONE, MEMBERS, TEAM = Openness.EVERYONE, Openness.MEMBERS, Openness.TEAM


@pytest.fixture
def people(customer, peer, moderator, agent) -> dict:
    """The customer belongs to every space that has members, the peer to none."""
    return {"visitor": AnonymousUser(), "peer": peer, "customer": customer, "moderator": moderator, "agent": agent}


def allowed(level: str) -> set[str]:
    team = {"moderator", "agent"}
    return {EVERYONE: team | {"visitor", "peer", "customer"}, MEMBERS: team | {"customer"}, TEAM: team}[level]


@pytest.mark.parametrize("parent_level", Openness.values)
@pytest.mark.parametrize("own_level", Openness.values)
def test_readers(parent_level, own_level, people, customer, visiting_as):
    parent = make.space(readers=parent_level, members=())
    child = make.space(readers=own_level, parent=parent)
    for space in (parent, child):
        space.members.add(customer)
    thread = make.thread(by=people["agent"], space=child)

    readers = {name for name, who in people.items() if Space.objects.visible_to(who).filter(pk=child.pk).exists()}

    assert readers == allowed(parent_level) & allowed(own_level)
    assert {name for name, who in people.items() if Thread.objects.visible_to(who).exists()} == readers
    for name, who in people.items():
        browser = visiting_as(who if who.is_authenticated else None)
        assert (browser.get(f"/spaces/{child.slug}/").status_code == 200) is (name in readers)
        assert (browser.get(thread.get_absolute_url()).status_code == 200) is (name in readers)
    assert child.is_open is ("visitor" in readers)


@pytest.mark.parametrize("parent_level", Openness.values)
@pytest.mark.parametrize("own_level", Openness.values)
def test_posters(parent_level, own_level, people, customer):
    parent = make.space(posters=parent_level)
    child = make.space(posters=own_level, parent=parent)
    for space in (parent, child):
        space.members.add(customer)

    posters = {name for name, who in people.items() if Space.objects.open_for_posting(who).filter(pk=child.pk).exists()}

    assert posters == allowed(parent_level) & allowed(own_level)


def test_membership_of_a_child_opens_no_door_of_its_parent(customer):
    parent = make.space(readers=MEMBERS)
    child = make.space(readers=MEMBERS, parent=parent)
    child.members.add(customer)

    assert not Space.objects.visible_to(customer).exists()


def test_who_may_not_post_in_a_space_cannot_ask_there_and_is_not_offered_it(customer, visiting_as):
    news = make.space("News", slug="news", posters=TEAM)
    mail = make.space("Mail", slug="mail")

    with pytest.raises(NotAllowed, match="cannot post in this space"):
        make.thread(by=customer, space=news)

    page = visiting_as(customer).get("/ask/")
    assert [space.slug for space in page.context["form"].fields["space"].queryset] == [mail.slug]
    assert not Thread.objects.exists()


def test_leaving_a_space_ends_reading_at_once(customer, visiting_as):
    house = make.space(members=[customer])
    thread = make.thread(by=customer, space=house)
    browser = visiting_as(customer)
    assert browser.get(thread.get_absolute_url()).status_code == 200

    house.members.clear()

    assert browser.get(thread.get_absolute_url()).status_code == 404


def test_there_is_no_third_level():
    top = make.space()
    child = make.space(parent=top)

    with pytest.raises(ValidationError, match="two levels"):
        Space(name="Deep", slug="deep", parent=child).full_clean()
    top.parent = make.space()
    with pytest.raises(ValidationError, match="stand on its own"):
        top.full_clean()
    child.parent = child
    with pytest.raises(ValidationError):
        child.full_clean()


def test_the_areas_page_shows_a_tree_in_its_order(client):
    devices = make.space("Devices", slug="devices", position=2)
    mail = make.space("Mail", slug="mail", position=1)
    for name, position, parent in (("Retired", 2, devices), ("Enrolment", 1, devices), ("Phones", 1, mail)):
        make.space(name, parent=parent, position=position)

    tree = client.get("/spaces/").context["tree"]

    assert [(top.name, [child.name for child, _count in children]) for top, _count, children in tree] == [
        ("Mail", ["Phones"]),
        ("Devices", ["Enrolment", "Retired"]),
    ]


def test_without_areas_the_page_says_so(client):
    make.space(team_only=True)

    assert "There are no spaces you may read." in client.get("/spaces/").text


def test_an_administrator_is_of_the_team():
    space = make.space(team_only=True)

    assert Space.objects.open_for_posting(make.member(role=Role.ADMINISTRATOR)).get() == space
