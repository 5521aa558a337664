"""A member goes while somebody else erases him, and while he still writes: once, with nothing of him left."""

import contextlib
from functools import partial

import pytest

from community.people import actions
from community.people.models import Erasure, Member, Role
from community.policy import NotAllowed, OutOfStep
from community.threads.actions import post_reply
from community.threads.models import Follow, Post
from tests import make
from tests.moderation.test_merging import wrong

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_erase_one_and_take_his_name_out_each_finds_the_same_end(at_once):
    thread, keeper = make.thread(), make.member(role=Role.ADMINISTRATOR)
    mira, nils = make.member("mira", name="Mira Okafor"), make.member("nils", name="Nils Aune")
    said = make.reply(thread, by=nils, body="Ask @mira.")
    answered = make.reply(thread, by=mira, body="Ask @nils.")

    def write_on() -> None:
        with contextlib.suppress(NotAllowed, OutOfStep):
            post_reply(by=Member.objects.get(pk=mira.pk), thread=thread, body="One more word.")

    at_once(
        [
            *(partial(actions.erase, by=who, member=who) for who in (mira, nils)),
            *(partial(actions.erase, by=keeper, member=who, because="Asked by letter.") for who in (mira, nils)),
            write_on,
        ]
    )
    at_once([partial(actions.forget, member_id=who.pk) for who in (mira, nils, mira, nils)])

    gone = Member.objects.filter(pk__in=(mira.pk, nils.pk))
    assert [(bool(one.erased_at), one.is_active, one.name, one.email) for one in gone] == [(True, False, "", "")] * 2
    assert sorted(Erasure.objects.values_list("member", "words")) == [(mira.pk, None), (nils.pk, None)]
    assert not Erasure.objects.filter(done_at=None).exists()
    for post in (said, answered):
        post.refresh_from_db()
        assert post.body == "Ask former member."
    # What was written in the same moment came before or not at all, and nothing private came with it.
    assert Post.objects.filter(author=mira).count() <= 2
    assert not Follow.objects.filter(member__in=(mira, nils)).exists()
    assert not wrong()
