"""When words become other HTML than before, old posts can be made again."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from community.threads.actions import attach_file, post_reply
from community.threads.models import LogEntry, Post
from tests import make
from tests.threads.test_opening_files import picture

pytestmark = pytest.mark.django_db


def render_again() -> str:
    told = StringIO()
    call_command("render_again", stdout=told)
    return told.getvalue()


def test_a_picture_from_before_sizes_were_known_keeps_its_place_from_now_on(peer):
    shown = attach_file(by=peer, file=SimpleUploadedFile("picture.png", picture(), content_type="image/png"))
    post = post_reply(by=peer, thread=make.thread(), body=shown.markdown)
    today = post.html
    Post.objects.filter(pk=post.pk).update(html=today.replace(' width="8"', "").replace(' height="6"', ""))
    said = LogEntry.objects.count()

    told = render_again()

    assert told.startswith("1 posts have another HTML now")
    assert 'width="8"' in today
    assert Post.objects.get(pk=post.pk).html == today
    assert LogEntry.objects.count() == said
    assert render_again().startswith("0 posts")


def test_what_is_too_long_for_today_stays_as_it_was(peer):
    post = make.reply(make.thread(), by=peer)
    Post.objects.filter(pk=post.pk).update(body="x" * 200_000, html="<p>As it was.</p>")

    assert "1 are too long" in render_again()
    assert Post.objects.get(pk=post.pk).html == "<p>As it was.</p>"
