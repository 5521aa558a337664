"""Thirty accounts that send the same within two minutes: seen as one thing, cleared away as one, undone as one."""

from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.inbox.actions import notify
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_post
from community.moderation.actions import claim_next, clear_wave, dismiss_wave, flag_thing, restore_wave
from community.moderation.models import Decision, Held, HeldAccount, Sanction, Verb, Wave
from community.people.models import Role, Trust
from community.policy import NotAllowed, OutOfStep
from community.threads.actions import ask_question, follow, post_reply
from community.threads.gate import HeldBack
from community.threads.models import Attachment, Post
from tests import make

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 5, 1, 9, tzinfo=UTC)
WHY = "Advertising, sent by thirty accounts at once."


@pytest.fixture(autouse=True)
def watching(settings):
    settings.SPAM_SIGNALS = True
    clock.set_to(BEGAN)


@pytest.fixture
def thread(customer):
    return make.thread(by=customer, title="Keys expired")


@pytest.fixture
def named_caller():
    return make.member("marit", joined_at=BEGAN - timedelta(days=400), trust=Trust.KNOWN)


def says(who, thread, number: int) -> bool:
    """Whether it is posted."""
    body = (
        f"Play number {number} now at https://win{number}.lucky-casino{number % 7}.example/go and take your prize home"
    )
    try:
        if number % 2:
            post_reply(by=who, thread=thread, body=body, token=f"t{number}")
        else:
            ask_question(by=who, space=thread.space, title=f"Prize {number}", body=body, token=f"t{number}")
    except HeldBack:
        return False
    return True


@pytest.fixture
def wave(thread, named_caller):
    """Sixty texts in two minutes, and an honest question and a reply among them."""
    accounts = [make.member(joined_at=BEGAN - timedelta(days=2)) for _ in range(30)]
    posted = []
    for number in range(60):
        clock.set_to(BEGAN + timedelta(seconds=2 * number))
        if says(accounts[number % 30], thread, number):
            posted.append(number)
        if number == 30:
            honest = "The keys of nine devices have expired, see https://fenwick.example/log for what the gate says."
            post_reply(by=named_caller, thread=thread, body=honest)
            ask_question(by=named_caller, space=thread.space, title="Nine keys", body=honest)
    assert len(posted) <= 5
    return Wave.objects.get()


def test_at_least_fifty_five_of_sixty_are_held_and_the_wave_is_one_thing(wave, named_caller):
    assert Held.objects.filter(wave=wave, state="waiting").count() >= 55
    assert Held.objects.count() + wave.posts.count() == 60
    assert Post.objects.filter(author=named_caller).count() == 2


def test_one_press_removes_posts_held_texts_accounts_and_what_nobody_has_been_told_yet(
    wave, thread, named_caller, moderator, customer, visiting_as
):
    slipped = list(wave.posts.all())
    told = slipped[0]
    notify({customer.pk}, "replied", thread=told.thread, post=told, actor_id=told.author_id)
    browser = visiting_as(moderator)

    banner = browser.get("/moderation/?show=held")
    news = browser.get("/moderation/new/?after=0").json()
    page = browser.get(wave.get_absolute_url())
    answer = browser.post(wave.get_absolute_url(), {"because": WHY, "do": "clear"})

    wave.refresh_from_db()
    assert wave.get_absolute_url() in banner.text
    # One thing at the top of the queue, and not sixty in it.
    assert (banner.context["page"].paginator.count, news) == (1, {"count": 1})
    assert not HeldAccount.objects.filter(freed_at=None).exists()
    assert (page.status_code, answer.status_code, wave.state) == (200, 302, "cleared")
    assert not Held.objects.waiting().exists()
    for post in slipped:
        post.refresh_from_db()
        post.thread.refresh_from_db()
        assert post.hidden_at or post.thread.is_hidden
    assert Sanction.objects.filter(kind="suspension", because=WHY).count() == 30
    assert Notice.objects.filter(kind="suspended").count() == 30
    assert not Notice.objects.filter(member=customer, post=told).exists()
    customer.refresh_from_db()
    assert customer.unread_notices == 0
    genuine = Post.objects.filter(author=named_caller)
    assert [(post.hidden_at, post.thread.is_hidden) for post in genuine] == [(None, False)] * 2
    assert not Sanction.objects.filter(member=named_caller).exists()
    assert Decision.objects.get(verb=Verb.CLEARED_WAVE).because == WHY


def test_it_is_a_case_claimed_and_decided_like_others_before_all_else(wave, thread, moderator, visiting_as):
    flag_thing(by=make.member(), thing=make.reply(thread), why="private")
    second = make.member("wanda", role=Role.MODERATOR)

    case = claim_next(by=second)

    assert (case.wave, case.severity) == (wave, 5)
    refused = visiting_as(moderator).post(wave.get_absolute_url(), {"because": WHY, "do": "clear", "in_queue": "1"})
    assert (refused.status_code, "wanda has claimed this" in refused.text) == (409, True)
    assert not Sanction.objects.exists()
    browser = visiting_as(second)
    assert 'data-key="u" data-outcome="upheld">Clear it all away' in browser.get("/moderation/?show=mine").text
    canned = {"because": "", "canned": "It advertises something.", "do": "clear", "in_queue": "1"}
    assert browser.post(wave.get_absolute_url(), canned).url == "/moderation/"
    wave.refresh_from_db()
    case.refresh_from_db()
    assert (wave.decided_because, case.outcome, case.decided_by) == (canned["canned"], "cleared", second)


def test_what_was_withdrawn_is_told_again_when_it_is_undone(wave, thread, moderator, customer, named_caller):
    told, reader = make.reply(thread), make.member()
    wave.posts.add(told)
    follow(by=reader, thread=thread)
    tell_of_post.call(told.pk)
    Notice.objects.filter(member=reader).update(read_at=clock.now())
    clear_wave(by=moderator, wave=wave, because=WHY)
    assert not Notice.objects.filter(post=told, read_at=None).exists()

    restore_wave(by=moderator, wave=wave, because="They were at a fair.")
    # The task that was queued.
    tell_of_post.call(told.pk, again=True)

    unread = Notice.objects.filter(last_post=told, read_at=None)
    assert set(unread.values_list("member", flat=True)) == {customer.pk, named_caller.pk}


def test_it_is_undone_as_one_thing(wave, thread, moderator):
    before = (thread.posts.filter(hidden_at=None).count(), Held.objects.waiting().count())
    clear_wave(by=moderator, wave=wave, because=WHY)

    restore_wave(by=moderator, wave=wave, because="They were at a fair, and asked to write.")

    assert (thread.posts.filter(hidden_at=None).count(), Held.objects.waiting().count()) == before
    assert not Sanction.objects.filter(ended_at=None).exists()
    assert not any(post.thread.is_hidden or post.hidden_at for post in wave.posts.all())
    with pytest.raises(OutOfStep):
        restore_wave(by=moderator, wave=wave, because="Again.")


def test_files_of_what_waits_again_are_opened_again_by_whoever_decides(wave, moderator):
    held = wave.held.first()
    file = make.attachment(by=held.by)
    Held.objects.filter(pk=held.pk).update(body=f"{held.body} {file.markdown}")
    clear_wave(by=moderator, wave=wave, because=WHY)

    restore_wave(by=moderator, wave=wave, because="They were at a fair, and asked to write.")

    assert Attachment.objects.visible_to(moderator).filter(pk=file.pk).exists()


def test_what_was_no_wave_is_not_taken_for_one_again(wave, thread, moderator):
    dismiss_wave(by=moderator, wave=wave, because="They were told to ask here.")

    newcomer = make.member(joined_at=clock.now() - timedelta(days=2), bio="")
    make.reply(thread, by=newcomer)
    post_reply(
        by=newcomer, thread=thread, body="See https://win1.lucky-casino1.example/go as the others said, it is ours"
    )

    assert Wave.objects.count() == 1
    with pytest.raises(OutOfStep, match="has decided about this wave already"):
        clear_wave(by=moderator, wave=wave, because=WHY)


def test_only_those_who_curate_clear_it(wave, peer, agent, visiting_as):
    for who in (peer, agent):
        with pytest.raises(NotAllowed):
            clear_wave(by=who, wave=wave, because=WHY)
        assert visiting_as(who).get(wave.get_absolute_url()).status_code == 403

    assert Wave.objects.get().is_waiting
