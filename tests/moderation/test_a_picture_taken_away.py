import pytest

from community.live.frames import catch_up
from community.moderation.actions import give_file_back, take_file_away
from community.threads.actions import edit_post, post_reply
from tests import make

pytestmark = pytest.mark.django_db

WHY = "It does not belong here."


def test_a_picture_that_was_taken_away_is_a_name_that_leads_to_the_reason(client, thread, peer, moderator):
    picture = make.attachment(by=peer, width=640, height=480)
    other = make.attachment(by=peer, width=64, height=48)
    post = post_reply(by=peer, thread=thread, body=f"Look: {picture.markdown} {other.markdown}")
    before, seq = post.html, thread.seq
    assert f'<img src="{picture.get_absolute_url()}"' in client.get(thread.get_absolute_url()).text

    picture.refresh_from_db()
    take_file_away(by=moderator, attachment=picture, because=WHY)

    page = client.get(thread.get_absolute_url()).text
    assert f'<a class="taken" href="{picture.get_absolute_url()}">{picture.name}</a>' in page
    assert f'<img src="{picture.get_absolute_url()}"' not in page
    assert f'<img src="{other.get_absolute_url()}"' in page
    assert "A moderator has taken a picture away." in page
    answer = client.get(picture.get_absolute_url())
    assert (answer.status_code, WHY in answer.text) == (410, True)
    post.refresh_from_db()
    # An edit of its author does not bring it back, and open pages are told.
    edited = edit_post(by=peer, post=post, body=f"{post.body} So.", seen_revision=0)
    assert 'class="taken"' in edited.html
    edit_post(by=peer, post=edited, body=post.body, seen_revision=1)
    shown = catch_up(thread, seq + 1)["frames"][0]
    assert (shown["place"], 'class="taken"' in shown["html"]) == ("replace", True)
    give_file_back(by=moderator, attachment=picture, because="It is his own.")
    post.refresh_from_db()
    assert post.html == before
