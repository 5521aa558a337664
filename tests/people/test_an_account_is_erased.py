"""Whoever goes is forgotten: by the account, by what others wrote, by tables that nobody thought of."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django_tasks_db.models import DBTaskResult

from community import prose
from community.inbox.actions import notify
from community.inbox.models import Notice
from community.letters import deliver, send_letter
from community.moderation.actions import note_person, sanction_member
from community.moderation.models import Decision, PersonNote, Sanction
from community.organisations.models import Seat
from community.people import actions
from community.people.models import Erasure
from community.people.policies import may_be_handled
from community.policy import Invalid, NotAllowed
from community.requests.actions import open_request
from community.threads.actions import follow, save_draft, vote
from community.threads.models import Draft, Follow, Post
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db

GOES = {"handle": "mira", "name": "Mira Okafor", "email": "mira@okafor.example"}


@pytest.fixture
def mira():
    member = make.member(**GOES, bio="Keys and trees.", website="https://okafor.example", password="a long password")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def gone(mira):
    def leave():
        actions.erase(by=mira, member=mira)
        actions.forget(member_id=mira.pk)
        mira.refresh_from_db()
        return mira

    return leave


def unsound() -> list[str]:
    """What is counted wrongly now; nobody has worked off what is to be indexed."""
    return [fault for fault in faults() if "index" not in fault]


def test_a_member_reads_what_goes_and_goes(client, mira):
    thread = make.thread(by=mira, title="Keys expired")
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/accounts/login/", {"login": "mira", "password": "a long password"})
    asked = client.get("/people/settings/leave/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    client.post(asked.url, {"password": "a long password"})

    page = client.get("/people/settings/leave/")
    assert b"Nobody can take this back" in page.content
    assert client.post("/people/settings/leave/", {"handle": "myra"}).status_code == 422
    left = client.post("/people/settings/leave/", {"handle": "Mira"}, follow=True)

    assert b"Your account is erased." in left.content
    assert all(b.get("/people/settings/").status_code == 302 for b in (client, elsewhere))
    assert client.get("/people/mira/").status_code == 404
    shown = client.get(thread.get_absolute_url()).content.decode()
    assert "Former member" in shown
    assert "mira" not in shown.lower()
    mira.refresh_from_db()
    nobody = client.get(mira.get_absolute_url()).content.decode()
    assert "This account was erased." in nobody
    assert "Keys expired" not in nobody


def test_whoever_signed_in_long_ago_proves_who_it_is_first(client, mira):
    client.force_login(mira)

    asked = client.post("/people/settings/leave/", {"handle": "mira"})

    assert (asked.status_code, "reauthenticate" in asked["Location"]) == (302, True)
    mira.refresh_from_db()
    assert mira.erased_at is None


def test_what_was_said_stays_and_what_was_private_goes(mira, peer, gone):
    thread = make.thread(by=mira)
    answer = make.reply(thread, by=peer)
    vote(by=mira, post=answer)
    follow(by=mira, thread=make.thread(by=peer))
    save_draft(by=mira, body="Begun.")
    notify({mira.pk}, "replied", thread=thread, post=answer, actor_id=peer.pk)

    left = gone()

    answer.refresh_from_db()
    assert (thread.posts.get(number=1).author, answer.vote_count) == (left, 1)
    for model, whose in ((Draft, "author"), (Follow, "member"), (Notice, "member")):
        assert not model.objects.filter(**{whose: left}).exists()
    assert (left.email, left.name, left.bio, left.has_usable_password(), left.is_active) == ("", "", "", False, False)
    assert unsound() == []


def test_others_words_name_the_person_no_more_and_say_the_rest_as_before(mira, peer, gone):
    thread = make.thread(by=peer, title="What Mira Okafor found")
    first = make.reply(thread, by=mira, body="Cheers, Mira")
    said = make.reply(
        thread,
        by=peer,
        body=f"@mira and @miranda: see [her page](/people/mira/) or write to mira@okafor.example.\n\n"
        f"> [Mira Okafor]({first.permalink})\n> Cheers\n\nMira trees are green.",
    )

    left = gone()

    said.refresh_from_db()
    thread.refresh_from_db()
    assert said.body == (
        f"former member and @miranda: see [her page](/people/{left.handle}/) or write to former member.\n\n"
        f"> [former member]({first.permalink})\n> Cheers\n\nMira trees are green."
    )
    assert (said.html, said.edited_at) == (prose.render(said.body), None)
    assert (thread.title, thread.slug) == ("What former member found", "what-former-member-found")
    # What somebody says of themselves in a thread is said.
    assert Post.objects.get(pk=first.pk).body == "Cheers, Mira"


def test_what_moderators_wrote_about_the_person_loses_the_name_too(mira, moderator, gone):
    note_person(by=moderator, member=mira, words="Mira is impatient.")
    sanction_member(by=moderator, member=mira, kind="silence", because="Mira shouted, as mira does.", until=None)

    left = gone()

    assert not PersonNote.objects.exists()
    assert Sanction.objects.get().because == "former member shouted, as former member does."
    assert left.silenced_because == Sanction.objects.get().because
    assert Decision.objects.get(verb="erased").member == left
    assert unsound() == []


def test_a_name_that_our_own_code_reads_breaks_nothing(moderator):
    spam = make.member("silence")
    sanction_member(by=moderator, member=spam, kind="silence", because="Silence.", until=None)

    actions.erase(by=spam, member=spam)
    actions.forget(member_id=spam.pk)

    assert (Sanction.objects.get().kind, Sanction.objects.get().because) == ("silence", "former member.")
    assert set(Decision.objects.values_list("verb", flat=True)) == {"silenced", "erased"}


def test_open_requests_go_on_for_the_organisation_and_the_seat_is_free(mira, peer, gone):
    company = make.organisation("Fenwick", callers=2)
    make.seat(company, mira)
    make.seat(company, peer)
    asked = {"organisation": company, "space": make.space(), "title": "Stops", "body": "At night."}
    request = open_request(by=mira, **asked, contact="call", telephone="+49 30 1234")

    left = gone()

    request.refresh_from_db()
    assert (request.contact, request.telephone, request.thread.author) == ("written", "", left)
    assert list(Seat.objects.standing().filter(organisation=company).values_list("member", flat=True)) == [peer.pk]
    assert Follow.objects.filter(thread=request.thread, member=peer).exists()
    assert unsound() == []


def test_letters_that_wait_for_the_mail_server_go_too(mira, gone, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.LETTERS_ARE_QUEUED = True
    for address in ("Mira@Okafor.example", "peer@example.com"):
        send_letter("organisations/mail/invitation", address, invitation=None, organisation="Tallow")

    gone()

    waiting = DBTaskResult.objects.filter(task_path=deliver.module_path)
    assert [task.args_kwargs["args"] for task in waiting] == [["peer@example.com"]]


def test_the_handle_is_nobodys_and_cannot_be_read_back(gone):
    gone()

    assert not may_be_handled("mira")
    assert not may_be_handled("M1ra")
    assert may_be_handled("mirabelle")
    assert (Erasure.objects.get().words, Erasure.objects.get().done_at is None) == (None, False)


def test_twice_is_once_and_what_broke_off_goes_on(mira, peer, monkeypatch):
    said = make.reply(make.thread(), by=peer, body="Ask @mira.")
    with monkeypatch.context() as broken:
        broken.setattr("community.people.forgetting._rewrite", lambda *_, **__: 1 / 0)
        actions.erase(by=mira, member=mira)
        actions.erase(by=mira, member=mira)
        with pytest.raises(ZeroDivisionError):
            actions.forget(member_id=mira.pk)
    assert Erasure.objects.get().words["handle"] == "mira"

    for _ in range(2):
        actions.forget(member_id=mira.pk)

    said.refresh_from_db()
    assert (said.body, Erasure.objects.get().words) == ("Ask former member.", None)


def test_who_may_erase_whom(people, mira):
    for by in (people.moderator, people.agent, people.customer):
        with pytest.raises(NotAllowed, match="Only administrators"):
            actions.erase(by=by, member=mira, because="So.")
    with pytest.raises(NotAllowed, match="hand over first"):
        actions.erase(by=people.administrator, member=people.administrator)
    with pytest.raises(Invalid):
        actions.erase(by=people.administrator, member=mira, because=" ")
    company = make.organisation("Fenwick")
    manager = company.account_manager
    actions.set_role(by=people.administrator, member=manager, role="customer")
    with pytest.raises(NotAllowed, match="You look after Fenwick"):
        actions.erase(by=manager, member=manager)
    mira.refresh_from_db()
    assert (mira.erased_at, Erasure.objects.exists()) == (None, False)


def test_an_administrator_erases_with_a_reason(people, mira, visiting_as):
    browser = visiting_as(people.administrator)
    assert b"Erase for good" in browser.get("/people/mira/standing/").content

    wrong = browser.post("/people/mira/erase/", {"handle": "peer", "because": "Mira asked by letter."})
    done = browser.post("/people/mira/erase/", {"handle": "mira", "because": "Mira asked by letter."}, follow=True)
    actions.forget(member_id=mira.pk)

    assert wrong.status_code == 422
    assert b"Former member" in done.content
    decision = Decision.objects.get(verb="erased")
    assert (decision.actor, decision.because) == (people.administrator, "former member asked by letter.")
