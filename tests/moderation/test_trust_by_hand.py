"""Trust is set by hand with a reason, held and released; and what it brings is announced and can be read up (P7)."""

import pytest

from community.inbox.models import Notice
from community.moderation.actions import release_trust, set_limits, set_trust, set_trust_rules, settle_trust
from community.moderation.models import AGAINST, LIMITED, NEEDED, Decision, TrustChange, Verb
from community.moderation.tasks import settle_all_trust
from community.people.models import Role, Trust
from community.policy import Invalid, NotAllowed, OutOfStep
from tests import make

pytestmark = pytest.mark.django_db

WHY = "Wrote our documentation."
EASY = dict.fromkeys(NEEDED, 0) | dict.fromkeys(AGAINST, 0)


@pytest.fixture
def administrator():
    return make.member("keeper", role=Role.ADMINISTRATOR)


@pytest.fixture
def rules(administrator):
    """Two posts make somebody known; the other levels ask for more than anybody has."""
    far = EASY | {"helped": 900}
    set_trust_rules(by=administrator, levels={1: EASY | {"posts": 2}, 2: far, 3: far})


def test_a_level_is_set_with_a_reason_that_the_member_and_the_log_read(peer, moderator, visiting_as):
    browser = visiting_as(moderator)

    sent = browser.post(f"/people/{peer.handle}/trust/", {"trust": "2", "because": WHY, "is_held": "on"})

    peer.refresh_from_db()
    decision, notice = Decision.objects.get(), Notice.objects.get(member=peer)
    assert (sent.status_code, peer.trust) == (302, Trust.HELPFUL)
    assert (decision.verb, decision.actor, decision.because) == (Verb.SET_TRUST, moderator, WHY)
    assert (decision.was, decision.became) == ("New here", "Helpful, held")
    page = visiting_as(peer).get(notice.url).text
    assert (notice.kind, f'id="{notice.url.partition("#")[2]}"' in page, WHY in page) == ("trust_set", True, True)
    assert "Moderators hold your trust" in page
    assert WHY in browser.get(f"/people/{peer.handle}/standing/").text


def test_rules_leave_alone_what_is_held_and_decide_again_once_it_is_released(rules, peer, moderator, visiting_as):
    thread = make.thread()
    for words in ("One.", "Two."):
        make.reply(thread, by=peer, body=words)
    set_trust(by=moderator, member=peer, trust=0, because="Has three accounts.", is_held=True)

    settle_all_trust.call()
    assert settle_trust(peer.pk) is None
    sent = visiting_as(moderator).post(f"/people/{peer.handle}/trust/release/", {"because": "He explained it."})

    peer.refresh_from_db()
    assert (sent.status_code, peer.trust) == (302, Trust.KNOWN)
    verbs = ["set_trust", "released_trust", "trust_rose"]
    about_him = Decision.objects.filter(member=peer).order_by("pk")
    assert list(about_him.values_list("verb", flat=True)) == verbs
    rose = Decision.objects.get(verb=Verb.TRUST_ROSE)
    assert rose.because == "posts that stand: 2"
    assert "He explained it." in visiting_as(peer).get("/moderation/mine/trust/").text
    kinds = ["trust_set", "trust_set", "trust_rose"]
    assert list(Notice.objects.filter(member=peer).order_by("pk").values_list("kind", flat=True)) == kinds
    with pytest.raises(OutOfStep, match="Nobody holds it"):
        release_trust(by=moderator, member=peer, because="Once more.")


def test_what_is_lost_by_rule_says_in_the_log_why(rules, peer, moderator):
    from community.moderation.actions import sanction_member

    set_trust(by=moderator, member=peer, trust=1, because=WHY)
    sanction_member(by=moderator, member=peer, kind="warning", because="Rude.")

    settle_trust(peer.pk)

    assert Decision.objects.get(verb=Verb.TRUST_FELL).because == "at most so many warnings and more: 1"


def test_who_may_not_and_what_changes_nothing_leaves_no_trace(peer, customer, moderator, agent, visiting_as, trace):
    second = make.member("wanda", role=Role.MODERATOR)
    before = trace()

    for by, whom, words in (
        (customer, peer, "Only moderators"),
        (agent, peer, "Only moderators"),
        (moderator, moderator, "Nobody decides about themselves"),
        (moderator, second, "Only administrators decide"),
    ):
        with pytest.raises(NotAllowed, match=words):
            set_trust(by=by, member=whom, trust=1, because=WHY)
    for sent in ({"trust": 0}, {"trust": 7}):
        with pytest.raises(Invalid):
            set_trust(by=moderator, member=peer, because=WHY, **sent)
    assert visiting_as(customer).post(f"/people/{peer.handle}/trust/", {"trust": "2"}).status_code == 404
    refused = visiting_as(moderator).post(f"/people/{peer.handle}/trust/", {"trust": "2", "because": " "})
    assert (refused.status_code, "Give a reason" in refused.text) == (422, True)
    assert trace() == before


def test_everybody_reads_what_they_may_and_how_far_the_next_level_is(rules, peer, moderator, visiting_as):
    make.reply(make.thread(), by=peer)

    page = visiting_as(peer).get("/moderation/mine/trust/")

    powers = page.context["powers"]
    assert (powers.level, powers.next_level, [(asked.has, asked.needs) for asked in powers.asks]) == (0, 1, [(1, 2)])
    assert "at most 5 links in a post" in page.text
    assert "1 of 2" in page.text
    assert "/moderation/mine/trust/" in visiting_as(peer).get("/people/settings/").text
    assert "your role says what you may do" in visiting_as(moderator).get("/moderation/mine/trust/").text


def test_a_newcomer_meets_a_limit_rises_by_rule_posts_the_same_and_reads_what_is_won(
    rules, administrator, peer, visiting_as, settings
):
    settings.NEWCOMER_LIMITS = True
    free = dict.fromkeys(LIMITED)
    set_limits(by=administrator, levels={0: free | {"links": 2}, 1: free})
    thread, browser = make.thread(), visiting_as(peer)
    three = "See https://one.example, https://two.example and https://three.example"

    met = browser.post(f"/threads/{thread.pk}/reply/", {"body": three})
    for words in ("One.", "Two."):
        make.reply(thread, by=peer, body=words)
    settle_all_trust.call()
    passed = browser.post(f"/threads/{thread.pk}/reply/", {"body": three})

    assert (met.status_code, "You can put 2 links into a post for now; this has 3." in met.text) == (422, True)
    assert (passed.status_code, thread.posts.last().body) == (302, three)
    notice = Notice.objects.get(member=peer, kind="trust_rose")
    page = browser.get(notice.url).text
    assert ("no limits" in page, "Known" in page) == (True, True)


@pytest.mark.parametrize(("trust", "tags", "titles"), [(1, 403, 403), (2, 302, 403), (3, 302, 302)])
def test_trust_brings_the_right_to_describe_what_others_asked(trust, tags, titles, peer, moderator, visiting_as):
    thread, tag = make.thread(title="Help"), make.tag("keys")
    set_trust(by=moderator, member=peer, trust=trust, because=WHY)
    peer.refresh_from_db()
    browser, address = visiting_as(peer), f"/threads/{thread.pk}/title/"

    retagged = browser.post(address, {"title": "Help", "tags": "keys"})
    browser.post(address, {"title": "Keys have expired", "tags": "keys"})

    thread.refresh_from_db()
    menu = browser.get(f"/posts/{thread.posts.get().pk}/menu/").text
    assert retagged.status_code == tags
    assert list(thread.tags.all()) == ([tag] if tags == 302 else [])
    assert thread.title == ("Keys have expired" if titles == 302 else "Help")
    assert (f"{address}" in menu) is (tags == 302)
    page = visiting_as(peer).get("/moderation/mine/trust/").text
    assert ("change the tags of what others asked" in page, TrustChange.objects.count()) == (True, 1)
