"""What a slip of the hand has decided is taken back within ten seconds, whatever it was about, or it says why not."""

from datetime import timedelta

import pytest

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import (
    appeal_sanction,
    decide_appeal,
    decide_contradiction,
    decline_flag,
    flag_thing,
    free_account,
    hide_post,
    sanction_member,
    undo_decision,
    uphold_flag,
)
from community.moderation.actions.waves import hold_account
from community.moderation.models import Case, Decision, HeldAccount, Verb
from community.moderation.tasks import mail_appeal, mail_end
from community.people.models import Member, Role
from community.policy import OutOfStep
from community.threads.actions import accept_answer, confirm_answer
from community.threads.models import Confirmation
from tests import make

pytestmark = pytest.mark.django_db

WHY = "On second thoughts."


@pytest.fixture
def judge():
    return make.member("wanda", role=Role.MODERATOR)


@pytest.fixture
def appeal(peer, moderator):
    silenced = sanction_member(by=moderator, member=peer, kind="silence", because="Threats.")
    return appeal_sanction(by=peer, sanction=silenced, words="It was a quotation.")


def undo(browser, case):
    return browser.post(f"/moderation/cases/{case.pk}/undo/", follow=True)


@pytest.mark.parametrize("outcome", ["lifted", "upheld"])
def test_an_appeal_waits_again_and_what_it_lifted_stands_again_untold(
    outcome, appeal, peer, judge, visiting_as, mailoutbox
):
    case, before = Case.objects.get(appeal=appeal), len(mailoutbox)
    decide_appeal(by=judge, appeal=appeal, outcome=outcome, because=WHY)

    assert "data-undo" in visiting_as(judge).get("/moderation/").text
    answer = undo(visiting_as(judge), case)

    for row in (appeal, case, peer, appeal.sanction):
        row.refresh_from_db()
    assert "nobody has been told" in answer.text
    assert (appeal.outcome, case.decided_at, appeal.sanction.ended_at) == ("", None, None)
    assert (peer.is_silenced(clock.now()), peer.silenced_because) == (True, "Threats.")
    assert not Notice.objects.filter(kind__in=("appeal_decided", "sanction_ended")).exists()
    # Tasks that were queued before it was taken back.
    mail_appeal.call(appeal.pk)
    mail_end.call(appeal.sanction_id)
    assert len(mailoutbox) == before
    assert Decision.objects.latest("pk").verb == Verb.UNDID
    decide_appeal(by=judge, appeal=appeal, outcome="lifted", because=WHY)
    assert not type(peer).objects.get(pk=peer.pk).is_silenced(clock.now())


def test_what_somebody_decided_anew_meanwhile_stands(appeal, peer, judge, moderator):
    decide_appeal(by=judge, appeal=appeal, outcome="lifted", because=WHY)
    sanction_member(by=moderator, member=peer, kind="silence", because="Threats again.")

    with pytest.raises(OutOfStep, match="decided anew"):
        undo_decision(by=judge, case=Case.objects.get(appeal=appeal))


def test_an_account_that_was_freed_is_held_again(peer, moderator, visiting_as):
    hold_account(peer, ["trap"], at=clock.now())
    case = Case.objects.get(member=peer)
    free_account(by=moderator, held=HeldAccount.objects.get(), because=WHY)

    answer = undo(visiting_as(moderator), case)

    case.refresh_from_db()
    assert (answer.status_code, case.decided_at, HeldAccount.objects.get().freed_at) == (200, None, None)


def test_a_thread_that_was_handed_to_support_waits_as_before(thread, agent, peer, moderator, visiting_as):
    answer = thread.posts.get(number=2)
    accept_answer(by=agent, post=answer)
    confirm_answer(by=make.member(), post=answer, works=False)
    thread.refresh_from_db()
    state, since = thread.state, thread.state_since
    case = Case.objects.get(kind="contradiction")
    clock.set_to(clock.now() + timedelta(minutes=5))
    decide_contradiction(by=moderator, case=case, outcome="handed_over", because=WHY)

    page = undo(visiting_as(moderator), case)

    thread.refresh_from_db()
    case.refresh_from_db()
    assert ("It waits again." in page.text, "nobody has been told" in page.text) == (True, False)
    assert (thread.state, thread.state_since, case.decided_at) == (state, since, None)


def test_what_people_say_of_an_answer_comes_back_with_it(thread, customer, agent, moderator, settings):
    answer, other = thread.posts.get(number=2), make.member()
    for who, works in ((customer, True), (other, True)):
        confirm_answer(by=who, post=answer, works=works)

    def as_it_is():
        answer.refresh_from_db()
        thread.refresh_from_db()
        return (
            list(Confirmation.objects.order_by("pk").values_list("member", "voice", "works", "at")),
            (answer.confirmed_by_asker_at, answer.others_confirmed_count, answer.hidden_at),
            (Member.objects.get(pk=answer.author_id).helped_count, thread.state, thread.reply_count),
        )

    before = as_it_is()
    flag = flag_thing(by=make.member(), thing=answer, why="abuse")
    uphold_flag(by=moderator, flag=flag, because=WHY)
    assert not Confirmation.objects.exists()

    undo_decision(by=moderator, case=flag.case)

    assert as_it_is() == before
    settings.FLAGS_HIDE_AT = 0.1
    flag = flag_thing(by=agent, thing=answer, why="abuse")
    assert not Confirmation.objects.exists()
    decline_flag(by=moderator, flag=flag, because="It is an answer.")
    assert as_it_is() == before


def test_what_is_hidden_by_hand_is_as_before_in_the_log_only(thread, moderator, peer):
    answer = thread.posts.get(number=2)
    flag = flag_thing(by=make.member(), thing=answer, why="abuse")
    hide_post(by=moderator, post=answer, because=WHY)
    uphold_flag(by=moderator, flag=flag, because=WHY)

    undo_decision(by=moderator, case=flag.case)

    answer.refresh_from_db()
    assert answer.hidden_because == WHY
