"""What whoever is new here may put into a post, and how often they post; said so that it can be mended at once."""

from datetime import timedelta

import pytest

from community import clock
from community.moderation import watch
from community.moderation.actions import set_limits
from community.moderation.models import Limits
from community.people.models import Role, Trust
from community.policy import Invalid
from community.threads.actions import ask_question, edit_post, post_reply
from community.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db
SIX = " ".join(f"https://site{number}.example/" for number in range(6))


@pytest.fixture(autouse=True)
def newcomers_have_limits(settings):
    settings.NEWCOMER_LIMITS = True


@pytest.fixture
def administrator(db):
    return make.member("keeper", role=Role.ADMINISTRATOR)


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (SIX, "5 links into a post for now; this has 6. Take some out."),
        ("".join(f"![p{n}](/attachments/{n}/a.png) " for n in range(4)), "3 pictures"),
        ("".join(f"[p{n}](/attachments/{n}/a.log) " for n in range(4)), "3 files"),
        (" ".join(f"@somebody{n}" for n in range(6)), "mention 5 people in a post for now; this has 6"),
    ],
)
def test_a_newcomer_is_told_what_to_take_out_and_loses_nothing(body, words, peer, thread, visiting_as):
    page = visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": body})

    assert page.status_code == 422
    assert words in page.text
    assert body.split()[0] in page.context["form"]["body"].value()
    assert thread.posts.count() == 1


def test_links_in_code_do_not_count_and_whoever_is_known_or_of_the_team_has_no_limit(peer, moderator, thread):
    post_reply(by=peer, thread=thread, body=f"From the log:\n\n```\n{SIX}\n```")
    post_reply(by=make.member(trust=Trust.KNOWN), thread=thread, body=SIX)
    post_reply(by=moderator, thread=thread, body=SIX)

    assert thread.posts.count() == 4


def test_an_edit_that_adds_nothing_passes_and_one_that_adds_does_not(peer, thread):
    post = make.reply(thread, by=peer)
    Post.objects.filter(pk=post.pk).update(body=SIX)
    post.refresh_from_db()

    edit_post(by=peer, post=post, body=f"{SIX} Better.", seen_revision=0)
    post.refresh_from_db()
    with pytest.raises(Invalid, match="this has 7"):
        edit_post(by=peer, post=post, body=f"{SIX} https://seven.example/", seen_revision=1)


def test_as_many_posts_as_an_hour_may_have_and_the_time_of_the_next(
    administrator, peer, thread, frozen_clock_for_limits
):
    set_limits(by=administrator, levels={Trust.NEW: {"posts_an_hour": 2}})
    first = make.reply(thread, by=peer, body="One.")
    make.reply(thread, by=peer, body="Two.")
    Post.objects.filter(pk=first.pk).update(created_at=clock.now() - timedelta(minutes=30))
    peer.time_zone = "Asia/Tokyo"

    with pytest.raises(Invalid, match=r"2 times in an hour for now\. You can post again at 21:30\."):
        post_reply(by=peer, thread=thread, body="Three.")
    with pytest.raises(Invalid, match="again at 21:30"):
        ask_question(by=peer, space=thread.space, title="Another", body="Four.")
    edit_post(by=peer, post=first, body="One, mended.", seen_revision=0)
    Post.objects.filter(pk=first.pk).update(created_at=clock.now() - timedelta(hours=1))
    post_reply(by=peer, thread=thread, body="Three.")


@pytest.fixture
def frozen_clock_for_limits(monkeypatch):
    """Noon, by which "half past nine in Tokyo" can be told."""
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: noon)


def test_what_is_sent_twice_is_one_post_even_at_the_limit(administrator, peer, thread):
    set_limits(by=administrator, levels={Trust.NEW: {"posts_an_hour": 1}})

    once = post_reply(by=peer, thread=thread, body="One.", token="one-form")

    assert post_reply(by=peer, thread=thread, body="One.", token="one-form") == once


def test_a_new_limit_counts_at_once_in_a_process_that_remembers_another(administrator, peer, thread, monkeypatch):
    post_reply(by=peer, thread=thread, body="One.")
    remembered = watch.remembered()
    set_limits(by=administrator, levels={Trust.NEW: {"posts_an_hour": 1}})
    monkeypatch.setattr(watch, "_held", remembered)

    with pytest.raises(Invalid, match="1 time in an hour"):
        post_reply(by=peer, thread=thread, body="Two.")


def test_administrators_change_limits_moderators_read_them_and_others_do_not(
    administrator, moderator, peer, visiting_as
):
    browser = visiting_as(administrator)
    refused = browser.post("/moderation/trust/", {"do": "limits", "level0-posts_an_hour": "0", "level0-links": "2"})
    kept = browser.post("/moderation/trust/", {"do": "limits", "level0-links": "2", "level1-pictures": "8"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "greater than or equal to 1" in refused.text
    assert [(row.trust, row.links, row.pictures, row.posts_an_hour) for row in Limits.objects.order_by("trust")] == [
        (0, 2, None, None),
        (1, None, 8, None),
        (2, None, None, None),
        (3, None, None, None),
    ]
    assert "at most 2 links in a post" in visiting_as(moderator).get("/moderation/trust/").text
    assert visiting_as(moderator).post("/moderation/trust/", {"do": "limits"}).status_code == 403
    assert visiting_as(peer).get("/moderation/trust/").status_code == 403
