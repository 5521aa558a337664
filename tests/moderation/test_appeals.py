"""Whoever is silenced or suspended says why it should be looked at again, and somebody else decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import appeal_sanction, decide_appeal, end_sanction, sanction_member
from community.moderation.models import Appeal, Decision
from community.people.models import Role
from community.policy import NotAllowed, OutOfStep
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def other():
    return make.member("sorrel", role=Role.MODERATOR)


@pytest.fixture
def silence(moderator, peer):
    return sanction_member(by=moderator, member=peer, kind="silence", because="Insults.")


@pytest.fixture
def appeal(silence, peer):
    return appeal_sanction(by=peer, sanction=silence, words="It was a quotation.")


def test_somebody_else_takes_it_back_and_it_is_told_with_the_reason(appeal, other, peer, mailoutbox):
    mailoutbox.clear()

    decide_appeal(by=other, appeal=appeal, outcome="lifted", because="It was a quotation indeed.")

    peer.refresh_from_db()
    appeal.sanction.refresh_from_db()
    assert peer.silenced_at is None
    assert (appeal.sanction.ended_by, appeal.sanction.ended_because) == (other, "It was a quotation indeed.")
    assert Decision.objects.order_by("pk").values_list("verb", "actor__handle", "before").last() == (
        "lifted_on_appeal",
        "sorrel",
        "silence",
    )
    assert Notice.objects.get(member=peer, kind="appeal_decided").title == "It was a quotation indeed."
    # One mail, not a second one that says that it has ended.
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([peer.email], "Your appeal was decided")]
    assert "It was a quotation indeed." in mailoutbox[0].body


def test_what_stands_after_an_appeal_is_looked_at_again_after_thirty_days(appeal, silence, other, peer):
    decide_appeal(by=other, appeal=appeal, outcome="upheld", because="The rest was none.")

    peer.refresh_from_db()
    assert peer.silenced_because == "Insults."
    with pytest.raises(NotAllowed, match="again after 30 days"):
        appeal_sanction(by=peer, sanction=silence, words="But.")
    clock.advance(timedelta(days=30))
    assert appeal_sanction(by=peer, sanction=silence, words="I have said sorry.").decided_at is None


def test_one_appeal_waits_at_a_time_and_only_ones_own(appeal, silence, peer, customer):
    with pytest.raises(NotAllowed, match="waits"):
        appeal_sanction(by=peer, sanction=silence, words="Again.")
    with pytest.raises(NotAllowed, match="person concerned"):
        appeal_sanction(by=customer, sanction=silence, words="For him.")

    assert Appeal.objects.get() == appeal


def test_neither_who_decided_nor_whom_it_concerns_decides_again(appeal, moderator, peer):
    peer.role = Role.ADMINISTRATOR
    peer.save()
    for by in (moderator, peer):
        with pytest.raises(NotAllowed):
            decide_appeal(by=by, appeal=appeal, outcome="lifted", because="So.")
        facts = {"outcome": "lifted", "decided_at": clock.now(), "decided_by": by, "decided_because": "So."}
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(**facts)

    appeal.refresh_from_db()
    assert appeal.decided_at is None


def test_a_moderator_does_not_lift_what_an_administrator_decided_about_the_team(moderator, other):
    keeper = make.member("keeper", role=Role.ADMINISTRATOR)
    sanction = sanction_member(by=keeper, member=moderator, kind="silence", because="So.")
    appeal = appeal_sanction(by=moderator, sanction=sanction, words="Why?")

    with pytest.raises(NotAllowed, match="Only administrators"):
        decide_appeal(by=other, appeal=appeal, outcome="lifted", because="A colleague.")


def test_an_appeal_is_decided_once_also_when_its_reason_has_ended(appeal, silence, moderator, other):
    end_sanction(by=moderator, sanction=silence, because="Enough.")

    decide_appeal(by=other, appeal=appeal, outcome="lifted", because="It was none.")
    with pytest.raises(OutOfStep, match="sorrel has decided"):
        decide_appeal(by=other, appeal=appeal, outcome="upheld", because="It was one.")

    appeal.refresh_from_db()
    silence.refresh_from_db()
    assert (appeal.outcome, silence.ended_because) == ("lifted", "Enough.")


def test_the_silenced_appeals_on_the_page_and_reads_what_became_of_it(client, silence, peer, customer, other):
    client.force_login(peer)
    at = silence.get_absolute_url()

    assert client.post(at, {"words": " "}).status_code == 422
    assert client.post(at, {"words": "It was a quotation."}).status_code == 302
    assert "waits for a moderator" in client.get(at).content.decode()
    decide_appeal(by=other, appeal=Appeal.objects.get(), outcome="upheld", because="The rest was none.")
    page = client.get(at).content.decode()
    assert "The decision stands" in page
    assert "The rest was none." in page
    # Who decided is between moderators.
    assert "sorrel" not in page
    client.force_login(customer)
    assert client.get(at).status_code == 404


def test_the_queue_has_as_many_appeals_as_its_tab_says(client, appeal, moderator, other, django_assert_max_num_queries):
    client.force_login(moderator)
    page = client.get("/moderation/?show=appeals").content.decode()
    assert 'Appeals <span class="n">1</span>' in page
    assert "somebody else decides" in page
    assert "It was a quotation." in page
    assert client.post(f"/moderation/appeals/{appeal.pk}/", {"outcome": "lifted", "because": "So."}).status_code == 403

    client.force_login(other)
    with django_assert_max_num_queries(12):
        client.get("/moderation/?show=appeals")
    assert client.post(f"/moderation/appeals/{appeal.pk}/", {"outcome": "never", "because": ""}).status_code == 422
    assert client.post(f"/moderation/appeals/{appeal.pk}/", {"outcome": "lifted", "because": "So."}).status_code == 302
    assert "Nothing waits." in client.get("/moderation/?show=appeals").content.decode()
    client.force_login(make.member())
    assert client.post(f"/moderation/appeals/{appeal.pk}/").status_code == 403
