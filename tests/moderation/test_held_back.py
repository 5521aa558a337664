"""What a moderator reads before others do: held, corrected, approved, declined, withdrawn."""

import pytest

from community import clock
from community.inbox.models import Notice
from community.moderation import cases
from community.moderation.actions import approve_held, decline_held, rewrite_held, set_rule, withdraw_held
from community.moderation.models import Decision, Held, HeldState, Verb
from community.people.models import Role
from community.policy import NotAllowed, OutOfStep
from community.threads.actions import ask_question, edit_post, post_reply, retitle_thread, sweep_attachments
from community.threads.actions.attaching_files import KEPT_UNPOSTED
from community.threads.gate import HeldBack
from community.threads.models import Attachment, Draft, Follow, Post, Thread
from forum.consistency import files
from tests import make

WORDS = "See https://wrong.example/keys for how it is done."
RIGHT = "See https://right.example/keys for how it is done."


@pytest.fixture
def administrator(db):
    return make.member(role=Role.ADMINISTRATOR)


@pytest.fixture
def rule(administrator):
    """The first posts of a member are read first, in every space."""

    def begin(**details):
        return set_rule(by=administrator, space=None, **{"is_on": True, "first_posts": 1} | details)

    return begin


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired")


@pytest.fixture
def held(rule, peer, thread):
    rule()
    return hold(lambda: post_reply(by=peer, thread=thread, body=WORDS, token="one-form"))


def hold(say) -> Held:
    with pytest.raises(HeldBack) as held_back:
        say()
    return Held.objects.get(pk=held_back.value.url.rstrip("/").rpartition("/")[2])


def test_a_held_reply_is_corrected_and_approved_in_one_step(held, peer, customer, moderator, thread, visiting_as):
    make.attachment(by=peer)
    page = visiting_as(moderator).get(held.get_absolute_url())
    answer = visiting_as(moderator).post(
        f"{held.get_absolute_url()}decide/", {"body": RIGHT, "because": "The link was wrong.", "approve": "1"}
    )

    held.refresh_from_db()
    post = Post.objects.get(thread=thread, number=2)
    assert (page.status_code, answer.status_code) == (200, 302)
    assert (post.author, post.body, post.revision_count, post.client_token) == (peer, RIGHT, 0, "one-form")
    assert (held.state, held.posted, held.corrected_body) == (HeldState.APPROVED, post, RIGHT)
    assert "wrong.example" not in visiting_as(customer).get(thread.get_absolute_url()).text
    assert Follow.objects.filter(thread=thread, member=peer).exists()
    told = Notice.objects.get(member=peer, kind="held_approved")
    mine = visiting_as(peer).get(told.url).text
    assert "The link was wrong." in mine
    assert "wrong.example" in mine
    decision = Decision.objects.get(verb=Verb.APPROVED_HELD)
    assert (decision.actor, decision.member, decision.post, decision.before, decision.after) == (
        moderator,
        peer,
        post,
        "first_posts",
        "corrected",
    )


def test_a_held_question_an_edit_and_a_title_are_said_as_they_were_meant(rule, peer, moderator):
    space, tag, product = make.space(), make.tag(), make.product()
    mine = make.thread(by=peer, space=space)
    rule(everything=True, first_posts=0, links_in_edits=True)
    asked = hold(
        lambda: ask_question(
            by=peer, space=space, title="How?", body=WORDS, product=product, tags=[tag], genre="discussion", token="t"
        )
    )
    edited = hold(lambda: edit_post(by=peer, post=mine.posts.get(), body=WORDS, seen_revision=0, because="A link."))
    again = hold(lambda: edit_post(by=peer, post=mine.posts.get(), body=RIGHT, seen_revision=0, because="A link."))
    titled = hold(lambda: retitle_thread(by=peer, thread=mine, title="See https://right.example"))
    assert again == edited

    for held in (asked, edited, titled):
        approve_held(by=moderator, held=held)

    thread = Thread.objects.get(title="How?")
    assert (thread.genre, thread.product, [*thread.tags.all()], thread.author) == ("discussion", product, [tag], peer)
    mine.refresh_from_db()
    assert (mine.title, mine.posts.get().body) == ("See https://right.example", RIGHT)
    assert mine.posts.get().revisions.get(number=1).because == "A link."


def test_its_author_is_led_to_it_and_finds_it_again(rule, peer, thread, visiting_as):
    rule()
    browser = visiting_as(peer)
    Draft.objects.create(author=peer, thread=thread, body=WORDS, updated_at=clock.now())
    sent = {"body": WORDS, "token": "one-form"}

    answer, again = (browser.post(f"/threads/{thread.pk}/reply/", sent) for _press in range(2))

    held = Held.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, held.get_absolute_url())
    assert again.headers["Location"] == held.get_absolute_url()
    assert answer.cookies["sent"].value == "one-form"
    assert not Draft.objects.exists()
    page = browser.get(held.get_absolute_url()).text
    assert "it is among your first posts" in page
    assert WORDS in page
    assert held.get_absolute_url() in browser.get("/moderation/held/").text
    assert held.get_absolute_url() in browser.get(thread.get_absolute_url()).text
    as_json = browser.post(f"/threads/{thread.pk}/reply/", sent, headers={"Accept": "application/json"})
    assert (as_json.status_code, as_json.json()["held"]) == (202, held.get_absolute_url())


def test_its_author_puts_it_better_and_takes_it_back(held, peer, moderator, visiting_as):
    browser = visiting_as(peer)

    browser.post(held.get_absolute_url(), {"body": RIGHT})
    held.refresh_from_db()
    assert (held.body, held.state) == (RIGHT, "waiting")
    browser.post(f"{held.get_absolute_url()}withdraw/")

    held.refresh_from_db()
    assert held.state == "withdrawn"
    with pytest.raises(OutOfStep, match="has withdrawn it"):
        approve_held(by=moderator, held=held)
    assert RIGHT in browser.get(held.get_absolute_url()).text
    assert not Notice.objects.filter(member=peer).exists()


def test_what_is_declined_is_told_with_the_reason_and_posted_nowhere(held, peer, moderator, thread, visiting_as):
    browser = visiting_as(moderator)
    without = browser.post(f"{held.get_absolute_url()}decide/", {"body": WORDS, "decline": "1"})
    decline_held(by=moderator, held=held, because="This is advertising.")

    assert without.status_code == 422
    assert thread.posts.count() == 1
    told = Notice.objects.get(member=peer)
    assert (told.kind, told.url) == ("held_declined", held.get_absolute_url())
    assert "This is advertising." in visiting_as(peer).get(told.url).text


def test_what_cannot_be_said_any_more_still_waits(held, moderator, thread, visiting_as):
    Thread.objects.filter(pk=thread.pk).update(locked_at=clock.now(), locked_because="Enough.")

    page = visiting_as(moderator).post(f"{held.get_absolute_url()}decide/", {"body": RIGHT, "approve": "1"})

    held.refresh_from_db()
    assert page.status_code == 409
    assert "cannot be posted as things stand" in page.text
    assert RIGHT in page.text
    assert (held.state, thread.posts.count()) == ("waiting", 1)


def test_what_waits_is_rendered_once_however_often_the_queue_is_read(held, moderator, visiting_as, monkeypatch):
    asked = []
    monkeypatch.setattr(cases.prose, "render", lambda body: asked.append(body) or "<p>Rendered.</p>")
    cases.rendered.cache_clear()

    pages = [visiting_as(moderator).get("/moderation/").text for _twice in range(2)]

    assert (asked, ["<p>Rendered.</p>" in page for page in pages]) == ([WORDS], [True, True])
    held.body = RIGHT
    held.save()
    visiting_as(moderator).get("/moderation/")
    assert asked == [WORDS, RIGHT]
    cases.rendered.cache_clear()


def test_the_second_of_two_moderators_hears_who_decided(held, moderator):
    other = make.member(role=Role.MODERATOR)
    approve_held(by=other, held=held)

    with pytest.raises(OutOfStep, match=f"{other.called} has let it be posted already"):
        decline_held(by=moderator, held=held, because="No.")

    assert Post.objects.filter(thread=held.thread, number=2).count() == 1


def test_a_held_file_is_opened_by_its_author_and_by_moderators_only(rule, peer, customer, moderator, agent, thread):
    rule()
    file = make.attachment(by=peer)
    held = hold(lambda: post_reply(by=peer, thread=thread, body=f"See {file.markdown}"))

    def openers() -> list:
        people = (peer, customer, moderator, agent)
        return [who for who in people if Attachment.objects.visible_to(who).filter(pk=file.pk).exists()]

    assert openers() == [peer, moderator]
    decline_held(by=moderator, held=held, because="No.")
    assert openers() == [peer]


def test_a_file_is_kept_as_long_as_a_waiting_text_shows_it(rule, peer, moderator, thread):
    rule()
    shared, dropped = make.attachment(by=peer), make.attachment(by=peer)
    one = hold(lambda: post_reply(by=peer, thread=thread, body=f"See {shared.markdown} {dropped.markdown}"))
    hold(lambda: post_reply(by=peer, thread=thread, body=f"Or see {shared.markdown}"))

    rewrite_held(by=peer, held=one, body=f"See {shared.markdown}")
    decline_held(by=moderator, held=one, because="No.")

    assert [*Attachment.objects.exclude(held_at=None)] == [shared]
    clock.advance(KEPT_UNPOSTED * 3)
    assert [fault for check in files.CHECKS for fault in check()] == [
        f"attachment {dropped.pk}: shown by no post since {dropped.created_at:%Y-%m-%d}"
    ]
    assert sweep_attachments() == 1
    assert [*Attachment.objects.all()] == [shared]


def test_nobody_else_decides_or_takes_back(held, peer, customer, agent, visiting_as):
    for who in (customer, agent):
        browser = visiting_as(who)
        statuses = [
            browser.get(held.get_absolute_url()).status_code,
            browser.post(f"{held.get_absolute_url()}decide/", {"approve": "1"}).status_code,
            browser.post(f"{held.get_absolute_url()}withdraw/").status_code,
        ]
        assert statuses == [404, 404, 404]
    with pytest.raises(NotAllowed):
        approve_held(by=peer, held=held)
    with pytest.raises(NotAllowed):
        withdraw_held(by=customer, held=held)

    held.refresh_from_db()
    assert held.is_waiting


@pytest.mark.parametrize(
    ("details", "body", "reason"),
    [
        ({"everything": True}, "Words.", "everything"),
        ({"below_trust": 1}, "Words.", "trust"),
        ({"most_links": 1}, "https://a.example https://b.example", "links"),
        ({"languages": "en de"}, "Depuis ce matin rien ne marche et nous ne savons pas pourquoi", "language"),
    ],
)
def test_each_rule_holds_what_it_names_and_nothing_else(rule, peer, thread, details, body, reason):
    rule(first_posts=0, is_on=False, **details)
    post_reply(by=peer, thread=thread, body=f"{body} So it is.")
    rule(first_posts=0, **details)

    held = hold(lambda: post_reply(by=peer, thread=thread, body=body))

    assert [key for key, _more in held.reasons] == [reason]


def test_a_rule_of_one_space_leaves_the_others_alone(administrator, peer):
    here, there = make.space(), make.space()
    set_rule(by=administrator, space=here, is_on=True, everything=True)

    hold(lambda: ask_question(by=peer, space=here, title="Here", body="Words."))
    ask_question(by=peer, space=there, title="There", body="Words.")

    assert [thread.title for thread in Thread.objects.filter(author=peer)] == ["There"]
