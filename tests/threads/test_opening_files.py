"""Who may open a file, how it is served, and when it goes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community import clock
from community.threads.actions import attach_file, delete_post, post_reply, save_draft, sweep_attachments
from community.threads.models import Attachment
from tests import make

pytestmark = pytest.mark.django_db


def attach(by, data: bytes, name: str) -> Attachment:
    return attach_file(by=by, file=SimpleUploadedFile(name, data, content_type="text/html"))


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 6)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_served_so_that_no_browser_runs_it(peer, visiting_as):
    shown = attach(peer, picture(), "picture.png")
    post_reply(by=peer, thread=make.thread(), body=shown.markdown)

    answer = visiting_as(None).get(shown.get_absolute_url())

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == 'inline; filename="picture.png"'
    assert answer["Cache-Control"] == "public, max-age=3600"
    with shown.file.open("rb") as kept:
        assert b"".join(answer) == kept.read()
    again = visiting_as(None).get(shown.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_other_files_are_for_saving_only(peer, visiting_as):
    log = attach(peer, b"<b>12:00</b> error", "mail.log")

    answer = visiting_as(peer).get(log.get_absolute_url())

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="mail.log"'
    assert answer["Cache-Control"] == "private, no-store"


def test_the_file_of_a_restricted_thread_is_opened_by_its_readers_only(customer, peer, agent, visiting_as):
    thread = make.thread(by=customer, audience="named")
    shot = make.attachment(by=customer)
    post_reply(by=customer, thread=thread, body=shot.markdown)

    opened = {who: visiting_as(who).get(shot.get_absolute_url()) for who in (customer, agent, peer, None)}

    assert [answer.status_code for answer in opened.values()] == [200, 200, 404, 404]
    assert opened[customer]["Cache-Control"] == "private, no-store"


def test_what_was_deleted_or_noted_is_opened_by_the_team_only(peer, moderator, agent, visiting_as):
    thread, shot, inner = make.thread(), make.attachment(by=peer), make.attachment(by=agent)
    post = post_reply(by=peer, thread=thread, body=shot.markdown)
    post_reply(by=agent, thread=thread, body=inner.markdown, kind="note")
    delete_post(by=moderator, post=post, because="Somebody's address is on it")

    for attachment in (shot, inner):
        assert visiting_as(peer).get(attachment.get_absolute_url()).status_code == 404
        assert visiting_as(agent).get(attachment.get_absolute_url())["Cache-Control"] == "private, no-store"


def test_a_file_that_no_post_shows_is_opened_and_removed_by_its_owner_only(peer, moderator, visiting_as):
    shot = make.attachment(by=peer)
    address = f"/attachments/{shot.key}/remove/"

    assert visiting_as(moderator).get(shot.get_absolute_url()).status_code == 404
    assert visiting_as(moderator).post(address).status_code == 404
    assert visiting_as(peer).get(shot.get_absolute_url()).status_code == 200
    assert visiting_as(peer).post(address, headers={"Accept": "application/json"}).status_code == 204
    assert not Attachment.objects.exists()


def test_a_file_that_a_post_shows_stays(peer, visiting_as):
    shot = make.attachment(by=peer)
    post_reply(by=peer, thread=make.thread(), body=shot.markdown)

    answer = visiting_as(peer).post(f"/attachments/{shot.key}/remove/", headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert Attachment.objects.get() == shot


@pytest.mark.parametrize("address", ["/attachments/nonsense/a.png", f"/attachments/{'0' * 32}/a.png"])
def test_a_file_that_does_not_exist_is_not_found(peer, visiting_as, address):
    assert visiting_as(peer).get(address).status_code == 404


def test_a_file_that_is_lost_on_the_disk_is_not_found(peer, visiting_as):
    shot = make.attachment(by=peer)
    shot.file.storage.delete(shot.file.name)

    assert visiting_as(peer).get(shot.get_absolute_url()).status_code == 404


def test_a_refused_upload_says_why_to_a_program(peer, visiting_as):
    browser = visiting_as(peer)

    nothing = browser.post("/attachments/", {}, headers={"Accept": "application/json"})
    page = browser.post(
        "/attachments/", {"file": SimpleUploadedFile("a.html", b"<html>")}, headers={"Accept": "application/json"}
    )
    visitor = visiting_as(None).post("/attachments/", headers={"Accept": "application/json"})

    assert (nothing.status_code, page.status_code, visitor.status_code) == (422, 422, 403)
    assert page.json()["reason"].startswith("a.html: Web pages, SVG and XML")


def test_uploads_are_counted(peer, visiting_as, settings):
    settings.RATE_LIMITS = True
    browser = visiting_as(peer)

    statuses = [
        browser.post("/attachments/", {"file": SimpleUploadedFile("a.log", b"words")}).status_code for _n in range(21)
    ]

    assert statuses == [201] * 20 + [429]


def test_files_that_were_never_posted_go_after_a_day_unless_a_draft_has_them(peer, django_capture_on_commit_callbacks):
    forgotten, drafted, posted = (make.attachment(by=peer) for _file in range(3))
    save_draft(by=peer, body=drafted.markdown)
    post_reply(by=peer, thread=make.thread(), body=posted.markdown)
    clock.advance(timedelta(hours=25))
    fresh = make.attachment(by=peer)

    with django_capture_on_commit_callbacks(execute=True):
        assert (sweep_attachments(), sweep_attachments()) == (1, 0)

    assert set(Attachment.objects.all()) == {drafted, posted, fresh}
    assert not forgotten.file.storage.exists(forgotten.file.name)
    assert posted.file.storage.exists(posted.file.name)
