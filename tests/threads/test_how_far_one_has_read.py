import pytest

from community import clock
from community.threads.actions import mark_read
from community.threads.models import ReadMark
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    """Eighty posts of others."""
    thread = make.thread()
    people = [make.member() for _ in range(2)]
    for number in range(79):
        make.reply(thread, by=people[number % 2])
    thread.refresh_from_db()
    return thread


def read_to(member) -> int | None:
    return ReadMark.objects.filter(member=member).values_list("number", flat=True).first()


def test_reading_goes_forward_only(peer, thread, visiting_as):
    browser = visiting_as(peer)

    for number in ("30", "12", "x", "-4", "", "9" * 30):
        assert browser.post(f"/threads/{thread.pk}/read/", {"number": number}).status_code == 204

    assert read_to(peer) == 30


def test_nobody_reads_further_than_there_is(peer, visiting_as):
    thread = make.thread()

    visiting_as(peer).post(f"/threads/{thread.pk}/read/", {"number": "50"})

    assert read_to(peer) == 1


def test_a_visitor_leaves_no_mark(client, thread):
    assert client.post(f"/threads/{thread.pk}/read/", {"number": "5"}).status_code == 204
    assert client.get(f"/threads/{thread.pk}/seen/20/").status_code == 200

    assert not ReadMark.objects.filter(number=5).exists()


def test_opening_a_page_marks_nothing_where_scripts_can_tell_what_was_seen(peer, thread, visiting_as):
    visiting_as(peer).get(thread.get_absolute_url())

    assert read_to(peer) is None


def test_without_scripts_an_image_counts_the_page_as_read(peer, thread, visiting_as):
    browser = visiting_as(peer)

    page = browser.get(thread.get_absolute_url(2)).content.decode()
    pixel = browser.get(f"/threads/{thread.pk}/seen/40/")

    assert f'<noscript><img src="/threads/{thread.pk}/seen/40/"' in page
    assert pixel["Content-Type"] == "image/gif"
    assert "no-store" in pixel["Cache-Control"]
    assert read_to(peer) == 40


def test_the_jump_to_the_first_unread_lands_on_its_page(peer, thread, visiting_as):
    mark_read(by=peer, thread=thread, number=30)
    first_unread = thread.posts.get(number=31)

    answer = visiting_as(peer).get(f"/threads/{thread.pk}/unread/")

    assert answer["Location"] == f"{thread.get_absolute_url(2)}#post-{first_unread.pk}"


def test_the_jump_leads_to_the_top_on_a_first_visit_and_to_the_end_when_all_is_read(peer, thread, visiting_as):
    browser = visiting_as(peer)

    at_first = browser.get(f"/threads/{thread.pk}/unread/")["Location"]
    mark_read(by=peer, thread=thread, number=80)
    at_last = browser.get(f"/threads/{thread.pk}/unread/")["Location"]

    assert at_first == visiting_as(None).get(f"/threads/{thread.pk}/unread/")["Location"] == thread.get_absolute_url()
    assert at_last == f"{thread.get_absolute_url(4)}#post-{thread.posts.get(number=80).pk}"


def test_a_line_says_how_many_are_new_where_they_begin(peer, thread, visiting_as):
    mark_read(by=peer, thread=thread, number=30)
    browser = visiting_as(peer)

    first, second, third = (browser.get(thread.get_absolute_url(page)).content.decode() for page in (1, 2, 3))

    assert "50 new since you were here" in second
    assert second.index("50 new") < second.index(f'id="post-{thread.posts.get(number=31).pk}"')
    assert second.index("50 new") > second.index(f'id="post-{thread.posts.get(number=30).pk}"')
    for elsewhere in (first, third):
        assert f'50 new since you were here. <a href="/threads/{thread.pk}/unread/">' in elsewhere
        assert 'id="new"' not in elsewhere


def test_ones_own_words_are_not_new(peer, visiting_as):
    thread = make.thread()
    mark_read(by=peer, thread=thread, number=1)
    make.reply(thread, by=make.member())
    make.reply(thread, by=peer)

    page = visiting_as(peer).get(thread.get_absolute_url()).content.decode()

    assert "1 new since you were here" in page


def test_when_all_is_read_there_is_no_line(peer, visiting_as):
    thread = make.thread()
    mark_read(by=peer, thread=thread, number=1)

    assert "since you were here" not in visiting_as(peer).get(thread.get_absolute_url()).content.decode()


def test_the_mark_keeps_the_time_of_the_last_visit(peer, thread):
    mark_read(by=peer, thread=thread, number=3)

    assert abs((ReadMark.objects.get(member=peer).at - clock.now()).total_seconds()) < 5
