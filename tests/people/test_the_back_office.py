import pytest
from django.contrib.auth.models import Group, Permission

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "place", ["/admin/", "/admin/login/?next=/admin/", "/cms/login/", "/cms/login/?next=/cms/pages/"]
)
def test_there_is_one_way_to_sign_in(client, place):
    assert client.get(place, follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_wherever_somebody_was_going_is_kept_and_is_ours(client):
    assert client.get("/cms/login/?next=/cms/pages/").url == "/accounts/login/?next=/cms/pages/"
    assert client.get("/cms/login/?next=//evil.example/").url == "/accounts/login/?next=/cms/"


@pytest.mark.parametrize("role", ["customer", "moderator", "agent"])
@pytest.mark.parametrize("place", ["/admin/", "/cms/", "/cms/login/"])
def test_those_without_rights_are_told_so(client, people, role, place):
    client.force_login(getattr(people, role))

    assert client.get(place, follow=True).status_code == 403


def test_an_administrator_comes_in(client, people):
    client.force_login(make.member(role="administrator", is_staff=True, is_superuser=True))

    assert client.get("/admin/people/member/").status_code == 200
    assert client.get("/cms/login/").url == "/cms/"


def test_an_editor_of_pages_comes_in_to_the_pages_alone(client, people):
    editors = Group.objects.get(name="Editors")
    people.agent.groups.add(editors)
    client.force_login(people.agent)

    assert client.get("/cms/login/").url == "/cms/"
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("place", ["/cms/users/", "/cms/users/new/", "/cms/users/edit/1/", "/cms/account/"])
def test_people_are_not_changed_among_the_pages(client, place):
    administrator = make.member(role="administrator", is_staff=True, is_superuser=True)
    client.force_login(administrator)

    end = client.get(place, follow=True)

    assert end.redirect_chain[-1][0] in {"/admin/people/member/", "/people/settings/"}


def test_operators_look_people_up_and_change_only_their_groups(client):
    client.force_login(make.member(role="administrator", is_staff=True, is_superuser=True))
    member = make.member(handle="tallow")
    group = Group.objects.create(name="Page editors")
    group.permissions.add(Permission.objects.first())

    client.post(
        f"/admin/people/member/{member.pk}/change/",
        {
            "groups": [group.pk],
            "role": "administrator",
            "is_superuser": "on",
            "is_staff": "on",
            "handle": "x",
            "email": "x",
        },
    )

    member.refresh_from_db()
    assert (member.handle, member.role, member.is_superuser, member.is_staff) == ("tallow", "customer", False, False)
    assert member.groups.get() == group
    assert client.get(f"/admin/people/member/{member.pk}/delete/").status_code == 403
    assert client.get("/admin/people/member/add/").status_code == 403
