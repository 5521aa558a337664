"""The same question asked twice: one leads to the other, keeps what is its own, and can be taken apart again."""

import pytest

from community.inbox.models import Notice, NoticeKind
from community.inbox.tasks import ask_who_asked_the_same, tell_of_merging
from community.moderation.actions import hide_thread, lock_thread, merge_thread, move_thread, unmerge_thread
from community.moderation.models import Decision, Verb
from community.moderation.tasks import take_apart_what_leads_to
from community.policy import Invalid, NotAllowed, OutOfStep
from community.search import entries
from community.search.queries import Asked, found
from community.threads.actions import accept_answer, call_it_different, follow, post_reply, say_it_helps, vote
from community.threads.models import EntryKind, Follow, State, Thread
from forum.consistency import faults
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_first(peer, thread):
    """What others lead to: the customer's question with the peer's solution, read by two more."""
    follow(by=make.member("reads-both"), thread=thread)
    return thread


@pytest.fixture
def asked_again(thread):
    asker = make.member("asks-again")
    made = make.thread(by=asker, space=thread.space, title="No key is accepted", body="Zebra keys expire every hour.")
    make.reply(made, by=make.member("helps-there"), body="Which version is it?")
    made.refresh_from_db()
    return made


def wrong() -> list[str]:
    """What does not add up; the index is written by tasks, which run elsewhere."""
    return [fault for fault in faults() if "index" not in fault]


def standing(*threads) -> list:
    """All that must be again as it was: the rows of both, and who follows; the logs have grown."""
    rows = [Thread.objects.filter(pk=thread.pk).values().get() for thread in threads]
    for row in rows:
        row.pop("seq")
    return [*rows, set(Follow.objects.values_list("thread", "member"))]


def test_its_address_leads_on_and_its_words_stay(client, moderator, asked_first, asked_again):
    address, permalink = asked_again.address, asked_again.posts.get(number=2).permalink

    asked_again = merge_thread(by=moderator, thread=asked_again, into=asked_first)

    answer = client.get(address)
    assert (answer.status_code, answer.url) == (301, f"{asked_first.address}#merged-{asked_again.pk}")
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(f"/threads/{asked_again.pk}/").status_code == 301
    feed = client.get(f"/feeds/threads/{asked_again.pk}/")
    assert (feed.status_code, feed.url.endswith(f"/feeds/threads/{asked_first.pk}/")) == (301, True)
    there = client.get(answer.url).text
    assert all(words in there for words in ("1 more person asked the same.", "asks-again", "Zebra keys expire"))
    own = client.get(permalink, follow=True)
    assert own.redirect_chain[-1][0].startswith(f"/threads/{asked_again.pk}/merged/#post-")
    assert "Which version is it?" in own.text
    assert '<meta name="robots" content="noindex">' in own.text


def test_it_leaves_lists_search_and_sitemap_and_comes_back_to_all(client, moderator, asked_first, asked_again):
    def shown_in() -> list[bool]:
        pages = ("/threads/", "/feeds/threads/", "/sitemap-threads.xml", asked_again.space.get_absolute_url())
        listed = [f"/threads/{asked_again.pk}/" in client.get(page, follow=True).text for page in pages]
        return [*listed, bool(found(Asked("zebra"), moderator))]

    entries.write(asked_again.posts.select_related("thread"))
    assert shown_in() == [True] * 5

    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    merged = shown_in()
    unmerge_thread(by=moderator, thread=asked_again, because="Another cause.")

    assert merged == [False] * 5
    assert shown_in() == [True] * 5
    assert client.get(asked_again.address).status_code == 200


def test_taken_apart_both_are_as_if_they_had_never_met(moderator, asked_first, asked_again):
    both = Follow.objects.get(thread=asked_first, member__handle="reads-both").member
    follow(by=both, thread=asked_again)
    before = standing(asked_first, asked_again)

    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    asked_first.refresh_from_db()
    assert (asked_first.merged_count, asked_first.follower_count) == (1, before[0]["follower_count"] + 2)
    assert not wrong()
    unmerge_thread(by=moderator, thread=asked_again, because="Another cause.")

    assert standing(asked_first, asked_again) == before
    assert not wrong()


def test_who_came_along_stays_as_long_as_one_of_his_leads_there_or_he_speaks_there(moderator, asked_first, asked_again):
    third = make.thread(by=make.member(), space=asked_first.space)
    of_both, speaks, leaves = make.member("of-both"), make.member("speaks"), make.member("leaves")
    for member in (of_both, speaks, leaves):
        follow(by=member, thread=asked_again)
    follow(by=of_both, thread=third)
    for one in (asked_again, third):
        merge_thread(by=moderator, thread=one, into=asked_first)
    post_reply(by=speaks, thread=asked_first, body="So it is here.")
    follow(by=leaves, thread=asked_first, on=False)

    unmerge_thread(by=moderator, thread=asked_again, because="Another cause.")
    there = {row.member.handle for row in Follow.objects.filter(thread=asked_first).select_related("member")}
    assert {"of-both", "speaks"} <= there
    assert not there & {"leaves", "asks-again", "helps-there"}
    unmerge_thread(by=moderator, thread=third, because="Another cause.")

    assert not Follow.objects.filter(thread=asked_first, member=of_both).exists()
    assert not wrong()


def test_everybody_is_told_once_and_the_asker_is_asked(moderator, asked_first, asked_again):
    both = Follow.objects.get(thread=asked_first, member__handle="reads-both").member
    follow(by=both, thread=asked_again)

    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    tell_of_merging.func(asked_again.pk, moderator.pk)

    told = Notice.objects.filter(kind__in=(NoticeKind.MERGED, NoticeKind.MERGED_YOURS))
    assert sorted(told.values_list("member__handle", "kind", "thread")) == [
        ("asks-again", "merged_yours", asked_again.pk),
        ("helps-there", "merged", asked_first.pk),
        ("reads-both", "merged", asked_first.pk),
    ]


def test_mine_is_different_splits_it_off_at_once(moderator, asked_first, asked_again, visiting_as):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    browser = visiting_as(asked_again.author)
    assert "Mine is different" in browser.get(asked_first.address).text

    answer = browser.post(f"/threads/{asked_again.pk}/different/", {"because": "Mine is about zebras."})

    assert (answer.status_code, answer.url) == (302, asked_again.address)
    assert browser.get(asked_again.address).status_code == 200
    made = Decision.objects.latest("pk")
    assert (made.verb, made.actor, made.because) == (Verb.UNMERGED, asked_again.author, "Mine is about zebras.")
    assert browser.post(f"/threads/{asked_again.pk}/different/").status_code == 409


def test_only_its_asker_says_that_it_is_different(moderator, customer, asked_first, asked_again):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)

    for act in (call_it_different, lambda **what: say_it_helps(works=True, **what)):
        with pytest.raises(NotAllowed, match="Only the asker"):
            act(by=customer, thread=asked_again)

    asked_again.refresh_from_db()
    assert asked_again.is_merged


def test_the_askers_word_is_a_fact_of_his_own_question_alone(agent, moderator, asked_first, asked_again, visiting_as):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    answer = accept_answer(by=agent, post=asked_first.posts.get(number=2))
    ask_who_asked_the_same(answer)
    ask_who_asked_the_same(answer)
    assert Notice.objects.get(kind=NoticeKind.HELPS_TOO).member == asked_again.author
    asked_first.refresh_from_db()
    before = (asked_first.confirmed_by_asker_at, asked_first.others_confirmed_count, asked_first.state)

    browser = visiting_as(asked_again.author)
    assert "Does the solution there help you?" in browser.get(asked_first.address).text
    browser.post(f"/threads/{asked_again.pk}/helps/", {"works": "yes"})

    asked_first.refresh_from_db()
    asked_again.refresh_from_db()
    assert (asked_first.confirmed_by_asker_at, asked_first.others_confirmed_count, asked_first.state) == before
    assert (asked_again.state, asked_again.is_merged) == (State.CONFIRMED, True)
    assert "says that the solution here helps." in browser.get(asked_first.address).text
    assert not wrong()


def test_a_no_brings_it_back_to_us(agent, moderator, asked_first, asked_again):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    accept_answer(by=agent, post=asked_first.posts.get(number=2))

    say_it_helps(by=asked_again.author, thread=asked_again, works=False)

    asked_again.refresh_from_db()
    assert (asked_again.is_merged, asked_again.state) == (False, State.WAITING_US)
    assert asked_again.asker_says_no_at is not None
    assert not wrong()


def test_what_cannot_be_merged_says_why(moderator, customer, asked_first, asked_again):
    closed_shop = make.space(team_only=True)
    refused = {
        "is not merged into itself": (asked_again, asked_again),
        "not read by the same people": (asked_again, make.thread(by=moderator, space=closed_shop)),
        "between few people": (asked_again, make.thread(audience="named")),
        "same sort": (asked_again, make.thread(genre="discussion")),
        "hidden or deleted": (asked_again, hide_thread(by=moderator, thread=make.thread(), because="Advertising.")),
    }
    for words, (thread, into) in refused.items():
        with pytest.raises(Invalid, match=words):
            merge_thread(by=moderator, thread=thread, into=into)

    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    with pytest.raises(Invalid, match=f"leads to: #{asked_first.pk}"):
        merge_thread(by=moderator, thread=make.thread(), into=asked_again)
    with pytest.raises(Invalid, match="Others are merged into this one"):
        merge_thread(by=moderator, thread=asked_first, into=make.thread())
    for act in (lock_thread, lambda **what: move_thread(space=make.space(), **what)):
        with pytest.raises(OutOfStep, match="Go on there"):
            act(by=moderator, thread=asked_again, because="x")
    with pytest.raises(NotAllowed, match="Go on there"):
        post_reply(by=customer, thread=asked_again, body="And now?")
    vote(by=customer, post=asked_again.posts.get(number=1))


def test_both_logs_say_so(moderator, asked_first, asked_again):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    unmerge_thread(by=moderator, thread=asked_again, because="Another cause.")

    assert [entry.kind for entry in asked_again.log.order_by("seq")][-2:] == [EntryKind.MERGED, EntryKind.UNMERGED]
    assert [entry.kind for entry in asked_first.log.order_by("seq")][-2:] == [EntryKind.TOOK_IN, EntryKind.GAVE_BACK]


def test_where_it_led_to_is_removed_and_it_stands_alone_again(client, moderator, asked_first, asked_again):
    merge_thread(by=moderator, thread=asked_again, into=asked_first)
    hide_thread(by=moderator, thread=asked_first, because="Private data.")
    assert client.get(asked_again.address, follow=True).status_code == 200

    take_apart_what_leads_to.func(asked_first.pk)
    take_apart_what_leads_to.func(asked_first.pk)

    asked_again.refresh_from_db()
    assert not asked_again.is_merged
    made = Decision.objects.latest("pk")
    assert (made.verb, made.actor, made.because) == (Verb.UNMERGED, None, "The thread it led to was removed.")
