"""What was signed is kept with every version, and opens for the people of the organisation and for support."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.organisations.actions import add_agreement, end_seat
from community.organisations.models import AgreementVersion
from community.policy import NotAllowed
from tests import make
from tests.organisations.conftest import seat_of

pytestmark = pytest.mark.django_db


def agree(people, said: str = "Four hours.", *, title: str = "Support", by=None) -> AgreementVersion:
    return add_agreement(
        by=by or people.manager,
        organisation=people.organisation,
        title=title,
        data=said.encode(),
        name="support.txt",
        content_type="text/plain",
    )


def page_of(people) -> str:
    return f"/organisations/{people.organisation.slug}/agreements/"


def test_a_new_version_stands_above_the_old_one_and_both_are_read(fenwick, visiting_as):
    first, second = agree(fenwick, "Eight hours."), agree(fenwick, "Four hours.", title=" support ")
    browser = visiting_as(fenwick.reader)

    page = browser.get(page_of(fenwick)).content.decode()

    assert [first.number, second.number] == [1, 2]
    assert page.index(second.get_absolute_url()) < page.index(first.get_absolute_url())
    assert browser.get(first.get_absolute_url()).getvalue() == b"Eight hours."
    assert browser.get(second.get_absolute_url()).getvalue() == b"Four hours."


@pytest.mark.parametrize("who", ["caller", "reader", "administrator", "manager", "deputy"])
def test_its_people_and_support_open_the_file(fenwick, visiting_as, who):
    answer = visiting_as(getattr(fenwick, who)).get(agree(fenwick).get_absolute_url())

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("who", ["visitor", "member", "moderator", "other caller", "former caller"])
def test_for_everybody_else_there_is_no_such_file(fenwick, visiting_as, who):
    version = agree(fenwick)
    readers = {"visitor": None, "member": make.member(), "moderator": make.member(role="moderator")}
    if who == "other caller":
        readers[who] = make.seat(make.organisation("Harbour Dental")).member
    if who == "former caller":
        end_seat(by=fenwick.manager, seat=seat_of(fenwick.caller, fenwick.organisation))
        readers[who] = fenwick.caller
    browser = visiting_as(readers[who])

    assert browser.get(version.get_absolute_url()).status_code == 404
    assert browser.get(page_of(fenwick)).status_code == 404


def test_a_file_does_not_open_under_another_organisation(fenwick, visiting_as):
    version = agree(fenwick)
    other = make.organisation("Harbour Dental")
    make.seat(other, fenwick.caller)

    answer = visiting_as(fenwick.caller).get(version.get_absolute_url().replace("fenwick-freight", other.slug))

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["caller", "reader", "administrator"])
def test_only_who_looks_after_the_organisation_adds_one(fenwick, visiting_as, who):
    file = SimpleUploadedFile("mine.txt", b"Ten minutes.")

    answer = visiting_as(getattr(fenwick, who)).post(page_of(fenwick), {"title": "Support", "file": file})

    assert answer.status_code == 403
    assert not AgreementVersion.objects.exists()
    with pytest.raises(NotAllowed):
        agree(fenwick, by=make.member(role="agent"))


def test_the_manager_adds_a_version_by_a_form(fenwick, visiting_as):
    agree(fenwick)
    browser = visiting_as(fenwick.manager)

    answer = browser.post(page_of(fenwick), {"title": "Support", "file": SimpleUploadedFile("b.pdf", b"%PDF-1.7 b")})

    assert answer.status_code == 302
    version = AgreementVersion.objects.get(number=2)
    assert (version.name, version.content_type, version.added_by) == ("b.pdf", "application/pdf", fenwick.manager)


@pytest.mark.parametrize(
    ("title", "file", "words"),
    [
        ("Support", b"<html>hello</html>", "Web pages, SVG and XML"),
        ("Support", b"", "empty"),
        ("", b"Four hours.", "This field is required"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_title_stays(fenwick, visiting_as, title, file, words):
    page = visiting_as(fenwick.manager).post(
        page_of(fenwick), {"title": title, "file": SimpleUploadedFile("page.html", file)}
    )

    assert page.status_code == 422
    assert words in page.content.decode()
    assert f'value="{title}"' in page.content.decode() or not title
    assert not AgreementVersion.objects.exists()


def test_the_masthead_leads_whoever_has_a_seat_to_the_organisation(fenwick, visiting_as):
    words = "Your organisation"

    assert words in visiting_as(fenwick.reader).get("/threads/").content.decode()
    assert words not in visiting_as(make.member()).get("/threads/").content.decode()
    assert "Organisations" in visiting_as(fenwick.manager).get("/threads/").content.decode()
    end_seat(by=fenwick.manager, seat=seat_of(fenwick.reader, fenwick.organisation))
    assert words not in visiting_as(fenwick.reader).get("/threads/").content.decode()
