from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import decline_flag, flag_thing, hide_post, uphold_flag
from community.moderation.models import Decision, Flag, Outcome, Verb
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import delete_post
from tests import make

pytestmark = pytest.mark.django_db

WHY = "It sells something."


@pytest.fixture
def post(thread):
    """The peer's answer."""
    return thread.posts.get(number=2)


@pytest.fixture
def flags(post, customer) -> list[Flag]:
    """Two people flagged the same post, the later one for the graver reason."""
    clock.set_to(clock.now())
    first = flag_thing(by=customer, thing=post, why="spam", words="Buy, buy.")
    clock.advance(timedelta(minutes=3))
    return [first, flag_thing(by=make.member("sanne"), thing=post, why="abuse", words="And rude.")]


def test_an_upheld_flag_hides_the_post_and_every_flag_on_it_is_decided(post, flags, thread, moderator, decision):
    uphold_flag(by=moderator, flag=flags[0], because=WHY)

    post.refresh_from_db()
    assert (post.hidden_because, post.hidden_at is not None) == (WHY, True)
    for flag in Flag.objects.all():
        assert (flag.outcome, flag.decided_by, flag.decided_because) == (Outcome.UPHELD, moderator, WHY)
        assert flag.decided_at == clock.now()
    made = decision()
    assert (made.verb, made.actor, made.post, made.thread, made.member) == (
        Verb.UPHELD_FLAG,
        moderator,
        post,
        thread,
        post.author,
    )
    assert (made.because, made.before, made.after) == (WHY, "abuse, spam", "upheld")
    assert (made.was, made.became) == ("Abusive or hurtful, Spam or advertising", "upheld")
    assert Decision.objects.count() == 1


def test_a_declined_flag_leaves_the_post_as_it_is(post, flags, thread, moderator, decision):
    seq = thread.seq

    decline_flag(by=moderator, flag=flags[1], because="It is an answer.")

    post.refresh_from_db()
    thread.refresh_from_db()
    assert (post.hidden_at, thread.seq) == (None, seq)
    assert {flag.outcome for flag in Flag.objects.all()} == {Outcome.DECLINED}
    assert (decision().verb, decision().after) == (Verb.DECLINED_FLAG, "declined")


def test_a_flag_on_a_question_hides_its_thread(thread, peer, moderator):
    flag = flag_thing(by=peer, thing=thread.posts.get(number=1), why="spam")

    uphold_flag(by=moderator, flag=flag, because=WHY)

    thread.refresh_from_db()
    assert (thread.is_hidden, thread.hidden_because) == (True, WHY)
    assert thread.posts.get(number=1).hidden_at is None


@pytest.mark.parametrize("remove", [hide_post, delete_post])
def test_what_was_removed_meanwhile_is_not_removed_twice(remove, post, flags, thread, moderator):
    remove(by=moderator, post=post, because="Advertising.")
    thread.refresh_from_db()
    seq = thread.seq

    uphold_flag(by=moderator, flag=flags[0], because=WHY)

    post.refresh_from_db()
    thread.refresh_from_db()
    assert thread.seq == seq
    assert "Advertising." in (post.hidden_because, post.deleted_because)
    assert not Flag.objects.waiting().exists()


@pytest.mark.parametrize("act", [uphold_flag, decline_flag])
def test_the_second_of_two_moderators_is_told_who_was_first(act, post, flags, moderator, trace):
    decline_flag(by=moderator, flag=flags[0], because="It is an answer.")
    before = trace()

    for flag in flags:
        with pytest.raises(OutOfStep, match="already declined by osier"):
            act(by=make.member(f"second-{flag.pk}q", role=Role.MODERATOR), flag=flag, because=WHY)

    assert trace() == before


def test_on_the_page_the_second_moderator_gets_a_409_with_the_name(flags, moderator, visiting_as, trace):
    uphold_flag(by=moderator, flag=flags[0], because=WHY)
    before = trace()
    second = visiting_as(make.member("wanda", role=Role.MODERATOR))

    answer = second.post(f"/moderation/flags/{flags[1].pk}/", {"because": "Fine with me.", "decline": "1"})

    assert answer.status_code == 409
    assert "already upheld by osier" in answer.text
    assert trace() == before


@pytest.mark.parametrize("who", ["customer", "peer", "agent"])
@pytest.mark.parametrize(("act", "button"), [(uphold_flag, "uphold"), (decline_flag, "decline")])
def test_only_moderators_decide(who, act, button, flags, request, visiting_as, trace):
    somebody = request.getfixturevalue(who)
    before = trace()

    with pytest.raises(NotAllowed, match="Only moderators do this"):
        act(by=somebody, flag=flags[0], because=WHY)
    page = visiting_as(somebody).post(f"/moderation/flags/{flags[0].pk}/", {"because": WHY, button: "1"})

    assert (page.status_code, "Only moderators do this." in page.text) == (403, True)
    assert trace() == before


@pytest.mark.parametrize(("sent", "says"), [({"because": "  "}, "Give a reason."), ({"because": "y" * 301}, "y" * 301)])
def test_a_reason_is_asked_for_and_what_was_typed_is_kept(sent, says, flags, moderator, visiting_as, trace):
    before = trace()

    page = visiting_as(moderator).post(f"/moderation/flags/{flags[0].pk}/", sent | {"uphold": "1"})

    assert page.status_code == 422
    assert says in page.text
    assert "Buy, buy." in page.text
    assert "And rude." in page.text
    assert trace() == before
    with pytest.raises(Invalid, match="Give a reason"):
        uphold_flag(by=moderator, flag=flags[0], because=" ")


def test_without_a_button_nothing_is_decided(flags, moderator, visiting_as, trace):
    before = trace()

    page = visiting_as(moderator).post(f"/moderation/flags/{flags[0].pk}/", {"because": "My words."})

    assert (page.status_code, "My words." in page.text) == (422, True)
    assert trace() == before
    assert visiting_as(moderator).post("/moderation/flags/99999/", {"because": "x", "uphold": "1"}).status_code == 404


@pytest.mark.parametrize(("button", "outcome"), [("uphold", "upheld"), ("decline", "declined")])
def test_the_page_decides_and_leads_back_to_the_queue(button, outcome, flags, moderator, visiting_as):
    sent = {"because": WHY, button: "1"}

    page = visiting_as(moderator).post(f"/moderation/flags/{flags[0].pk}/", sent, follow=True)

    assert page.redirect_chain == [("/moderation/", 302)]
    assert f"The flag is {outcome}." in page.text
    assert {flag.outcome for flag in Flag.objects.all()} == {outcome}
