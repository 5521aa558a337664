"""Some posts become a thread of their own: links at both ends, numbers and pages that stay, counts that are right."""

import pytest

from community.inbox.models import Notice, NoticeKind
from community.inbox.tasks import tell_of_splitting
from community.live.frames import catch_up
from community.moderation.actions import flag_thing, hide_post, lock_thread, pin_thread, split_thread
from community.moderation.models import Decision, Verb
from community.people.models import Member
from community.policy import Invalid, NotAllowed
from community.threads.actions import accept_answer, confirm_answer, mark_read, post_reply
from community.threads.models import EntryKind, Kind, State, Thread
from tests import make
from tests.moderation.test_merging import wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def drifted(customer, peer):
    """Nine posts; in 7 to 9 somebody asks about printing and is helped."""
    thread = make.thread(by=customer, space=make.space("Mail", slug="mail"), title="Keys expired")
    for number in range(2, 7):
        make.reply(thread, by=peer if number % 2 else customer, body=f"About keys {number}.")
    prints = make.member("prints")
    make.reply(thread, by=prints, body="My printer stands still, too.")
    make.reply(thread, by=peer, body="Which printer is it?", kind="question")
    make.reply(thread, by=make.member("knows"), body="Turn it off and on.", kind="solution")
    thread.refresh_from_db()
    return thread


def split(thread: Thread, by, posts=(7, 8, 9), **more) -> Thread:
    what = {"space": make.space("Printing"), "title": "The printer stands still", "because": "Another matter."} | more
    return split_thread(by=by, thread=thread, posts=list(posts), **what)


def test_the_posts_stand_in_the_new_thread_and_a_line_keeps_their_places(client, moderator, drifted):
    seventh, ninth = drifted.posts.get(number=7), drifted.posts.get(number=9)
    file = make.attachment(by=seventh.author, post=seventh)

    new = split(drifted, moderator)

    drifted.refresh_from_db()
    assert new.posts.get(number=1) == seventh
    assert (new.author, new.post_count, new.reply_count, new.state) == (seventh.author, 3, 2, State.ANSWERED)
    assert (drifted.post_count, drifted.reply_count, drifted.moved_count) == (9, 5, 3)
    assert drifted.last_poster == drifted.posts.get(number=6).author
    old, fresh = client.get(drifted.address).text, client.get(new.address).text
    assert "My printer stands still" not in old
    assert old.count(f"moved to #{new.pk}") == 3
    assert f'This began in <a href="/threads/{drifted.pk}/">#{drifted.pk}</a>.' in fresh
    assert client.get(ninth.permalink).url == f"{new.address}#post-{ninth.pk}"
    file.refresh_from_db()
    assert file.post.thread_id == new.pk
    assert post_reply(by=drifted.author, thread=drifted, body="Back to keys.").number == 10
    assert not wrong()


def test_the_lines_stand_before_what_happened_after_the_posts(client, moderator, drifted):
    pin_thread(by=moderator, thread=drifted)
    new = split(drifted, moderator)

    page = client.get(drifted.address).text

    words = ("About keys 6.", f"moved to #{new.pk}", "pinned this", "moved posts to a thread of their own")
    places = [page.index(said) for said in words]
    assert places == sorted(places)


def test_both_logs_and_the_decision_say_so(moderator, drifted):
    new = split(drifted, moderator)

    assert drifted.log.latest("seq").kind == EntryKind.SPLIT_OFF
    assert list(new.log.order_by("seq").values_list("kind", flat=True)) == [
        EntryKind.ASKED,
        EntryKind.REPLIED,
        EntryKind.REPLIED,
        EntryKind.SPLIT_FROM,
    ]
    made = Decision.objects.get()
    assert (made.verb, made.because, made.after) == (Verb.SPLIT, "Another matter.", f"#{new.pk}")


def test_whoever_watches_is_told_once(moderator, drifted, customer, peer):
    new = split(drifted, moderator)

    for _twice in range(2):
        tell_of_splitting.func(new.pk, moderator.pk)

    told = Notice.objects.filter(kind=NoticeKind.SPLIT_OFF)
    assert sorted(told.values_list("member__handle", "thread", "count")) == sorted(
        (member.handle, new.pk, 1)
        for member in (customer, peer, *Member.objects.filter(handle__in=("prints", "knows")))
    )
    assert new.follows.count() == new.follower_count == 3


def test_whoever_catches_up_gets_the_lines_and_none_of_the_words(moderator, drifted):
    cellar = make.space("Cellar", team_only=True)

    split(drifted, moderator, space=cellar)
    drifted.refresh_from_db()
    caught = catch_up(drifted, 0)

    assert "printer" not in str(caught)
    moved = drifted.moved_posts.values_list("post", flat=True)
    assert all("moved to" in caught["frames"][-1]["regions"][f"post-{pk}"] for pk in moved)


def test_what_people_said_of_an_answer_goes_with_it_in_their_new_voices(moderator, agent, customer, drifted):
    answer, asker = drifted.posts.get(number=9), drifted.posts.get(number=7).author
    confirm_answer(by=customer, post=answer, works=True)
    confirm_answer(by=asker, post=answer, works=True)
    accept_answer(by=agent, post=answer)

    new = split(drifted, moderator)

    drifted.refresh_from_db()
    new.refresh_from_db()
    answer.refresh_from_db()
    facts = ("accepted_by_support_at", "confirmed_by_asker_at", "others_confirmed_count")
    assert [bool(getattr(drifted, fact)) for fact in facts] == [False] * 3
    assert (new.state, new.best, new.others_confirmed_count) == (State.CONFIRMED, answer, 1)
    assert drifted.state in (State.WAITING_US, State.WAITING_ASKER)
    assert not wrong()


def test_the_question_back_that_moved_is_waited_for_no_longer(moderator, customer, peer):
    thread = make.thread(by=customer)
    make.reply(thread, by=peer, body="My printer, too.")
    make.reply(thread, by=peer, body="Is yours grey?", kind=Kind.QUESTION)

    split(thread, moderator, posts=(2, 3))

    thread.refresh_from_db()
    assert thread.state == State.WAITING_US
    assert not wrong()


def test_whoever_had_read_it_all_has_read_it_all(moderator, customer, drifted):
    mark_read(by=customer, thread=drifted, number=6)
    split(drifted, moderator)
    late = make.member()

    mark_read(by=late, thread=Thread.objects.get(pk=drifted.pk), number=6)

    assert set(drifted.read_marks.filter(member__in=(customer, late)).values_list("number", flat=True)) == {9}


def test_what_cannot_be_moved_says_why(moderator, agent, customer, drifted):
    answer = drifted.posts.get(number=9)
    accept_answer(by=agent, post=answer)
    hide_post(by=moderator, post=drifted.posts.get(number=4), because="Advertising.")
    for posts, words in (
        ([1, 2], "question stays"),
        ([], "between 1 and 200"),
        ([40], "no post 40"),
        ([4], "no post 4"),
        ([9], "answer"),
    ):
        with pytest.raises(Invalid, match=words):
            split(drifted, moderator, posts=posts)
    with pytest.raises(NotAllowed, match="Only moderators"):
        split(drifted, customer)


def test_what_waits_about_a_post_waits_where_the_post_is_now(moderator, drifted, customer):
    flag = flag_thing(by=customer, thing=drifted.posts.get(number=8), why="abuse")

    new = split(drifted, moderator)

    flag.case.refresh_from_db()
    assert flag.case.space == new.space


def test_on_the_page_and_then_locked_with_a_reason_everybody_reads(client, moderator, drifted, visiting_as):
    space = make.space("Printing")
    browser = visiting_as(moderator)
    sent = {"posts": "7\u20138, 9", "title": "Printer", "space": space.pk, "genre": "question", "because": "Apart."}

    menu = browser.get(f"/posts/{drifted.posts.get(number=7).pk}/menu/").text
    assert f"/threads/{drifted.pk}/curate/?posts=7-9#split" in menu
    assert 'value="7-9"' in browser.get(f"/threads/{drifted.pk}/curate/?posts=7-9").text
    wrong_ones = browser.post(f"/threads/{drifted.pk}/curate/split/", sent | {"posts": "seven"})
    answer = browser.post(f"/threads/{drifted.pk}/curate/split/", sent)

    assert (wrong_ones.status_code, "Give numbers, for example 7-9, 12." in wrong_ones.text) == (422, True)
    new = Thread.objects.get(split_from=drifted)
    assert (answer.url, new.space) == (new.address, space)
    lock_thread(by=moderator, thread=new, because="It is repaired.")
    assert "It is repaired." in client.get(new.address).text
