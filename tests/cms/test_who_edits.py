"""Editors work at /cms/, operators at /admin/; nobody else gets in."""

import pytest
from django.contrib.auth.models import Group

from cms.models import PlainPage
from community.people.models import Role
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.mark.parametrize("who", ["customer", "peer", "moderator", "agent"])
def test_whoever_edits_no_pages_is_refused(who, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who))

    for address in ("/cms/", "/cms/pages/", f"/cms/pages/{PlainPage.objects.get().pk}/edit/"):
        answer = browser.get(address, follow=True)
        assert answer.status_code == 403, address


def test_a_visitor_is_sent_to_the_sign_in_page_of_the_house(client):
    answer = client.get("/cms/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_an_editor_edits_and_publishes(editor, visiting_as):
    browser = visiting_as(editor)
    rules = PlainPage.objects.get()

    assert browser.get("/cms/").status_code == 200
    assert browser.get(f"/cms/pages/{rules.pk}/edit/").status_code == 200


def test_an_editor_may_publish_nothing_that_editors_may_not(editor, visiting_as):
    browser = visiting_as(editor)

    for address in ("/cms/users/", "/cms/groups/", "/cms/sites/"):
        assert browser.get(address).status_code in (302, 403, 404), address


def test_who_is_no_editor_any_longer_is_refused(editor, visiting_as):
    browser = visiting_as(editor)
    assert browser.get("/cms/").status_code == 200

    editor.groups.remove(Group.objects.get(name="Editors"))

    assert browser.get("/cms/", follow=True).status_code == 403


@pytest.mark.parametrize("who", ["customer", "moderator", "agent", "editor"])
def test_the_back_office_is_for_administrators(who, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who))

    for address in ("/admin/", "/admin/threads/", "/admin/spaces/space/"):
        assert browser.get(address, follow=True).status_code in (403, 404), address


def test_an_administrator_enters_both(visiting_as):
    administrator = make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    browser = visiting_as(administrator)

    assert browser.get("/admin/").status_code == 200
    assert browser.get("/cms/").status_code == 200
    assert browser.get("/admin/spaces/space/").status_code == 200
