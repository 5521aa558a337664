"""Editors keep one welcome package; the people of an organisation are led to it and read which version it is."""

import pytest
from wagtail.models import PageViewRestriction

from cms import first_pages
from cms.models import WelcomePackage
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def package() -> WelcomePackage:
    page = WelcomePackage(
        title="Welcome package", slug="welcome-package", body=[("text", "<h2>Begin</h2><p>Say who calls.</p>")]
    )
    first_pages.build().add_child(instance=page)
    page.save_revision().publish()
    return page


def republish(package: WelcomePackage, words: str) -> None:
    page = WelcomePackage.objects.get(pk=package.pk)
    page.body = [("text", f"<p>{words}</p>")]
    page.save_revision().publish()


@pytest.mark.parametrize("who", ["caller", "reader", "administrator", "manager"])
def test_it_is_one_click_from_the_organisation_and_says_its_version(fenwick, package, who, visiting_as):
    republish(package, "Say who calls, and who reads.")
    browser = visiting_as(getattr(fenwick, who))

    own = browser.get(fenwick.organisation.get_absolute_url()).content.decode()
    read = browser.get("/welcome-package/").content.decode()
    taken = browser.get("/welcome-package/?as=file")

    assert 'href="/welcome-package/"' in own
    assert "Version 2" in own
    assert "Version 2" in read
    assert "Say who calls, and who reads." in read
    assert taken["Content-Disposition"] == 'attachment; filename="welcome-package-version-2.html"'
    assert "Say who calls, and who reads." in taken.content.decode()
    assert "<script" not in taken.content.decode()


def test_a_draft_is_no_version_and_what_is_taken_back_is_led_to_by_nobody(fenwick, package, visiting_as):
    page = WelcomePackage.objects.get()
    page.title = "Not yet"
    page.save_revision()
    assert WelcomePackage.objects.get().version == 1
    own = visiting_as(fenwick.caller)
    assert "Not yet" not in own.get(fenwick.organisation.get_absolute_url()).content.decode()

    WelcomePackage.objects.get().unpublish()

    assert "welcome-package" not in own.get(fenwick.organisation.get_absolute_url()).content.decode()
    assert own.get("/welcome-package/").status_code == 404
    assert own.get("/welcome-package/?as=file").status_code == 404


def test_where_editors_let_only_members_in_the_file_is_theirs_too(package, visiting_as):
    PageViewRestriction.objects.create(page=package, restriction_type=PageViewRestriction.LOGIN)

    assert visiting_as(None).get("/welcome-package/?as=file").status_code == 302
    assert visiting_as(make.member()).get("/welcome-package/?as=file").status_code == 200
