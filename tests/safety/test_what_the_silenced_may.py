"""Whoever is silenced reads. Every press there is, by whoever makes it: refused with the reason, or allowed for one."""

import pytest
from django.db import transaction

from community.moderation.actions import sanction_member
from community.people.models import Role
from tests import make
from tests.safety.stage import PRESSES, set_stage
from tests.safety.test_only_what_a_form_asks_for import browser_of

pytestmark = pytest.mark.django_db

OWN = "It is his own, and nobody else reads it."
WITH_SUPPORT = "What an organisation and support have with each other, no moderator takes from it."
HOUSE = "Work of the house, which says nothing in the community."
MAY = {
    OWN: {
        *("threads:draft_discard", "threads:draft_question", "threads:draft_question_discard", "threads:preview"),
        *("threads:upload", "threads:attachment_remove", "threads:bookmark", "threads:follow", "threads:read"),
        *("threads:save_filter", "threads:drop_filter", "inbox:read", "inbox:read_all", "people:language"),
        *("inbox:mail", "inbox:stop_mail"),
    },
    "He still is somebody, and says who.": {"people:settings", "people:leave", "people:mute", "people:own_data"},
    "Only the team reads it: what he says against the decision, what harms him, what did not help him.": {
        *("moderation:appeal", "moderation:sanction", "moderation:flag", "desk:complaint"),
        *("moderation:flag_thread", "moderation:flag_profile", "moderation:flag_file", "moderation:withdraw_held"),
    },
    WITH_SUPPORT: {
        *("requests:new", "requests:close", "requests:reopen", "requests:severity", "requests:draft"),
        *("requests:copy_in", "requests:take_out"),
        *("requests:draft_discard", "desk:call", "desk:call_here", "desk:call_leave", "desk:escalate"),
        *("desk:deadline_decide", "organisations:agreements", "organisations:people", "organisations:end_seat"),
        *("organisations:swap", "organisations:withdraw", "organisations:invitation", "organisations:second_factor"),
    },
    HOUSE: {
        *("desk:act", "desk:call_take", "desk:call_back", "desk:escalation_take", "desk:rota", "desk:shift_drop"),
        *("desk:reply_add", "desk:reply_change", "desk:reply_drop", "desk:complaint_answer", "desk:same_case"),
        *("tickets:link", "tickets:make", "tickets:unlink", "tickets:close", "tickets:send_again"),
        *("run_again", "run_all_again"),
    },
}
# In words for support, not for the silenced: somebody else writes down what he asked.
FOR_ANOTHER = {("desk:write_down", 422), ("desk:part_case", 422)}


def test_whoever_is_silenced_presses_in_vain_but_for_what_is_his_own():
    stage = set_stage()
    judge = make.member("judge", role=Role.ADMINISTRATOR)
    for member in vars(stage.people).values():
        sanction_member(by=judge, member=member, kind="silence", because="Threats.")

    passed, unexplained = set(), set()
    for press in PRESSES:
        with transaction.atomic():
            answer = browser_of(stage, press.who).post(press.address(stage), press.data(stage))
            transaction.set_rollback(True)
        if answer.status_code < 400:
            passed.add(press.name)
        elif answer.status_code != 403 or "You are silenced for good: “Threats.”" not in answer.content.decode():
            unexplained.add((press.name, answer.status_code))

    assert unexplained == FOR_ANOTHER
    assert passed == set().union(*MAY.values())
