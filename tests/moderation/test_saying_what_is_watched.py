"""The pages on which administrators choose words and rules, and try them on last month's posts first."""

from datetime import timedelta

import pytest

from community import clock
from community.moderation.actions import drop_word, set_limits, set_rule, set_trust_rules, watch_word
from community.moderation.models import (
    AGAINST,
    LIMITED,
    NEEDED,
    ApprovalRule,
    Decision,
    Held,
    WatchedWord,
    trust_rules,
)
from community.people.models import Role
from community.policy import Invalid
from community.threads.actions import post_reply
from community.threads.gate import HeldBack
from community.threads.models import Post
from tests import make


@pytest.fixture
def administrator(db):
    return make.member(role=Role.ADMINISTRATOR)


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired")


def test_a_word_is_tried_on_last_month_before_anything_is_kept(administrator, peer, thread, visiting_as):
    hit = make.reply(thread, by=peer, body="Win at the casino tonight.")
    make.reply(thread, by=peer, body="Occasionally it works.")
    old = make.reply(thread, by=peer, body="A casino of last year.")
    Post.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=31))
    make.thread(by=peer, body="Our casino.", audience="named")

    page = visiting_as(administrator).post("/moderation/words/new/", {"pattern": "casino", "act": "hold", "do": "try"})

    trial = page.context["trial"]
    assert (page.status_code, trial.count, trial.looked_at) == (200, 1, 3)
    assert [(each.post, each.why) for each in trial.caught] == [(hit, ["casino"])]
    assert "It would have met <b>1</b> post of 3." in page.text
    assert not WatchedWord.objects.exists()


def test_a_rule_is_tried_with_what_each_had_said_by_then(administrator, peer, thread, visiting_as):
    first = make.reply(thread, by=peer)
    make.reply(thread, by=peer)

    page = visiting_as(administrator).post(
        f"/moderation/rules/{thread.space.slug}/", {"first_posts": "1", "below_trust": "0", "do": "try"}
    )

    caught = page.context["trial"].caught
    assert {each.post for each in caught} == {first, thread.posts.get(number=1)}
    assert {str(*each.why) for each in caught} == {"it is among your first posts"}
    assert not ApprovalRule.objects.exists()


def test_what_is_kept_counts_from_the_next_text_on_and_can_be_dropped(administrator, peer, thread, visiting_as):
    browser = visiting_as(administrator)

    browser.post("/moderation/words/new/", {"pattern": "casino", "act": "hold", "is_on": "on"})
    with pytest.raises(HeldBack):
        post_reply(by=peer, thread=thread, body="A casino.")
    word = WatchedWord.objects.get()
    assert "casino" in browser.get("/moderation/words/").text
    browser.post(f"/moderation/words/{word.pk}/", {"pattern": "casino", "act": "hold"})
    post_reply(by=peer, thread=thread, body="A casino, switched off.")
    browser.post(f"/moderation/words/{word.pk}/drop/")

    assert not WatchedWord.objects.exists()
    assert Held.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"pattern": "a*", "act": "hold"}, "at least two letters"),
        ({"pattern": "(a+)+", "act": "hold"}, "made of letters, digits, spaces and stars"),
        ({"pattern": "casino", "act": "shout"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_watched_is_said_under_the_field(administrator, visiting_as, sent, words):
    page = visiting_as(administrator).post("/moderation/words/new/", sent)
    tried = visiting_as(administrator).post("/moderation/words/new/", sent | {"do": "try"})

    assert (page.status_code, tried.status_code) == (422, 422)
    assert words in page.text
    assert words in tried.text


def test_languages_are_written_as_codes(administrator):
    with pytest.raises(Invalid, match="two letters"):
        set_rule(by=administrator, space=None, is_on=True, languages="english")

    assert set_rule(by=administrator, space=None, is_on=True, languages="EN, de").languages == "en de"


def test_moderators_read_what_is_watched_and_administrators_change_it(administrator, moderator, peer, visiting_as):
    pages = ("/moderation/words/", "/moderation/rules/", "/moderation/words/new/", "/moderation/rules/everywhere/")

    def statuses(who) -> list[int]:
        return [visiting_as(who).get(page).status_code for page in pages]

    assert statuses(peer) == [403] * 4
    assert statuses(moderator) == [200, 200, 403, 403]
    assert statuses(administrator) == [200] * 4


def test_every_change_of_a_setting_stands_in_the_log_with_what_it_was_and_became(administrator, moderator, visiting_as):
    place = make.space("Mail")
    word = watch_word(by=administrator, pattern="casino*", act="hold")
    watch_word(by=administrator, pattern="casino*", act="mask", spaces=[place], word=word)
    watch_word(by=administrator, pattern="casino*", act="mask", spaces=[place], word=word)
    drop_word(by=administrator, word=word)
    set_rule(by=administrator, space=None, is_on=True, first_posts=2)
    set_limits(by=administrator, levels={0: dict.fromkeys(LIMITED) | {"links": 2}, 1: dict.fromkeys(LIMITED)})
    rules = {
        level: {name: getattr(rule, name) for name in (*NEEDED, *AGAINST)} for level, rule in trust_rules().items()
    }
    set_trust_rules(by=administrator, levels=rules | {1: rules[1] | {"days": 9}})

    decisions = list(Decision.objects.order_by("pk").values_list("verb", "before", "after"))

    assert decisions[0][:2] == ("changed_word", "")
    assert decisions[1] == (
        "changed_word",
        "“casino*”: what happens: Hold it for a moderator; only in these spaces: -",
        "“casino*”: what happens: Mask it; only in these spaces: Mail",
    )
    assert (decisions[2][0], decisions[2][2]) == ("changed_word", "")
    assert decisions[3] == (
        "changed_rule",
        "In all spaces: switched on: no; the first posts of a member: 0",
        "In all spaces: switched on: yes; the first posts of a member: 2",
    )
    assert (decisions[4][0], decisions[4][1].startswith("New here: links in a post: 5; ")) == ("changed_limits", True)
    assert decisions[5] == ("changed_trust_rule", "Known: days since joining: 3", "Known: days since joining: 9")
    assert len(decisions) == 6
    page = visiting_as(moderator).get("/moderation/log/").text
    assert "changed what is watched" in page
    assert "casino" not in visiting_as(moderator).get("/moderation/public/").text
