from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from community.people.models import Member
from community.threads.models import EntryKind, Lane, LogEntry, State, Thread
from tests import make
from tests.importing.foreign import post, thread

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)


def conversation(foreign_id=1) -> dict:
    return thread(
        foreign_id,
        post(1, "ada", "2026-03-01T10:00:00Z", "The *first* one."),
        post(3, "grace", "2026-03-01T12:00:00+01:00", "An answer."),
        post(7, "ada", "2026-03-02T09:30:00Z", "Thank you."),
    )


def test_authors_times_and_order_are_kept(importing, file_of):
    importing(file_of(conversation()))

    taken = Thread.objects.get()
    posts = taken.posts.order_by("number")
    assert [post.number for post in posts] == [1, 2, 3]
    assert [post.author.handle for post in posts] == ["ada", "grace", "ada"]
    assert [post.created_at for post in posts] == [TEN, TEN.replace(hour=11), TEN + timedelta(hours=23, minutes=30)]
    assert [post.body for post in posts] == ["The *first* one.", "An answer.", "Thank you."]
    assert posts[0].html == "<p>The <em>first</em> one.</p>\n"


def test_a_thread_counts_and_knows_its_last_word(importing, file_of):
    importing(file_of(conversation()))

    taken = Thread.objects.get()
    assert (taken.title, taken.author.handle, taken.created_at) == ("Keys expired", "ada", TEN)
    assert (taken.post_count, taken.reply_count, taken.seq, taken.team_seq) == (3, 2, 3, 0)
    assert (taken.last_poster.handle, taken.last_post_at) == ("ada", TEN + timedelta(hours=23, minutes=30))


def test_the_log_says_when_each_post_was_written(importing, file_of):
    importing(file_of(conversation()))

    log = LogEntry.objects.order_by("seq")
    assert [(entry.seq, entry.lane, entry.kind, entry.actor.handle) for entry in log] == [
        (1, Lane.ALL, EntryKind.ASKED, "ada"),
        (2, Lane.ALL, EntryKind.REPLIED, "grace"),
        (3, Lane.ALL, EntryKind.REPLIED, "ada"),
    ]
    assert [entry.at for entry in log] == [entry.post.created_at for entry in log]


def test_posts_stand_in_the_order_of_their_numbers_even_if_times_say_otherwise(importing, file_of):
    later = post(1, at="2026-03-05T00:00:00Z", body="written first")
    earlier = post(2, "grace", at="2026-03-01T00:00:00Z", body="written second")

    importing(file_of(thread(1, earlier, later)))

    taken = Thread.objects.get()
    assert list(taken.posts.order_by("number").values_list("body", flat=True)) == ["written first", "written second"]
    assert taken.last_poster.handle == "ada"


def test_nobody_knows_whether_an_answer_from_elsewhere_helped(importing, file_of):
    importing(file_of(conversation()))

    assert Thread.objects.get().state == State.UNKNOWN


def test_a_question_that_only_its_asker_answered_waits_for_us_since_it_was_asked(importing, file_of):
    importing(file_of(thread(1, post(1), post(2, at="2026-03-09T10:00:00Z", body="Anybody?"))))

    taken = Thread.objects.get()
    assert (taken.state, taken.state_since) == (State.WAITING_US, TEN)


def test_authors_have_neither_address_nor_password_and_joined_with_their_first_post(importing, file_of):
    importing(file_of(thread(1, post(1, at="2026-03-05T10:00:00Z")), thread(2, post(1))))

    ada = Member.objects.get()
    assert (ada.handle, ada.email, ada.joined_at) == ("ada", "", TEN)
    assert not ada.has_usable_password()


@pytest.mark.parametrize(
    ("author", "handle", "name"),
    [
        ("member-00454", "member-00454", ""),
        ("Zoë  Müller", "Zoe-Muller", "Zoë Müller"),
        ("admin", "member-admin", "admin"),
        ("佐伯", "member", "佐伯"),
        ("x", "member-x", "x"),
        ("a" * 80, "a" * 30, "a" * 60),
    ],
)
def test_an_author_keeps_the_name_whatever_the_handle_becomes(importing, file_of, author, handle, name):
    importing(file_of(thread(1, post(1, author))))

    member = Member.objects.get()
    assert member.name == name
    assert member.handle == handle or member.handle == f"{handle}-2"


def test_an_author_is_never_taken_for_a_member_who_is_here_already(importing, file_of):
    here = make.member(handle="tallow")

    importing(file_of(thread(1, post(1, "tallow"), post(2, "tal1ow"))))

    handles = list(Thread.objects.get().posts.order_by("number").values_list("author__handle", flat=True))
    assert handles == ["tallow-2", "tal1ow-3"]
    assert not here.posts.exists()


def test_threads_go_to_the_space_that_is_named(importing, file_of):
    make.space(slug="archive")

    importing(file_of(thread(1)), space="archive")

    assert Thread.objects.get().space.slug == "archive"


def test_an_unknown_space_is_refused_and_nothing_is_taken(importing, file_of):
    report = importing(file_of(thread(1)), space="nowhere")

    assert report.failed
    assert "There is no space nowhere" in report
    assert not Thread.objects.exists()


def test_what_was_taken_over_agrees_with_its_rows(importing, file_of, capsys):
    importing(file_of(conversation(), thread(2), thread(3, post(1, "grace"), post(2, "grace"))))

    call_command("check_consistency")

    assert "agrees" in capsys.readouterr().out
