"""Warned, silenced, suspended: told why and until when, and it ends by itself at the minute."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import end_sanction, note_person, sanction_member
from community.moderation.models import Decision, PersonNote, Sanction
from community.moderation.tasks import end_what_has_run_out, mail_sanction
from community.people.actions import set_role
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import post_reply
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, 30, tzinfo=UTC)
IN_THREE_DAYS = NOON + timedelta(days=3)
AT_THE_MINUTE = datetime(2026, 5, 7, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    clock.set_to(NOON)


@pytest.fixture
def keeper():
    return make.member("keeper", role=Role.ADMINISTRATOR)


def silence(by, member, until=IN_THREE_DAYS, because="Insults in two threads."):
    return sanction_member(by=by, member=member, kind="silence", because=because, until=until)


def written() -> list[tuple]:
    return list(Decision.objects.order_by("pk").values_list("verb", "because", "before", "after"))


def test_a_silence_counts_at_once_says_why_and_ends_at_its_minute(moderator, customer, mailoutbox):
    thread = make.thread()
    sanction = silence(moderator, customer)
    customer.refresh_from_db()

    with pytest.raises(NotAllowed) as refusal:
        post_reply(by=customer, thread=thread, body="But.")
    assert str(refusal.value.reason) == (
        "You are silenced until 7 May 2026, 12:01 (UTC): “Insults in two threads.” You can read on, and appeal under "
        "“Decided about you”."
    )
    clock.set_to(AT_THE_MINUTE - timedelta(seconds=1))
    end_what_has_run_out.call()
    with pytest.raises(NotAllowed):
        post_reply(by=customer, thread=thread, body="But.")
    clock.set_to(AT_THE_MINUTE)
    # Nobody has written down the end yet, and it counts already.
    post_reply(by=customer, thread=thread, body="Good day.")
    end_what_has_run_out.call()
    end_what_has_run_out.call()

    customer.refresh_from_db()
    sanction.refresh_from_db()
    assert (customer.silenced_at, customer.silenced_because) == (None, "")
    assert (sanction.ended_at, sanction.ended_by) == (AT_THE_MINUTE, None)
    assert written() == [
        ("silenced", "Insults in two threads.", "", "2026-05-07 12:01 UTC"),
        ("ran_out", "", "silence", ""),
    ]
    path = sanction.get_absolute_url()
    told = [("silenced", path, "Insults in two threads."), ("sanction_ended", path, "Insults in two threads.")]
    assert list(Notice.objects.filter(member=customer).order_by("pk").values_list("kind", "path", "title")) == told
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([customer.email], "You are silenced"),
        ([customer.email], "You are no longer silenced"),
    ]
    assert "Insults in two threads." in mailoutbox[0].body
    assert sanction.get_open_url() in mailoutbox[0].body
    mail_sanction.call(sanction.pk)
    assert len(mailoutbox) == 2


def test_a_silence_leaves_the_requests_of_an_organisation_alone(moderator, customer, agent):
    company = make.organisation("Fenwick", account_manager=agent)
    make.seat(company, customer)
    request = make.thread(by=customer, organisation=company, audience="organisation")
    silence(moderator, customer, until=None)
    customer.refresh_from_db()

    assert post_reply(by=customer, thread=request, body="It still stands.").body == "It still stands."


@pytest.mark.parametrize(
    ("by", "about", "words"),
    [
        ("customer", "peer", "Only moderators"),
        ("agent", "peer", "Only moderators"),
        ("moderator", "moderator", "themselves"),
        ("keeper", "keeper", "themselves"),
        ("moderator", "agent", "Only administrators"),
        ("moderator", "keeper", "Only administrators"),
    ],
)
def test_nobody_decides_beyond_their_rights(request, by, about, words):
    by, about = (request.getfixturevalue(name) for name in (by, about))

    for act in (lambda: silence(by, about), lambda: note_person(by=by, member=about, words="Rude.")):
        with pytest.raises(NotAllowed, match=words):
            act()

    assert (Sanction.objects.count(), PersonNote.objects.count(), Decision.objects.count()) == (0, 0, 0)


def test_an_administrator_decides_about_the_team_and_a_silenced_moderator_about_nobody(keeper, moderator, peer):
    silence(keeper, moderator)
    moderator.refresh_from_db()

    with pytest.raises(NotAllowed, match="You are silenced"):
        silence(moderator, peer)


def test_a_moderator_who_lost_the_role_meanwhile_decides_nothing(keeper, moderator, peer):
    standing = silence(moderator, peer)
    set_role(by=keeper, member=moderator, role=Role.CUSTOMER)

    # The page was opened before, so what the request holds still says moderator.
    assert moderator.role == Role.MODERATOR
    with pytest.raises(NotAllowed, match="Only moderators"):
        end_sanction(by=moderator, sanction=standing, because="Never mind.")
    with pytest.raises(NotAllowed, match="Only moderators"):
        sanction_member(by=moderator, member=peer, kind="warning", because="So.")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until": NOON - timedelta(seconds=1)}, "until"),
        ({"until": NOON + timedelta(days=40_000)}, "until"),
        ({"because": "  "}, "because"),
        ({"kind": "shadow"}, "kind"),
    ],
)
def test_what_cannot_be_meant_is_not_done(moderator, peer, changed, field):
    with pytest.raises(Invalid) as refusal:
        sanction_member(**({"by": moderator, "member": peer, "kind": "silence", "because": "So."} | changed))

    assert refusal.value.field == field
    peer.refresh_from_db()
    assert (peer.silenced_at, Sanction.objects.count(), Decision.objects.count()) == (None, 0, 0)


def test_the_second_of_two_reads_who_was_first_and_one_that_ran_out_makes_room(moderator, keeper, peer):
    silence(moderator, peer)

    with pytest.raises(OutOfStep, match="osier decided this already: it stands until 7 May 2026, 12:01"):
        silence(keeper, peer)
    clock.set_to(AT_THE_MINUTE)
    silence(keeper, peer, until=None)

    assert list(Sanction.objects.order_by("pk").values_list("by__handle", "ended_at")) == [
        ("osier", AT_THE_MINUTE),
        ("keeper", None),
    ]
    peer.refresh_from_db()
    assert (peer.silenced_at, peer.silenced_until) == (AT_THE_MINUTE, None)


def test_taking_it_back_says_why_frees_at_once_and_happens_once(moderator, peer):
    sanction = silence(moderator, peer, until=None)

    end_sanction(by=moderator, sanction=sanction, because="It was the neighbour.")
    with pytest.raises(OutOfStep, match="ended already"):
        end_sanction(by=moderator, sanction=sanction, because="Again.")

    peer.refresh_from_db()
    assert peer.silenced_at is None
    assert written() == [
        ("silenced", "Insults in two threads.", "", "for_good"),
        ("ended_early", "It was the neighbour.", "silence", ""),
    ]


def test_the_database_keeps_one_silence_and_nobody_to_themselves(moderator, peer):
    first = silence(moderator, peer)
    decision = Decision.objects.create(verb="silenced", actor=moderator, member=peer, at=NOON)
    for member, by in ((peer, moderator), (moderator, moderator)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.create(member=member, kind="silence", because="So.", by=by, at=NOON, decision=decision)

    assert Sanction.objects.get() == first


def test_a_moderator_decides_on_the_page_and_reads_it_all_there(client, moderator, peer):
    client.force_login(moderator)
    at = "/people/tallow/"

    assert client.post(f"{at}note/", {"words": "Was warned in the old forum."}).status_code == 302
    wrong = client.post(f"{at}sanction/", {"kind": "silence", "length": "century", "because": ""})
    assert (wrong.status_code, Sanction.objects.count()) == (422, 0)
    client.post(f"{at}sanction/", {"kind": "warning", "length": "day", "because": "Be kind."})
    client.post(f"{at}sanction/", {"kind": "silence", "length": "three_days", "because": "Insults."})
    sanction = Sanction.objects.get(kind="silence")
    assert client.post(f"/moderation/decisions/{sanction.pk}/end/", {"because": ""}).status_code == 422
    client.post(f"/moderation/decisions/{sanction.pk}/end/", {"because": "He said sorry."})

    page = client.get(f"{at}standing/").content.decode()
    for words in ("Was warned in the old forum.", "Be kind.", "Insults.", "He said sorry.", "Taken back by"):
        assert words in page
    assert sanction.until == AT_THE_MINUTE
    client.force_login(peer)
    mine = client.get("/moderation/mine/").content.decode()
    assert "Be kind." in mine
    assert "Was warned in the old forum." not in mine + client.get(sanction.get_absolute_url()).content.decode()
    assert client.get(f"{at}standing/").status_code == 404
    assert client.post(f"{at}note/", {"words": "Me."}).status_code == 404


def test_whoever_is_silenced_reads_why_before_writing_a_word(client, moderator, customer):
    thread = make.thread()
    silence(moderator, customer)
    client.force_login(customer)

    for at in ("/ask/", thread.get_absolute_url()):
        page = client.get(at)
        assert page.status_code == 200
        assert "You are silenced until 7 May 2026, 12:01 (UTC): “Insults in two threads.”" in page.content.decode()


def test_counting_again_finds_what_stands_otherwise_than_it_was_decided(moderator, peer):
    silence(moderator, peer)
    assert list(faults()) == []

    type(peer).objects.filter(pk=peer.pk).update(silenced_until=None)

    assert list(faults()) == [f"member {peer.pk}: silenced stands otherwise than it was decided"]


def test_the_log_says_what_ended_by_itself(client, moderator, peer):
    silence(moderator, peer)
    clock.set_to(AT_THE_MINUTE)
    end_what_has_run_out.call()
    client.force_login(moderator)

    page = client.get("/moderation/log/").content.decode()

    assert "Has run out" in page
    assert "silenced a member" in page
