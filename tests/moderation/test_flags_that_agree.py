"""Several people who agree take a post out of sight until a moderator has looked; nobody does it alone."""

from datetime import timedelta

import pytest

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import decline_flag, flag_thing, undo_decision, uphold_flag
from community.moderation.models import Case, Decision, Flag, Verb
from tests import make

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=100)


@pytest.fixture
def post(thread):
    """The peer's answer."""
    return thread.posts.get(number=2)


def known() -> object:
    return make.member(joined_at=clock.now() - LONG_AGO)


def flagged_by(people, post) -> Flag:
    return [flag_thing(by=person, thing=post, why="abuse") for person in people][-1]


def is_hidden(post) -> bool:
    post.refresh_from_db()
    return post.hidden_at is not None


def test_three_who_agree_hide_a_post_its_author_is_told_and_no_person_did_it(post, thread, peer, visiting_as):
    flagged_by([known(), known()], post)
    assert not is_hidden(post)
    flagged_by([known()], post)

    assert is_hidden(post)
    page = visiting_as(None).get(thread.get_absolute_url()).text
    assert "<bdi>Several people have flagged this. It stays hidden until a moderator has looked at it.</bdi>" in page
    decision = Decision.objects.get()
    assert (decision.verb, decision.actor, decision.post) == (Verb.FLAGS_HID, None, post)
    notice = Notice.objects.get(member=peer, kind="post_hidden")
    assert notice.title.startswith("Several people have flagged this.")


def test_a_moderator_who_declines_shows_it_again_and_who_upholds_gives_the_reason(post, thread, peer, moderator):
    clock.set_to(clock.now())
    flag = flagged_by([known() for _ in range(3)], post)
    clock.advance(timedelta(hours=1))

    decline_flag(by=moderator, flag=flag, because="It is an answer.")
    assert not is_hidden(post)
    assert not Notice.objects.filter(member=peer, kind="post_hidden").exists()
    undo_decision(by=moderator, case=flag.case)
    assert is_hidden(post)
    assert post.hidden_for_now

    uphold_flag(by=moderator, flag=flag, because="Rude.")
    assert is_hidden(post)
    assert (post.hidden_because, post.hidden_for_now) == ("Rude.", False)
    undo_decision(by=moderator, case=flag.case)
    assert is_hidden(post)
    assert post.hidden_for_now
    thread.refresh_from_db()
    assert thread.reply_count == 0


def test_people_of_one_organisation_new_accounts_and_those_at_odds_count_little(post, peer):
    home = make.organisation()
    colleagues = [known() for _ in range(5)]
    for colleague in colleagues:
        make.seat(home, colleague)
    flagged_by(colleagues, post)
    flagged_by([make.member() for _ in range(4)], post)

    assert not is_hidden(post)


def test_what_the_team_wrote_or_support_stands_behind_is_never_hidden_by_flags(thread, post, agent):
    official = make.reply(thread, by=agent)
    type(post).objects.filter(pk=post.pk).update(accepted_by_support_at=clock.now())
    for each in (official, post):
        flagged_by([known() for _ in range(6)], each)
        assert not is_hidden(each)


def test_whose_flags_were_right_counts_more_and_whose_were_wrong_less(post, thread, moderator):
    careful, careless = [known(), known()], [known() for _ in range(4)]
    for people, act in ((careful, uphold_flag), (careless, decline_flag)):
        for person in people:
            for _each in range(4):
                flag = flag_thing(by=person, thing=make.reply(thread), why="spam")
                act(by=moderator, flag=flag, because="So.")
    first, second = make.reply(thread), make.reply(thread)

    flagged_by(careful, first)
    flagged_by(careless, second)

    assert (is_hidden(first), is_hidden(second)) == (True, False)


def test_a_flag_of_one_who_is_flagged_by_the_other_says_so_to_the_moderator(post, peer, moderator, visiting_as):
    at_odds = known()
    flag_thing(by=peer, thing=make.reply(make.thread(), by=at_odds), why="abuse")
    flag_thing(by=at_odds, thing=post, why="abuse")

    page = visiting_as(moderator).get("/moderation/").text

    assert page.count("The author has flagged something of theirs, too.") == 2
    assert Case.objects.waiting().count() == 2
