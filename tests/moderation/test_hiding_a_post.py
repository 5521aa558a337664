import pytest

from community.moderation.actions import hide_post, unhide_post
from community.moderation.models import Verb
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.actions import accept_answer, delete_post
from community.threads.models import EntryKind, Lane, State
from tests import make

pytestmark = pytest.mark.django_db

WHY = "It helps nobody."


@pytest.fixture
def post(thread):
    return thread.posts.get(number=2)


def test_a_hidden_post_keeps_its_place_and_says_why(thread, post, moderator, client, decision):
    hide_post(by=moderator, post=post, because=WHY)

    page = client.get(thread.get_absolute_url())
    thread.refresh_from_db()
    assert WHY in page.text
    assert post.body not in page.text
    assert [shown.number for shown in page.context["record"].posts] == [1, 2]
    assert thread.reply_count == 0
    entry = thread.log.get(seq=thread.seq)
    assert (entry.lane, entry.kind, entry.post, entry.actor) == (Lane.ALL, EntryKind.HIDDEN, post, moderator)
    made = decision()
    assert (made.verb, made.post, made.thread, made.member, made.because) == (
        Verb.HID_POST,
        post,
        thread,
        post.author,
        WHY,
    )


def test_it_comes_back_with_its_words(thread, post, moderator, client, decision):
    hide_post(by=moderator, post=post, because=WHY)

    unhide_post(by=moderator, post=post, because="It does help.")

    thread.refresh_from_db()
    assert post.body in client.get(thread.get_absolute_url()).text
    assert thread.reply_count == 1
    assert thread.log.get(seq=thread.seq).kind == EntryKind.UNHIDDEN
    assert (decision().verb, decision().because) == (Verb.SHOWED_POST, "It does help.")


def test_its_author_reads_the_reason_and_his_words_others_do_not(thread, post, peer, customer, moderator, visiting_as):
    hide_post(by=moderator, post=post, because=WHY)

    reads = {who: visiting_as(who).get(f"/posts/{post.pk}/", follow=True).text for who in (peer, customer, None)}

    assert all(WHY in page for page in reads.values())
    assert post.body not in reads[customer]
    assert post.body not in reads[None]


def test_an_accepted_answer_that_is_hidden_answers_no_longer(thread, post, agent, moderator):
    accept_answer(by=agent, post=post)

    hide_post(by=moderator, post=post, because=WHY)

    thread.refresh_from_db()
    assert (thread.state, thread.best, thread.accepted_by_support_at) == (State.WAITING_US, None, None)


def test_a_note_is_hidden_on_the_teams_lane(thread, moderator, agent):
    note = make.reply(thread, by=agent, kind="note")
    thread.refresh_from_db()
    seq, replies = thread.seq, thread.reply_count

    hide_post(by=moderator, post=note, because=WHY)

    thread.refresh_from_db()
    assert (thread.seq, thread.reply_count) == (seq, replies)
    assert thread.log.get(lane=Lane.TEAM, seq=thread.team_seq).kind == EntryKind.HIDDEN


@pytest.mark.parametrize("who", ["customer", "peer", "agent"])
def test_only_moderators_hide_and_show(who, post, moderator, request, visiting_as, trace):
    somebody = request.getfixturevalue(who)
    before = trace()

    with pytest.raises(NotAllowed, match="Only moderators do this"):
        hide_post(by=somebody, post=post, because=WHY)
    page = visiting_as(somebody).post(f"/posts/{post.pk}/hide/", {"because": WHY})

    assert (page.status_code, "Only moderators do this." in page.text) == (403, True)
    assert trace() == before

    hide_post(by=moderator, post=post, because=WHY)
    before = trace()
    with pytest.raises(NotAllowed, match="Only moderators do this"):
        unhide_post(by=somebody, post=post, because=WHY)
    assert trace() == before


@pytest.mark.parametrize(("path", "heading"), [("hide", "Hide this post"), ("unhide", "Show this post again")])
def test_the_page_asks_for_a_reason_and_keeps_what_was_typed(path, heading, post, moderator, visiting_as, trace):
    if path == "unhide":
        hide_post(by=moderator, post=post, because=WHY)
    before = trace()
    browser = visiting_as(moderator)

    empty = browser.post(f"/posts/{post.pk}/{path}/", {"because": " "})
    long = browser.post(f"/posts/{post.pk}/{path}/", {"because": "Because " + "x" * 300})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Give a reason." in empty.text
    assert "Because xxx" in long.text
    assert trace() == before
    assert heading in browser.get(f"/posts/{post.pk}/{path}/").text
    assert browser.post(f"/posts/{post.pk}/{path}/", {"because": WHY}).status_code == 302


def test_what_is_already_so_is_said(post, moderator, visiting_as, trace):
    browser = visiting_as(moderator)
    with pytest.raises(OutOfStep, match="not hidden"):
        unhide_post(by=moderator, post=post, because=WHY)
    hide_post(by=moderator, post=post, because=WHY)
    before = trace()

    with pytest.raises(OutOfStep, match="already removed"):
        hide_post(by=moderator, post=post, because=WHY)

    assert browser.post(f"/posts/{post.pk}/hide/", {"because": WHY}).status_code == 409
    assert trace() == before


def test_a_deleted_post_is_not_hidden_and_a_hidden_one_may_be_deleted_and_shown(thread, post, peer, moderator):
    hide_post(by=moderator, post=post, because=WHY)
    delete_post(by=moderator, post=post, because="Advertising.")
    thread.refresh_from_db()
    assert thread.reply_count == 0

    unhide_post(by=moderator, post=post, because="The deletion says it.")

    thread.refresh_from_db()
    assert thread.reply_count == 0
    with pytest.raises(OutOfStep, match="already removed"):
        hide_post(by=moderator, post=post, because=WHY)


def test_a_question_is_hidden_with_its_thread(thread, moderator, visiting_as, trace):
    question = thread.posts.get(number=1)
    before = trace()

    with pytest.raises(Invalid, match="Hide the thread instead"):
        hide_post(by=moderator, post=question, because=WHY)
    page = visiting_as(moderator).post(f"/posts/{question.pk}/hide/", {"because": WHY})

    assert (page.status_code, "Hide the thread instead" in page.text) == (422, True)
    assert trace() == before
