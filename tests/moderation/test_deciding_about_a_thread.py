"""Lock, pin, move, close, merge, hide, and take each of them back."""

import pytest
from django.utils.html import escape

from community.moderation.models import Decision
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.models import Lane
from tests import make

pytestmark = pytest.mark.django_db

ACTS = ["lock", "unlock", "pin", "unpin", "move", "close", "reopen", "merge", "unmerge", "hide", "unhide"]
WITH_REASON = ["lock", "close", "hide", "unhide", "unmerge"]


@pytest.fixture(params=ACTS)
def act(request, acts):
    acts[request.param].name = request.param
    return acts[request.param]


def form_of(act) -> dict:
    """What the page sends for an act."""
    return {name: getattr(value, "pk", value) for name, value in act.takes.items() if name != "thread"}


def test_each_act_is_one_row_in_the_log_that_everybody_counts(act, moderator, thread):
    act.prepare()
    thread.refresh_from_db()
    seq = thread.seq

    act.action(by=moderator, **act.takes)

    thread.refresh_from_db()
    entry = thread.log.get(lane=Lane.ALL, seq=seq + 1)
    assert (entry.kind, entry.actor, entry.post) == (act.entry, moderator, None)
    assert (thread.seq, thread.team_seq) == (seq + 1, 0)


def test_each_act_is_one_decision_with_its_reason_and_what_it_changed(act, moderator, thread, decision):
    act.prepare()
    before = Decision.objects.count()

    act.action(by=moderator, **act.takes)

    assert Decision.objects.count() == before + 1
    made = decision()
    assert (made.verb, made.actor, made.thread, made.post, made.member) == (act.verb, moderator, thread, None, act.told)
    because = act.because or (f"The same problem as {act.after}." if act.name == "merge" else "")
    assert (made.because, made.before, made.after) == (because, act.before, act.after)


@pytest.mark.parametrize("who", ["customer", "peer", "agent"])
def test_nobody_else_may_and_nothing_has_happened(act, who, request, trace):
    act.prepare()
    before = trace()

    with pytest.raises(NotAllowed, match="Only moderators do this"):
        act.action(by=request.getfixturevalue(who), **act.takes)

    assert trace() == before


@pytest.mark.parametrize("who", [None, "customer", "peer", "agent"])
def test_on_the_page_nobody_else_may_either(act, who, request, thread, trace, visiting_as):
    act.prepare()
    before = trace()
    browser = visiting_as(request.getfixturevalue(who) if who else None)

    answer = browser.post(f"/threads/{thread.pk}/curate/{act.name}/", form_of(act))

    if who:
        assert (answer.status_code, "Only moderators do this." in answer.text) == (403, True)
    else:
        assert answer.url.startswith("/accounts/login/")
    assert trace() == before


def test_the_page_does_it_and_leads_back_to_the_thread(act, moderator, thread, visiting_as, decision):
    act.prepare()

    answer = visiting_as(moderator).post(f"/threads/{thread.pk}/curate/{act.name}/", form_of(act), follow=True)

    thread.refresh_from_db()
    assert answer.redirect_chain == [(thread.get_absolute_url(), 302)]
    assert "Done. It stands in the log." in answer.text
    assert (decision().verb, decision().actor) == (act.verb, moderator)


def test_what_is_already_so_is_said_and_not_done_twice(act, moderator, thread, visiting_as, trace):
    act.prepare()
    act.action(by=moderator, **act.takes)
    before = trace()

    with pytest.raises((OutOfStep, Invalid), match=r"already|is not"):
        act.action(by=moderator, **act.takes)
    answer = visiting_as(moderator).post(f"/threads/{thread.pk}/curate/{act.name}/", form_of(act))

    # To choose the space where it stands is a mistake in the form, not a race.
    assert answer.status_code == (422 if act.name == "move" else 409)
    assert trace() == before


@pytest.mark.parametrize("name", WITH_REASON)
@pytest.mark.parametrize("because", ["", "   ", "\n\t"])
def test_a_reason_is_asked_for(name, because, acts, moderator, thread, visiting_as, trace):
    acts[name].prepare()
    before = trace()

    with pytest.raises(Invalid, match="Give a reason"):
        acts[name].action(by=moderator, thread=thread, because=because)
    answer = visiting_as(moderator).post(f"/threads/{thread.pk}/curate/{name}/", {"because": because})

    assert answer.status_code == 422
    assert "Give a reason. The person concerned reads it." in answer.text
    assert trace() == before


def test_a_reason_too_long_is_given_back_as_it_was_typed(moderator, thread, visiting_as, trace):
    typed = "Because <b>of</b> " + "x" * 300
    before = trace()

    answer = visiting_as(moderator).post(f"/threads/{thread.pk}/curate/close/", {"because": typed})

    assert answer.status_code == 422
    assert escape(typed) in answer.text
    assert trace() == before


@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("move", {"space": ""}, "required"),
        ("move", {"space": "99999"}, "not one of the available choices"),
        ("move", {"space": "x" * 50, "because": "My words."}, "My words."),
        ("merge", {"into": ""}, "required"),
        ("merge", {"into": "99999"}, "There is no thread with this number."),
        ("merge", {"into": "#1x"}, "There is no thread with this number."),
        ("merge", {"into": "٣"}, "There is no thread with this number."),
        ("merge", {"into": "-1"}, "There is no thread with this number."),
        ("merge", {"into": "1\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(name, sent, says, moderator, thread, visiting_as, trace):
    before = trace()

    answer = visiting_as(moderator).post(f"/threads/{thread.pk}/curate/{name}/", sent)

    assert answer.status_code == 422
    assert says in answer.text
    assert trace() == before


def test_a_merged_thread_leads_to_a_thread_that_leads_nowhere_else(acts, moderator, thread):
    acts["merge"].action(by=moderator, **acts["merge"].takes)
    third = make.thread()

    with pytest.raises(Invalid, match="is merged itself"):
        acts["merge"].action(by=moderator, thread=third, into=thread)
    with pytest.raises(Invalid, match="not merged into itself"):
        acts["merge"].action(by=moderator, thread=third, into=third)

    third.refresh_from_db()
    assert third.merged_into is None


def test_an_act_that_does_not_exist_is_not_found(moderator, thread, visiting_as):
    assert visiting_as(moderator).post(f"/threads/{thread.pk}/curate/delete/").status_code == 404
    assert visiting_as(moderator).post("/threads/99999/curate/lock/", {"because": "x"}).status_code == 404
    assert visiting_as(moderator).get(f"/threads/{thread.pk}/curate/lock/").status_code == 405


def test_the_page_offers_what_can_be_done_now(moderator, thread, acts, visiting_as):
    browser = visiting_as(moderator)
    offered = {act.name for act, _form in browser.get(f"/threads/{thread.pk}/curate/").context["acts"]}
    assert offered == {"lock", "pin", "move", "close", "merge", "move_posts", "split", "slow", "plan", "hide"}

    for name in ("lock", "pin", "close", "hide"):
        acts[name].action(by=moderator, **acts[name].takes)

    page = browser.get(f"/threads/{thread.pk}/curate/")
    assert {act.name for act, _form in page.context["acts"]} == {
        *("unlock", "unpin", "move", "reopen", "merge", "move_posts", "split", "slow", "plan", "unhide")
    }
    assert page.text.count("It is off topic.") == 3
