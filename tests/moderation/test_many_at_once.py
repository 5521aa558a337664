"""One decision about many threads: each is done or says why not, and all of it is taken back within ten seconds."""

from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import begin_batch, continue_batch, lock_thread, pin_thread, undo_batch
from community.moderation.models import Batch, Decision, ItemOutcome
from community.moderation.tasks import carry_on
from community.people.models import Member, Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.models import State, Thread
from tests import make
from tests.moderation.test_merging import wrong

pytestmark = pytest.mark.django_db
STANDS = ("pk", "space", "state", "state_since", "hidden_at", "merged_into")
LATER = timedelta(seconds=13)


@pytest.fixture
def twelve(customer):
    space = make.space("Mail", slug="mail")
    return [make.thread(by=customer, space=space, title=f"Question {number}") for number in range(12)]


@pytest.fixture(autouse=True)
def noon():
    clock.set_to(clock.now())
    yield
    clock.reset()


def done(batch: Batch) -> list[str]:
    return list(batch.items.order_by("pk").values_list("outcome", flat=True))


def keys(threads) -> list[int]:
    return [thread.pk for thread in threads]


def test_twelve_are_locked_on_the_page_and_taken_back(moderator, twelve, visiting_as, client, caplog):
    caplog.set_level("INFO", logger="moderation")
    browser = visiting_as(moderator)
    assert "Choose several" in browser.get("/threads/").text
    assert "Choose several" not in client.get("/threads/").text

    answer = browser.post(
        "/moderation/choose/?space=mail", {"thread": keys(twelve), "act": "lock", "because": "One place for it."}
    )

    page = browser.get(answer.url).text
    assert ("12 done." in page, "Take all of it back" in page) == (True, True)
    assert Thread.objects.exclude(locked_at=None).filter(locked_because="One place for it.").count() == 12
    clock.advance(timedelta(seconds=9))
    undone = browser.post(f"{answer.url}undo/")
    assert "12 taken back." in browser.get(undone.url).text
    assert Thread.objects.exclude(locked_at=None).count() == 0
    told = [record for record in caplog.records if record.name == "moderation"]
    assert [(line.getMessage(), line.batch, line.member, line.act, line.counts) for line in told] == [
        ("many threads at once: done", Batch.objects.get().pk, moderator.pk, "lock", {"done": 12}),
        ("many threads at once: taken back", Batch.objects.get().pk, moderator.pk, "lock", {"undone": 12}),
    ]
    assert (browser.post(f"{answer.url}undo/").status_code, Decision.objects.count()) == (409, 24)
    assert not wrong()


def test_after_ten_seconds_it_is_too_late(moderator, twelve):
    batch = begin_batch(by=moderator, threads=keys(twelve), act="lock", because="So.")
    continue_batch(batch.pk)

    clock.advance(LATER)

    with pytest.raises(OutOfStep, match="too late"):
        undo_batch(by=moderator, batch=batch)
    assert Thread.objects.exclude(locked_at=None).count() == 12


def test_what_somebody_changed_since_stays(moderator, twelve):
    batch = begin_batch(by=moderator, threads=keys(twelve[:3]), act="close", because="Answered elsewhere.")
    continue_batch(batch.pk)
    pin_thread(by=make.member(role=Role.MODERATOR), thread=twelve[1])

    undo_batch(by=moderator, batch=batch)
    continue_batch(batch.pk)

    assert done(batch) == [ItemOutcome.UNDONE, ItemOutcome.KEPT, ItemOutcome.UNDONE]
    states = Thread.objects.filter(pk__in=keys(twelve[:3])).order_by("pk").values_list("state", "state_since")
    assert states[0] == (State.WAITING_US, twelve[0].state_since)
    assert [state for state, _since in states] == [State.WAITING_US, State.CLOSED, State.WAITING_US]
    assert not wrong()


@pytest.mark.parametrize("act", ["move", "merge", "hide", "close", "tag", "untag"])
def test_each_act_is_done_and_taken_back(act, moderator, twelve):
    target, *others = twelve
    tag = make.tag("Signing")
    for thread in others:
        thread.tags.set([tag] if act == "untag" else [])
    before = list(Thread.objects.order_by("pk").values(*STANDS, "tags"))
    about = {"space": make.space(), "into": target, "tag": tag, "because": "So."}

    batch = begin_batch(by=moderator, threads=keys(others), act=act, **about)
    continue_batch(batch.pk)
    assert done(batch) == [ItemOutcome.DONE] * 11
    assert list(Thread.objects.order_by("pk").values(*STANDS, "tags")) != before
    undo_batch(by=moderator, batch=batch)
    continue_batch(batch.pk)

    after = list(Thread.objects.order_by("pk").values(*STANDS, "tags"))
    assert after == before
    assert not wrong()


def test_what_cannot_be_done_says_why_and_keeps_nobody_else_from_it(moderator, twelve, visiting_as):
    lock_thread(by=moderator, thread=twelve[0], because="Before.")

    batch = begin_batch(by=moderator, threads=[*keys(twelve), 999_999], act="lock", because="So.")
    continue_batch(batch.pk)

    assert done(batch) == [ItemOutcome.REFUSED, *[ItemOutcome.DONE] * 11]
    page = visiting_as(moderator).get(batch.get_absolute_url()).text
    assert ("11 done. 1 refused." in " ".join(page.split()), "This thread is already locked." in page) == (True, True)


def test_a_tag_is_given_on_the_page_to_those_that_lack_it_and_have_room(moderator, twelve, visiting_as):
    tag, *others = (make.tag(name) for name in ("Signing", "Two", "Three", "Four", "Five", "Six"))
    twelve[0].tags.set([tag])
    twelve[1].tags.set(others)
    browser = visiting_as(moderator)

    answer = browser.post("/moderation/choose/", {"thread": keys(twelve), "act": "tag", "tag": "#signing"})

    page = " ".join(browser.get(answer.url).text.split())
    assert all(said in page for said in ("Give a tag: <bdi>Signing</bdi>", "10 done. 2 refused.", "has 5 tags already"))
    assert tag.threads.count() == 11
    made = Decision.objects.filter(verb="tagged").first()
    assert (made.after, made.thread.log.latest("seq").kind) == ("Signing", "retitled")


def test_a_restart_goes_on_where_it_stopped(moderator, twelve):
    batch = begin_batch(by=moderator, threads=keys(twelve), act="lock", because="So.")

    assert continue_batch(batch.pk, most=5)
    assert done(batch).count(ItemOutcome.DONE) == 5
    carry_on.func(batch.pk)
    carry_on.func(batch.pk)

    batch.refresh_from_db()
    assert (done(batch), batch.is_at_work) == ([ItemOutcome.DONE] * 12, False)
    assert Decision.objects.count() == 12


def test_whoever_loses_the_role_in_the_middle_decides_no_more(moderator, twelve):
    batch = begin_batch(by=moderator, threads=keys(twelve), act="lock", because="So.")
    continue_batch(batch.pk, most=5)
    Member.objects.filter(pk=moderator.pk).update(role=Role.CUSTOMER)

    carry_on.func(batch.pk)

    assert done(batch) == [*[ItemOutcome.DONE] * 5, *[ItemOutcome.REFUSED] * 7]
    assert Thread.objects.exclude(locked_at=None).count() == 5


def test_what_is_missing_is_said_and_nobody_else_may(moderator, customer, twelve, visiting_as):
    browser = visiting_as(moderator)
    for sent, words in (
        ({"act": "lock", "because": "So."}, "Choose at least one thread."),
        ({"act": "lock", "thread": keys(twelve)}, "Give a reason."),
        ({"act": "move", "thread": keys(twelve)}, "Choose a space"),
        ({"act": "merge", "thread": keys(twelve), "into": "x"}, "There is no thread with this number."),
        ({"act": "tag", "thread": keys(twelve)}, "Name one tag."),
        ({"act": "untag", "thread": keys(twelve), "tag": "nowhere"}, "There is no tag “nowhere”."),
    ):
        answer = browser.post("/moderation/choose/", sent)
        assert (answer.status_code, words in answer.text) == (422, True)
    with pytest.raises(Invalid, match="up to 5000"):
        begin_batch(by=moderator, threads=list(range(5001)), act="lock", because="So.")
    with pytest.raises(NotAllowed):
        begin_batch(by=customer, threads=keys(twelve), act="lock", because="So.")
    assert visiting_as(customer).get("/moderation/choose/").status_code == 403
    assert not Batch.objects.exists()


def test_the_whole_list_is_one_press(moderator, twelve, visiting_as):
    make.thread(title="Elsewhere")

    visiting_as(moderator).post("/moderation/choose/?space=mail", {"all": "1", "act": "lock", "because": "So."})

    assert set(Thread.objects.filter(locked_at=None).values_list("title", flat=True)) == {"Elsewhere"}
