"""What some stand behind and others say fails is put before a moderator, while it is so."""

import pytest

from community.moderation.actions import undo_decision
from community.moderation.models import Case, Decision
from community.threads.actions import accept_answer, confirm_answer, withdraw_confirmation
from community.threads.models import State
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(thread, agent) -> Case:
    post = thread.posts.get(number=2)
    accept_answer(by=agent, post=post)
    assert not Case.objects.exists()
    confirm_answer(by=make.member("sanne"), post=post, works=False)
    return Case.objects.get()


def test_a_moderator_keeps_the_answer_or_hands_it_to_support_with_a_reason(case, thread, moderator, visiting_as):
    browser = visiting_as(moderator)
    page = browser.get("/moderation/?show=contradictions")
    assert [line.case for line in page.context["cases"]] == [case]
    assert "1 other says it fails" in page.text
    address = f"/moderation/contradictions/{case.pk}/"
    assert browser.post(address, {"outcome": "kept", "because": " "}).status_code == 422
    assert browser.post(address, {"outcome": "else", "because": "So."}).status_code == 422

    browser.post(address, {"outcome": "kept", "because": "Only on 7.1."})
    case.refresh_from_db()
    assert (case.outcome, case.decided_by, case.because) == ("kept", moderator, "Only on 7.1.")
    undo_decision(by=moderator, case=case)
    browser.post(address, {"outcome": "handed_over", "because": "It fails on 7.2."})

    thread.refresh_from_db()
    assert thread.state == State.WAITING_US
    verbs = list(Decision.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["kept_answer", "undid", "handed_over"]
    assert visiting_as(make.member()).post(address, {"outcome": "kept", "because": "So."}).status_code == 403


def test_whoever_takes_it_back_leaves_nothing_to_decide(case, thread):
    sanne = thread.posts.get(number=2).confirmations.get(works=False).member

    withdraw_confirmation(by=sanne, post=thread.posts.get(number=2))

    case.refresh_from_db()
    assert (case.outcome, case.decided_by) == ("settled", sanne)
