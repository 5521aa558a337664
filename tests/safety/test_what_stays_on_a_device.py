"""Which pages a browser may keep to be read without a network, and how it learns that somebody else reads now."""

import re

import pytest
from django.test import Client
from django.utils.translation import get_language

from cms import brand
from community.people.models import Role
from community.threads.models import Audience
from forum import pocket
from tests import make

pytestmark = pytest.mark.django_db

KEEP, READER = "X-Keep-Offline", "X-Reader"


def test_an_open_thread_may_be_kept_by_visitors_and_members(customer, peer, visiting_as):
    address = make.thread(by=customer).get_absolute_url()

    for reader in (None, customer, peer):
        assert visiting_as(reader).get(address)[KEEP] == "yes"


def test_the_teams_pages_of_a_thread_are_kept_by_nobody(customer, moderator, agent, visiting_as):
    address = make.thread(by=customer).get_absolute_url()

    for reader in (moderator, agent):
        assert KEEP not in visiting_as(reader).get(address)


def test_a_thread_for_few_is_kept_by_nobody(customer, visiting_as):
    address = make.thread(by=customer, audience=Audience.NAMED).get_absolute_url()

    page = visiting_as(customer).get(address)
    assert (page.status_code, KEEP in page) == (200, False)


def test_who_does_not_stay_signed_in_here_leaves_no_page_here(customer, visiting_as):
    browser = visiting_as(customer)
    session = browser.session
    session.set_expiry(0)
    session.save()

    assert KEEP not in browser.get(make.thread().get_absolute_url())


@pytest.mark.parametrize("role", [None, Role.CUSTOMER, Role.AGENT, Role.ADMINISTRATOR])
def test_no_other_page_is_kept(client, role):
    thread = make.thread()
    if role:
        client.force_login(make.member(role=role, is_staff=role == Role.ADMINISTRATOR))

    for address in (
        "/threads/", "/ask/", "/drafts/", "/desk/", "/moderation/", "/accounts/login/", "/accounts/email/", "/admin/",
        "/cms/", "/people/settings/", "/offline/", f"/threads/{thread.pk}/since/0/", f"/threads/{thread.pk}/state/",
        f"/threads/{thread.pk}/reply/", "/nowhere/",
    ):  # fmt: skip
        assert KEEP not in client.get(address), address


def test_each_session_has_a_name_of_its_own_and_visitors_have_one_together(customer, visiting_as):
    visitor = Client().get("/threads/")[READER]
    first, second = (visiting_as(customer) for _session in range(2))
    names = [browser.get("/threads/")[READER] for browser in (first, second)]

    assert visitor == "visitor"
    assert len({visitor, *names}) == 3
    assert all(re.fullmatch(r"[0-9a-f]{64}", name) for name in names)
    assert first.session.session_key not in names
    assert first.get("/drafts/")[READER] == names[0]


def test_after_the_sign_out_the_next_page_is_a_visitors(customer, visiting_as):
    browser = visiting_as(customer)
    browser.post("/accounts/logout/")

    assert browser.get("/threads/")[READER] == "visitor"


def test_the_offline_page_is_the_same_for_everybody(customer, agent, visiting_as):
    pages = {visiting_as(reader).get("/offline/").content for reader in (None, customer, agent)}

    assert len(pages) == 1


def test_the_worker_answers_for_every_page_and_is_asked_for_anew(client):
    worker = client.get("/sw.js")
    brand.hold(brand.Brand(name="Another house"))
    of_another_release = client.get("/sw.js")

    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Cache-Control"] == "no-cache"
    assert worker.content != of_another_release.content
    assert "worker-src 'self'" in client.get("/threads/")["Content-Security-Policy"]


def test_the_worker_names_its_release_without_making_the_page_again(client, monkeypatch):
    made: list[str | None] = []
    page = pocket.offline_page
    monkeypatch.setattr(pocket, "_releases", {})
    monkeypatch.setattr(pocket, "offline_page", lambda: made.append(get_language()) or page())

    releases = [
        client.get("/sw.js", headers={"accept-language": language}).content.splitlines()[0]
        for language in ("en", "de", "en", "ar", "de")
    ]

    assert made == ["en", "de", "ar"]
    assert releases[0] == releases[2]
    assert releases[1] == releases[4]
    assert len(set(releases)) == 3
