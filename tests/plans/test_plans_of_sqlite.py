"""What is asked with every reply is looked up by an index on SQLite too."""

import pytest

from community.threads.models import Post


@pytest.mark.django_db
def test_whether_a_form_was_sent_is_looked_up_among_forms(peer):
    assert "one_post_each_client_token (author_id=? AND client_token=?)" in Post.objects.made_by(peer, "a").explain()
