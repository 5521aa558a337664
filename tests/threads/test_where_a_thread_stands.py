import re
from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.moderation.actions import close_thread
from community.threads.actions import confirm_answer, unaccept_answer
from community.threads.models import Genre, State, Thread
from community.threads.pages.best import best_of
from community.threads.pages.state import state_line
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    clock.set_to(NOON)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def said(client, thread, *, more: bool = False) -> str:
    """The sentence of the house under the title; with `more`, what follows from it."""
    page = client.get(Thread.objects.get(pk=thread.pk).get_absolute_url()).content.decode()
    section = re.search(r'data-live-region="state".*?</section>', page, re.DOTALL)[0]
    found = re.search(rf'<p class="house{"-more" if more else ""}">(.*?)</p>', section, re.DOTALL)
    return words(found[1]).replace(" ,", ",").replace(" .", ".") if found else ""


def question(customer, **details):
    product = make.product(versions=("7.3", "7.2"))
    return make.thread(by=customer, product=product, version=product.versions.get(name="7.2"), **details)


def test_a_new_question_waits_for_us(client, customer):
    thread = question(customer)
    clock.advance(timedelta(hours=3, minutes=12))

    assert said(client, thread) == "Waiting for us for 3 h 12 min."
    assert said(client, thread, more=True) == "Nobody has answered yet."


def test_a_question_back_waits_for_the_asker_and_says_what_is_asked(client, customer, peer, visiting_as):
    thread = question(customer)
    make.reply(thread, by=peer, kind="question", body="Did the machine get a new name?")
    clock.advance(timedelta(minutes=40))

    assert said(client, thread) == "Waiting for the asker for 40 min."
    assert said(client, thread, more=True) == "tallow asks: Did the machine get a new name?"
    assert said(visiting_as(customer), thread) == "Waiting for you for 40 min."
    assert said(visiting_as(customer), thread, more=True).endswith("We go on as soon as you answer.")


def test_a_workaround_leaves_a_solution_owed(client, customer, peer):
    thread = question(customer)
    clock.advance(timedelta(hours=4))
    make.reply(thread, by=peer, kind="workaround")
    clock.advance(timedelta(hours=16))

    assert said(client, thread) == "A workaround is known; a solution is owed since 20 h 00 min."


def test_support_has_answered_and_the_asker_has_not_said_so(client, customer, agent, visiting_as):
    thread = question(customer)
    make.reply(thread, by=agent, kind="solution")
    clock.advance(timedelta(hours=3, minutes=18))

    assert said(client, thread) == "Answered by support 3 h 18 min ago, not yet confirmed by the asker."
    assert said(visiting_as(customer), thread) == "Did this solve it? Support answered 3 h 18 min ago."
    assert "Nobody will close this for you." in said(visiting_as(customer), thread, more=True)


def test_a_peers_answer_is_not_called_supports(client, customer, peer, visiting_as):
    thread = question(customer)
    make.reply(thread, by=peer, kind="solution")
    clock.advance(timedelta(minutes=5))

    assert said(client, thread) == "Answered by tallow 5 min ago, not yet confirmed by the asker."
    assert said(visiting_as(customer), thread) == "Did this solve it? tallow answered 5 min ago."


def test_confirmed_on_a_version_by_the_asker_and_by_others(client, customer, agent):
    thread = question(customer)
    answer = make.reply(thread, by=agent, kind="solution")
    clock.advance(timedelta(hours=18, minutes=20))
    confirm_answer(by=customer, post=answer, works=True)
    for _ in range(3):
        confirm_answer(by=make.member(), post=answer, works=True)

    assert said(client, thread) == "Confirmed by the asker on 7.2, by 3 others."
    assert "Solved after 18 h 20 min." in said(client, thread, more=True)


def test_others_say_where_it_works_and_where_it_failed(client, customer, agent):
    thread = question(customer)
    answer = make.reply(thread, by=agent, kind="solution")
    for works, name in ((True, "7.2"), (True, "7.2"), (False, "7.3")):
        version = thread.product.versions.get(name=name)
        confirm_answer(by=make.member(), post=answer, works=works, version=version)

    assert said(client, thread, more=True) == "2 others say it works on 7.2. It failed for 1 on 7.3."
    columns = best_of(Thread.objects.for_page().get(pk=thread.pk)).works
    assert [(c.version, c.works, c.failed, c.is_as_asked) for c in columns] == [
        ("7.2", 2, 0, True),
        ("7.3", 0, 1, False),
    ]


def test_still_broken_waits_for_us_again(client, customer, agent):
    thread = question(customer)
    answer = make.reply(thread, by=agent, kind="solution")
    confirm_answer(by=customer, post=answer, works=False)
    clock.advance(timedelta(minutes=26))

    assert said(client, thread) == "The asker says it is still broken. Waiting for us for 26 min."
    assert "What was proposed did not work for the asker." in client.get(thread.get_absolute_url()).text


def test_a_new_answer_after_a_broken_one_is_open_again(client, customer, agent):
    thread = question(customer)
    broken = make.reply(thread, by=agent, kind="solution")
    confirm_answer(by=customer, post=broken, works=False)
    make.reply(thread, by=agent, kind="solution")

    page = client.get(thread.get_absolute_url()).content.decode()

    assert "Asker: not yet" in page
    assert "Did not work for the asker" in page


def test_a_closed_question_says_why(client, customer, moderator):
    thread = question(customer)

    close_thread(by=moderator, thread=thread, because="No longer supported since March.")

    assert said(client, thread) == "Closed without an answer."
    assert said(client, thread, more=True) == (
        "Reason, by a moderator: No longer supported since March. The asker can answer this."
        " It did not help you? Tell support"
    )


def test_long_silence_is_not_called_solved(client, customer, agent):
    thread = question(customer)
    make.reply(thread, by=agent, kind="solution")
    Thread.objects.filter(pk=thread.pk).update(state=State.UNKNOWN)
    clock.advance(timedelta(days=40))

    assert said(client, thread) == "We do not know whether this helped."


@pytest.mark.parametrize(
    ("genre", "sentence"),
    [
        (Genre.DISCUSSION, "An open discussion. The last word came 0 min ago."),
        (Genre.ANNOUNCEMENT, "Announced by osier 0 min ago."),
    ],
)
def test_where_nothing_is_asked_nobody_waits(client, moderator, genre, sentence):
    assert said(client, make.thread(by=moderator, genre=genre)) == sentence


def test_the_three_facts_are_three(client, customer, peer, agent):
    thread = question(customer)
    answer = make.reply(thread, by=peer, kind="solution")
    confirm_answer(by=make.member(), post=answer, works=True)

    page = client.get(thread.get_absolute_url()).content.decode()

    assert [fact in page for fact in ("Support: no", "Asker: not yet", "Others: 1")] == [True] * 3


def test_a_title_in_a_closed_place_is_never_told(client, customer):
    """The line names another thread only where every reader of it may read that one too."""
    secret = make.thread(by=make.member(role="agent"), space=make.space(team_only=True), title="Acquisition")
    thread = question(customer)
    Thread.objects.filter(pk=thread.pk).update(merged_into=secret)

    page = client.get(thread.get_absolute_url(), follow=True)
    assert (page.redirect_chain, page.status_code) == ([(f"/threads/{thread.pk}/merged/", 302)], 200)
    assert "Acquisition" not in page.text


def test_the_line_asks_the_database_once_at_most(customer, peer, agent, django_assert_max_num_queries):
    thread = question(customer)
    make.reply(thread, by=peer, kind="question")
    unaccepted = make.reply(thread, by=agent, kind="solution")
    unaccept_answer(by=agent, post=unaccepted)
    loaded = Thread.objects.for_page().get(pk=thread.pk)
    best = best_of(loaded)

    with django_assert_max_num_queries(1):
        state_line(loaded, best)
