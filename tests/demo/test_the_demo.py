from datetime import timedelta

import pytest
from django.core.management import call_command

from community import clock
from community.moderation.models import Case, Flag
from community.people.models import Member
from community.spaces.models import Openness, Space, Tag
from community.threads.models import Audience, Genre, Kind, LogEntry, Post, State, Thread, Voice
from community.tickets.models import TicketLink
from forum.consistency import faults
from forum.demo.building import is_built
from forum.demo.people import DOORS, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_every_state_is_on_show():
    assert set(Thread.objects.values_list("state", flat=True)) == set(State.values)


def test_every_sort_of_thread_and_post_is_on_show():
    assert set(Thread.objects.values_list("genre", flat=True)) == set(Genre.values)
    assert set(Post.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert Thread.objects.filter(audience=Audience.NAMED, aside=None).count() == 1
    assert Thread.objects.filter(audience=Audience.NAMED, aside__isnull=False).count() == 1


@pytest.mark.parametrize("mark", ["locked_at", "closed_at", "hidden_at", "pinned_at", "with_support_at", "merged_into"])
def test_every_mark_is_on_show(mark):
    assert Thread.objects.exclude(**{mark: None}).exists()


def test_removed_flagged_and_edited_posts_are_on_show():
    assert Post.objects.exclude(deleted_at=None).exclude(number=1).exists()
    assert Post.objects.exclude(hidden_at=None).exclude(number=1).exists()
    assert Post.objects.filter(revision_count__gt=0).exists()
    assert Flag.objects.waiting().count() == 5


def test_a_post_that_flags_hid_and_the_words_of_a_former_member_are_on_show():
    hidden = Case.objects.get(hid_at__isnull=False)
    former = Post.objects.exclude(author__erased_at=None).get()

    assert hidden.decided_at is None
    assert hidden.post.hidden_at == hidden.hid_at
    assert former.is_removed is False
    assert "zinnia" not in former.author.handle


def test_one_question_has_just_come_and_one_has_waited_for_two_days():
    unanswered = Thread.objects.visible_to(Member.objects.get(handle="tallow")).unanswered()
    ages = [clock.now() - thread.created_at for thread in unanswered]

    assert min(ages) < timedelta(minutes=5)
    assert max(ages) > timedelta(days=2)


def test_the_first_thread_of_the_look_is_told_as_it_was_drawn():
    thread = Thread.objects.get(title__startswith="Signing keys expired after a rebuild")
    said = [(post.author.handle, post.kind) for post in thread.posts.order_by("number").exclude(number=None)]

    assert said == [
        ("fenwick-it", Kind.INFORMATION),
        ("desk-2", Kind.ACKNOWLEDGEMENT),
        ("tallow", Kind.QUESTION),
        ("fenwick-it", Kind.INFORMATION),
        ("tallow", Kind.WORKAROUND),
        ("desk-2", Kind.SOLUTION),
        ("fenwick-it", Kind.INFORMATION),
        ("desk-2", Kind.SOLUTION),
        ("pinegrid", Kind.INFORMATION),
    ]
    assert (thread.state, thread.me_too_count) == (State.ANSWERED, 41)
    assert (thread.others_confirmed_count, thread.others_failed_count) == (14, 3)
    assert thread.best.number == 8
    assert TicketLink.objects.get().number == "R-88"


def test_an_asker_confirmed_a_peer_answered_and_support_answered_unconfirmed():
    confirmed = Thread.objects.filter(state=State.CONFIRMED)
    answered = Thread.objects.filter(state=State.ANSWERED)

    assert confirmed.filter(best__author__role="customer", best__confirmations__voice=Voice.ASKER).exists()
    assert answered.filter(best__is_official=True, confirmed_by_asker_at=None).exists()
    assert answered.filter(best__author__role="customer").exists()


def test_the_long_thread_has_code_tables_quotes_and_a_picture():
    thread = Thread.objects.order_by("-post_count").first()
    html = "".join(thread.posts.values_list("html", flat=True))

    assert thread.post_count >= 58
    for tag in ("<table", "<pre", "<blockquote", "<img"):
        assert tag in html


def test_pictures_belong_to_the_posts_that_show_them():
    with_pictures = Post.objects.filter(body__contains="/attachments/").distinct()

    assert with_pictures.count() == 4
    assert all(post.attachments.get().is_image for post in with_pictures)


def test_people_write_from_both_sides():
    assert Thread.objects.filter(title__contains="الهاتف").exists()
    assert Member.objects.filter(name__contains="سميرة").exists()


def test_spaces_have_two_levels_and_one_is_for_the_team():
    assert Space.objects.exclude(parent=None).exists()
    assert Space.objects.filter(readers=Openness.TEAM).count() == 1
    assert Tag.objects.exclude(merged_into=None).exists()


def test_it_all_happened_before_now_and_over_several_days():
    moments = [entry.at for entry in LogEntry.objects.all()]

    assert max(moments) <= clock.now()
    assert clock.now() - min(moments) > timedelta(days=8)


def test_each_log_is_in_the_order_of_time():
    for thread in Thread.objects.all():
        for lane in ("all", "team"):
            moments = list(thread.log.filter(lane=lane).order_by("seq").values_list("at", flat=True))
            assert moments == sorted(moments)


def test_every_number_agrees_with_its_rows():
    assert list(faults()) == []


def test_everybody_at_the_door_can_come_in_and_nobody_else():
    able = [member for member in Member.objects.all() if member.has_usable_password()]

    assert {member.handle for member in able} == set(DOORS)
    assert all(member.check_password(PASSWORD) for member in able)


def test_a_second_time_nothing_happens(settings, capsys, django_assert_max_num_queries):
    settings.DEMO_SIGN_IN = True
    before = [model.objects.count() for model in (Member, Thread, Post, LogEntry)]

    with django_assert_max_num_queries(1):
        call_command("demo")

    assert is_built()
    assert "The demo is loaded." in capsys.readouterr().out
    assert [model.objects.count() for model in (Member, Thread, Post, LogEntry)] == before
