"""The SQL of a question is made once (community.prepared): it answers every reader as if it had been made for him."""

import pytest
from django.db.models import F

from community import clock, prepared
from community.people.models import Member, Role
from community.prepared import Among, Numbers
from community.search.queries import readable
from community.threads.lists import Counted, counts_of_lists, lists_for, page_of_list
from community.threads.models import Audience, Draft, Post, ReadMark, Thread
from community.threads.views.finding import all_threads, the_thread
from community.threads.views.reading import threads_for_page
from tests import make

pytestmark = pytest.mark.django_db


def ids_of_all(threads, reader, above):
    return threads(reader).visible_to(reader).filter(pk__gt=above).order_by("pk")


@pytest.fixture
def threads(customer, agent) -> list[Thread]:
    """One for each sort of reader."""
    company = make.organisation()
    make.seat(company, customer)
    members = make.space("House", slug="house", members=[customer])
    return [
        make.thread(by=customer),
        make.thread(by=customer, space=members),
        make.thread(by=agent, space=make.space("Cellar", slug="cellar", team_only=True)),
        make.thread(by=agent, audience=Audience.TEAM),
        make.thread(by=customer, audience=Audience.NAMED),
        make.thread(by=customer, audience=Audience.ORGANISATION, organisation=company),
        make.thread(by=customer, hidden_at=clock.now(), hidden_because="Beside the point."),
    ]


def test_each_reader_finds_his_own_whoever_asked_before(threads, customer, peer, moderator, agent):
    readers = [customer, peer, make.member(), moderator, agent, make.member(role=Role.ADMINISTRATOR), prepared.VISITOR]

    found = {
        (reader.pk, thread.pk): prepared.first(the_thread, bring, reader, thread.pk)
        for bring in (all_threads, threads_for_page)
        for reader in readers
        for thread in threads
    }

    assert {pair for pair, thread in found.items() if thread is not None} == {
        (reader.pk, thread.pk) for reader in readers for thread in Thread.objects.visible_to(reader)
    }
    for reader in readers:
        asked = prepared.rows(ids_of_all, all_threads, reader, threads[1].pk)
        assert asked == list(ids_of_all(all_threads, reader, threads[1].pk))


def test_each_reader_has_the_lists_that_are_his_whoever_asked_before(threads, customer, peer, moderator, agent):
    colleague, muting, suspended = make.member(), make.member(muted=[customer.pk]), make.member(role=Role.MODERATOR)
    make.seat(threads[5].organisation, colleague)
    suspended.suspended_at, suspended.suspended_because = clock.now(), "Not here."
    readers = [customer, colleague, peer, muting, moderator, suspended, agent, prepared.VISITOR]

    for reader in readers:
        readable = Thread.objects.visible_to(reader).shown_in_lists()
        totals = Counted(prepared.rows(counts_of_lists, reader, None), lists_for(reader)).totals()
        for show, (_name, condition) in lists_for(reader).items():
            found = prepared.rows(page_of_list, reader, (show, False, 0, 30), None, None, None, None, None)
            assert found == list(readable.filter(condition).pinned_then_newest())
            assert totals[show] == len(found)


def test_each_reader_finds_the_words_that_are_his_whoever_searched_before(threads, customer, peer, moderator, agent):
    colleague = make.member()
    make.seat(threads[5].organisation, colleague)
    posts = list(Post.objects.values_list("pk", flat=True))

    for reader in (customer, colleague, peer, moderator, agent, prepared.VISITOR):
        found = {hit.thread_id for hit in readable(posts, reader)}
        assert found == {thread.pk for thread in Thread.objects.visible_to(reader).shown_in_lists()}


def test_a_list_says_to_each_member_what_is_new_for_him(customer, peer, visiting_as):
    thread = make.thread(by=customer, title="Each has read another part")
    make.reply(thread, by=make.member())
    make.reply(thread, by=make.member())
    for reader, number in ((customer, 3), (peer, 2)):
        ReadMark.objects.update_or_create({"number": number, "at": clock.now()}, member=reader, thread=thread)

    lists = {
        reader: visiting_as(reader).get("/threads/").content.decode()
        for reader in (customer, peer, make.member(), None)
    }

    assert ["1 new" in lists[reader] for reader in lists] == [False, True, False, False]
    assert [f'href="/threads/{thread.pk}/unread/"' in lists[reader] for reader in lists] == [False, True, False, False]


def test_who_has_lost_his_role_finds_no_more_than_others(threads, moderator):
    team = threads[3]
    assert prepared.first(the_thread, all_threads, moderator, team.pk) == team

    suspended = Member.objects.get(pk=moderator.pk)
    suspended.suspended_at, suspended.suspended_because = clock.now(), "Not here."
    moderator.role = Role.CUSTOMER

    assert prepared.first(the_thread, all_threads, moderator, team.pk) is None
    assert prepared.first(the_thread, all_threads, suspended, team.pk) is None


def test_what_a_page_brings_along_is_the_readers_own(customer, peer, visiting_as):
    thread = make.thread(by=customer)
    for reader, words in ((customer, "What I began"), (peer, "Something else")):
        Draft.objects.create(author=reader, thread=thread, body=words, updated_at=clock.now())

    pages = {reader: visiting_as(reader).get(thread.get_absolute_url()).content.decode() for reader in (customer, peer)}

    assert ("What I began" in pages[customer], "Something else" in pages[customer]) == (True, False)
    assert ("What I began" in pages[peer], "Something else" in pages[peer]) == (False, True)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_has_finds_nothing(peer, number):
    make.thread()

    assert prepared.first(the_thread, all_threads, peer, number) is None


def threads_among(numbers):
    return Thread.objects.filter(Among(F("pk"), numbers)).order_by("pk").values_list("pk", flat=True)


def test_however_many_numbers_are_one_question(threads):
    numbers = [thread.pk for thread in threads]
    prepared.rows(threads_among, Numbers([2**40]))
    made = prepared.made.cache_info().currsize

    assert [prepared.rows(threads_among, Numbers(numbers[:count])) for count in (0, 1, 7)] == [[], numbers[:1], numbers]
    assert prepared.made.cache_info().currsize == made


def by_the_clock(above):
    return Thread.objects.filter(pk__gt=above, created_at__lt=clock.now())


def by_sums(page):
    return Thread.objects.filter(pk__gt=page * 20)


def by_name(reader):
    return Thread.objects.filter(title=reader.name)


@pytest.mark.parametrize("question", [by_the_clock, by_sums])
def test_what_is_true_only_this_once_is_not_kept(question):
    with pytest.raises(TypeError, match=f"{question.__name__} is not made of its values alone"):
        prepared.rows(question, 1)


def test_of_a_reader_a_question_knows_only_who_he_is_and_what_he_may(peer):
    with pytest.raises(Exception, match="name"):
        prepared.rows(by_name, peer)
