"""Trust is earned and lost by rule: tried first, told with the reason, written down."""

from datetime import timedelta

import pytest

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import end_sanction, sanction_member, set_trust_rules, settle_trust
from community.moderation.models import AGAINST, NEEDED, Decision, TrustChange, TrustRule, Verb, trust_rules
from community.moderation.tasks import settle_all_trust
from community.people.models import Member, Role, Trust
from community.threads.models import Post
from tests import make

EASY = dict.fromkeys(NEEDED, 0) | dict.fromkeys(AGAINST, 0)


@pytest.fixture
def administrator(db):
    return make.member("keeper", role=Role.ADMINISTRATOR)


@pytest.fixture
def rules(administrator):
    """Two posts make somebody known; the other levels ask for more than anybody has."""

    def begin(**known):
        far = EASY | {"helped": 900}
        set_trust_rules(by=administrator, levels={1: EASY | {"posts": 2} | known, 2: far, 3: far})

    return begin


@pytest.fixture
def known(rules, customer):
    """Somebody who has written two posts and is known by rule."""
    rules()
    member = make.member("halla-two")
    thread = make.thread(by=customer)
    make.reply(thread, by=member, body="One.")
    make.reply(thread, by=member, body="Two.")
    settle_trust(member.pk)
    member.refresh_from_db()
    return member


def test_whoever_does_what_a_level_asks_rises_is_told_and_it_is_written_down(known, visiting_as):
    decision = Decision.objects.get(verb=Verb.TRUST_ROSE)
    notice = Notice.objects.get(member=known, kind="trust_rose")

    assert known.trust == Trust.KNOWN
    assert (decision.actor, decision.member, str(decision.was), str(decision.became)) == (
        None,
        known,
        "New here",
        "Known",
    )
    assert notice.title == "Known"
    assert f'id="{notice.url.partition("#")[2]}"' in visiting_as(known).get(notice.url).text
    assert settle_trust(known.pk) is None


def test_hidden_posts_and_sanctions_cost_trust_until_taken_back_or_forgotten(known, moderator, visiting_as):
    warned = sanction_member(by=moderator, member=known, kind="warning", because="Rude.")
    change = settle_trust(known.pk)
    page = visiting_as(known).get("/moderation/mine/trust/").text

    assert (change.after, change.why) == (Trust.NEW, "sanctions")
    assert "moderators have warned, silenced or suspended you" in page
    end_sanction(by=moderator, sanction=warned, because="A mistake.")
    assert settle_trust(known.pk).after == Trust.KNOWN
    Post.objects.filter(author=known, body="Two.").update(hidden_at=clock.now(), hidden_because="Rude.")
    assert settle_trust(known.pk).why == "hidden"
    Post.objects.filter(author=known, body="Two.").update(hidden_at=clock.now() - timedelta(days=181))
    make.reply(Post.objects.filter(author=known).first().thread, by=known, body="Three.")
    assert settle_trust(known.pk).after == Trust.KNOWN


def test_what_was_reached_stays_when_the_rules_ask_for_more(known, rules):
    rules(posts=50, days=400)

    assert settle_trust(known.pk) is None


def test_every_hour_all_are_settled_but_the_team(rules, customer, moderator):
    rules(posts=0)

    settle_all_trust.call()

    assert TrustChange.objects.filter(member=customer, after=Trust.KNOWN).exists()
    assert not TrustChange.objects.filter(member=moderator).exists()
    assert set(Member.objects.filter(role=Role.CUSTOMER).values_list("trust", flat=True)) == {1}


def test_rules_are_tried_before_they_are_kept(known, administrator, moderator, visiting_as):
    sanction_member(by=moderator, member=known, kind="warning", because="Rude.")
    newcomer = make.member("newcomer")
    sent = {f"rule{level}-{name}": "900" for level in (2, 3) for name in NEEDED}
    sent |= {f"rule1-{name}": "0" for name in (*NEEDED, *AGAINST)}

    page = visiting_as(administrator).post("/moderation/trust/", sent | {"do": "try"})

    trial = page.context["trial"]
    assert (newcomer, Trust.KNOWN) in trial.rising
    assert trial.falling == [(known, Trust.NEW)]
    assert "<b>1</b> would fall." in page.text
    assert "newcomer" in page.text
    assert TrustRule.objects.get(trust=1).posts == 2
    assert visiting_as(administrator).post("/moderation/trust/", sent | {"do": "rules"}).status_code == 302
    assert trust_rules()[1].posts == 0
    assert visiting_as(administrator).post("/moderation/trust/", {"do": "rules"}).status_code == 422
    assert visiting_as(moderator).post("/moderation/trust/", sent | {"do": "rules"}).status_code == 403
    assert "posts that stand" in visiting_as(moderator).get("/moderation/trust/").text.lower()
