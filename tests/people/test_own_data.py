"""A member gets all that is kept of his own, in one file, and nobody else gets it."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from community import clock
from community.inbox.models import Notice
from community.people import actions, tasks
from community.people.models import Export
from community.policy import NotAllowed
from community.threads.actions import delete_post, follow, save_draft, vote
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(customer):
    export = actions.ask_for_data(by=customer)
    tasks.put_data_together.call(export.pk)
    export.refresh_from_db()
    return export


def unpacked(answer) -> dict[str, str]:
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_a_member_wrote_and_did_is_in_it_and_no_words_of_others(customer, peer, moderator, visiting_as):
    thread = make.thread(by=customer, title="Keys expired", body="Since **this** morning.")
    theirs = make.thread(by=peer, title="Theirs")
    answer = make.reply(theirs, by=customer, body="Do that.")
    gone = make.reply(theirs, by=customer, body="Never mind.")
    delete_post(by=customer, post=gone, because="Wrong.")
    make.reply(theirs, by=peer, body="The words of the peer.")
    vote(by=customer, post=theirs.posts.get(number=1))
    follow(by=customer, thread=theirs)
    save_draft(by=customer, thread=theirs, body="Begun.")
    file = make.attachment(by=customer, post=answer)
    browser = visiting_as(customer)

    browser.post("/people/settings/data/")
    tasks.put_data_together.call(Export.objects.get().pk)
    found = unpacked(browser.get(Export.objects.get().get_absolute_url()))

    assert json.loads(found["profile.json"])[0]["email"] == customer.email
    assert [post["body"] for post in json.loads(found["posts.json"])] == [
        "Since **this** morning.",
        "Do that.",
        "Never mind.",
    ]
    assert found[f"posts/{thread.pk}.md"].startswith("# Keys expired\n\n## 1 ")
    assert "Do that." in found[f"posts/{theirs.pk}.md"]
    assert found[f"files/{file.key}-log.txt"] == "four"
    assert [each["thread"] for each in json.loads(found["followed.json"])] == [thread.pk, theirs.pk]
    assert len(json.loads(found["votes.json"])) == 1
    assert json.loads(found["drafts.json"])[0]["body"] == "Begun."
    assert "The words of the peer." not in "".join(found.values())
    assert peer.email not in "".join(found.values())


def test_the_member_is_told_once_where_it_is(customer, mailoutbox, made):
    for _ in range(2):
        tasks.put_data_together.call(made.pk)
        tasks.mail_data.call(made.pk)

    notice = Notice.objects.get(member=customer)
    assert (notice.kind, notice.url) == ("data_ready", made.get_absolute_url())
    [mail] = mailoutbox
    assert mail.to == [customer.email]
    assert made.get_absolute_url() in mail.body


def test_nobody_else_finds_it_and_the_owner_proves_who_it_is(customer, made, people, visiting_as):
    for other in (people.administrator, people.customer):
        assert visiting_as(other).get(made.get_absolute_url()).status_code == 404
    assert visiting_as(None).get(made.get_absolute_url()).url.startswith("/accounts/login/")
    customer.set_password("a long password")
    customer.save()

    asked = visiting_as(customer).get(made.get_absolute_url())

    assert "/accounts/reauthenticate/" in asked.url


def test_after_seven_days_it_is_gone(customer, made, visiting_as):
    browser, storage, name = visiting_as(customer), made.file.storage, made.file.name
    page = browser.get(made.get_absolute_url())
    assert (page.status_code, page["Cache-Control"]) == (200, "max-age=0, no-cache, no-store, must-revalidate, private")
    assert unpacked(page)
    clock.set_to(clock.now() + timedelta(days=7, minutes=1))

    assert browser.get(made.get_absolute_url()).status_code == 404
    assert storage.exists(name)
    actions.drop_old_data()

    assert not Export.objects.exists()


def test_who_asks_again_too_soon_reads_when_to(customer, made, visiting_as):
    browser = visiting_as(customer)
    refusal = browser.post("/people/settings/data/")

    assert (refusal.status_code, Export.objects.count()) == (403, 1)
    assert "within the last day" in browser.get("/people/settings/data/").content.decode()
    clock.set_to(clock.now() + timedelta(days=1, minutes=1))
    assert browser.post("/people/settings/data/").status_code == 302


def test_it_goes_with_the_account(customer, made, django_capture_on_commit_callbacks):
    storage, name = made.file.storage, made.file.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(by=customer, member=customer)

    assert not Export.objects.exists()
    assert not storage.exists(name)
    with pytest.raises(NotAllowed):
        actions.ask_for_data(by=customer)
    tasks.put_data_together.call(made.pk)
