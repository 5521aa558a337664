"""What one wrote stays behind where one may no longer go, and tells nothing of what happened there since."""

import pytest
from django.test import Client

from community.moderation.actions import move_thread
from community.people.models import Role
from community.threads.actions import bookmark, delete_post, follow, retitle_thread, vote
from community.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db

NEW_TITLE = "zqsecret"


@pytest.fixture
def left_behind():
    """A member's reply, deleted by himself, in a thread that was then moved away from him and renamed."""
    writer, keeper = make.member("writer"), make.member(role=Role.ADMINISTRATOR)
    thread = make.thread()
    reply = make.reply(thread, by=writer)
    other = make.reply(thread)
    bookmark(by=writer, post=other)
    vote(by=writer, post=other)
    follow(by=writer, thread=thread)
    delete_post(by=writer, post=reply, because="Wrong.")
    move_thread(by=keeper, thread=thread, space=make.space(team_only=True))
    retitle_thread(by=keeper, thread=thread, title=NEW_TITLE)
    browser = Client()
    browser.force_login(writer)
    return browser, reply


def test_a_post_is_not_brought_back_there(left_behind):
    browser, reply = left_behind

    answer = browser.post(f"/posts/{reply.pk}/restore/")

    assert answer.status_code == 404
    assert Post.objects.get(pk=reply.pk).deleted_at


def test_no_page_of_ones_own_tells_its_new_name(left_behind):
    browser, _reply = left_behind
    pages = ["/people/writer/", "/threads/?show=followed", "/threads/?show=unread", "/drafts/", "/moderation/mine/"]

    assert [page for page in pages if NEW_TITLE in browser.get(page).content.decode()] == []


def test_a_question_that_was_deleted_by_its_asker_is_brought_back_by_him():
    asker = make.member()
    thread = make.thread(by=asker)
    delete_post(by=asker, post=thread.posts.get(), because="Never mind.")
    browser = Client()
    browser.force_login(asker)

    answer = browser.post(f"/posts/{thread.posts.get().pk}/restore/")

    assert answer.status_code == 302
    assert browser.get(thread.get_absolute_url()).status_code == 200
