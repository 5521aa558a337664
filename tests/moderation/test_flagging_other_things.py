"""A thread, a profile or a file is flagged, decided about and taken back like a post."""

from datetime import timedelta

import pytest

from community import clock
from community.inbox.models import Notice
from community.moderation.actions import flag_thing, give_file_back, take_file_away, undo_decision, uphold_flag
from community.moderation.models import Case, Decision, Flag, Sanction, Verb
from community.moderation.tasks import forget_what_undo_needs
from community.people.actions import deactivate
from community.people.models import Role
from community.policy import Invalid, NotAllowed, OutOfStep
from community.threads.models import State
from tests import make

pytestmark = pytest.mark.django_db

WHY = "It does not belong here."


@pytest.fixture
def boaster():
    return make.member("boaster", name="Best Casino", bio="Come and play.", website="https://casino.example")


@pytest.fixture
def file(thread, peer):
    """A file of the peer's in his answer."""
    made = make.attachment(by=peer, post=thread.posts.get(number=2))
    made.post.body = made.markdown
    made.post.save(update_fields=["body"])
    return made


@pytest.fixture
def things(thread, boaster, file):
    return {
        f"/threads/{thread.pk}/flag/": thread,
        f"/people/{boaster.handle}/flag/": boaster,
        f"/attachments/{file.key}/flag/": file,
    }


def decide(browser, flag, **sent):
    return browser.post(f"/moderation/flags/{flag.pk}/", {"because": WHY} | sent)


def test_each_has_a_page_on_which_it_is_flagged_and_stands_in_the_one_queue(things, visiting_as, moderator):
    flagger = make.member("flora")
    browser = visiting_as(flagger)

    for path, thing in things.items():
        assert "Send to the moderators" in browser.get(path).text
        sent = browser.post(path, {"reason": "abuse", "words": "Look here."})
        again = browser.post(path, {"reason": "spam"})
        assert (sent.status_code, again.status_code, path) == (302, 302, path)
        assert Flag.objects.get(**{thing._meta.model_name: thing}).flagger == flagger

    queue = visiting_as(moderator).get("/moderation/?show=flags").text
    mine = browser.get("/moderation/mine/").text
    for words in ("The whole thread", "Come and play.", "https://casino.example", "log.txt", "Keys expired"):
        assert words in queue
    for words in ("Keys expired", "Best Casino", "log.txt"):
        assert words in mine
    assert visiting_as(flagger).get("/moderation/?show=flags").status_code == 403


def test_each_is_offered_on_the_page_of_the_thing(things, thread, file, boaster, visiting_as, client):
    reader = visiting_as(make.member())

    menus = [reader.get(f"/posts/{thread.posts.get(number=n).pk}/menu/").text for n in (1, 2)]
    profile = reader.get(boaster.get_absolute_url()).text

    for path, page in zip(things, (menus[0], profile, menus[1]), strict=True):
        assert f'href="{path}"' in page
        assert client.get(path).url == f"/accounts/login/?next={path}"
    assert "/flag/" not in visiting_as(boaster).get(boaster.get_absolute_url()).text


def test_the_queue_costs_as_much_with_many_of_them_as_with_few(
    things, visiting_as, moderator, django_assert_num_queries
):
    browser = visiting_as(moderator)
    for thing in (*things.values(), make.thread(), make.thread(), make.member(bio="Come and play.")):
        flag_thing(by=make.member(), thing=thing, why="spam")
    browser.get("/moderation/")

    with django_assert_num_queries(11):
        page = browser.get("/moderation/")

    assert len(page.context["cases"]) == 6


def test_nobody_flags_his_own_or_what_is_gone(things, thread, file, boaster, moderator, visiting_as, trace):
    owners = (thread.author, boaster, file.uploader)
    for (path, thing), owner in zip(things.items(), owners, strict=True):
        with pytest.raises(NotAllowed, match="your own"):
            flag_thing(by=owner, thing=thing, why="spam")
        assert visiting_as(owner).get(path).status_code == 403
    take_file_away(by=moderator, attachment=file, because=WHY)
    deactivate(by=moderator, member=boaster, because=WHY)
    before, reader = trace(), make.member()

    for thing in (boaster, file):
        thing.refresh_from_db()
        with pytest.raises(NotAllowed, match=r"no longer active|already taken away"):
            flag_thing(by=reader, thing=thing, why="spam")
    assert trace() == before
    assert visiting_as(reader).post(f"/attachments/{file.key}/flag/", {"reason": "spam"}).status_code == 404


@pytest.mark.parametrize("deed", ["hide", "close", "move"])
def test_a_thread_is_moved_closed_or_hidden_with_the_flag_and_put_back_within_seconds(
    deed, thread, customer, moderator, visiting_as
):
    where = make.space("Devices")
    state, since, before = thread.state, thread.state_since, thread.space
    flag = flag_thing(by=make.member("flora"), thing=thread, why="place")

    answer = decide(visiting_as(moderator), flag, uphold=deed, space=where.pk)

    thread.refresh_from_db()
    assert answer.url == "/moderation/"
    assert (thread.is_hidden, thread.is_closed, thread.space == where) == (
        deed == "hide",
        deed == "close",
        deed == "move",
    )
    verbs = {"hide": Verb.HID_THREAD, "close": Verb.CLOSED, "move": Verb.MOVED}
    assert list(Decision.objects.order_by("pk").values_list("verb", "because")) == [
        (verbs[deed], WHY),
        (Verb.UPHELD_FLAG, WHY),
    ]
    assert Notice.objects.filter(member=customer, kind="post_hidden").exists() is (deed == "hide")
    public = visiting_as(customer).get("/moderation/public/").text
    assert ("hid a post" in public, WHY in public) == (False, deed != "move")

    undo_decision(by=moderator, case=flag.case)

    thread.refresh_from_db()
    assert (thread.is_hidden, thread.state, thread.state_since, thread.space) == (False, state, since, before)
    assert not Notice.objects.filter(kind__in=("post_hidden", "flag_upheld")).exists()
    assert Case.objects.get().decided_at is None


def test_a_thread_that_went_on_since_stays_as_it_is(thread, moderator, peer):
    flag = flag_thing(by=make.member(), thing=thread, why="outdated")
    uphold_flag(by=moderator, flag=flag, because=WHY, deed="hide")
    thread.refresh_from_db()
    thread.append("hidden", by=peer, at=clock.now())
    thread.save(update_fields=["seq"])

    with pytest.raises(OutOfStep, match="changed it since"):
        undo_decision(by=moderator, case=flag.case)


def test_moving_asks_whither_and_what_was_done_by_hand_needs_no_deed(thread, moderator, visiting_as, trace):
    flag = flag_thing(by=make.member(), thing=thread, why="place")
    before = trace()

    nowhere = decide(visiting_as(moderator), flag, uphold="move")
    odd = decide(visiting_as(moderator), flag, uphold="clear")

    assert (nowhere.status_code, "Choose a space" in nowhere.text) == (422, True)
    assert (odd.status_code, "Choose what becomes of it." in odd.text) == (422, True)
    assert trace() == before
    assert decide(visiting_as(moderator), flag, uphold="nothing").status_code == 302
    thread.refresh_from_db()
    assert (thread.state, thread.is_hidden) == (State.ANSWERED, False)


def test_a_profile_is_cleared_its_member_reads_why_and_gets_his_words_back_within_seconds(
    boaster, moderator, visiting_as
):
    clock.set_to(clock.now())
    flag = flag_thing(by=make.member("flora"), thing=boaster, why="spam")

    decide(visiting_as(moderator), flag, uphold="clear")

    boaster.refresh_from_db()
    decision, notice = Decision.objects.get(verb=Verb.CLEARED_PROFILE), Notice.objects.get(member=boaster)
    assert (boaster.name, boaster.bio, boaster.website) == ("", "", "")
    assert (decision.member, decision.because, decision.before) == (boaster, WHY, "name, bio, website")
    assert (notice.kind, notice.url) == ("taken_away", f"/moderation/mine/#decision-{decision.pk}")
    assert WHY in visiting_as(boaster).get("/moderation/mine/").text
    assert WHY not in visiting_as(make.member()).get("/moderation/mine/").text

    undo_decision(by=moderator, case=flag.case)

    boaster.refresh_from_db()
    assert (boaster.name, boaster.bio, boaster.website) == ("Best Casino", "Come and play.", "https://casino.example")
    assert not Notice.objects.filter(member=boaster).exists()
    uphold_flag(by=moderator, flag=Flag.objects.get(), because=WHY, deed="clear")
    clock.advance(timedelta(seconds=13))
    forget_what_undo_needs.call()
    assert Case.objects.get().before == {}


def test_a_warning_is_mailed_and_so_cannot_be_taken_back_with_the_decision(boaster, moderator, visiting_as):
    flag = flag_thing(by=make.member(), thing=boaster, why="abuse")
    browser = visiting_as(moderator)

    decide(browser, flag, uphold="warn")

    boaster.refresh_from_db()
    assert (boaster.bio, Sanction.objects.get(member=boaster).kind) == ("Come and play.", "warning")
    with pytest.raises(OutOfStep, match="warned, by mail too"):
        undo_decision(by=moderator, case=flag.case)
    assert "data-undo" not in browser.get("/moderation/").text


def test_a_file_is_taken_away_and_whoever_follows_its_link_reads_why(
    thread, file, peer, customer, moderator, visiting_as, client
):
    flag = flag_thing(by=customer, thing=file, why="private")

    decide(visiting_as(moderator), flag, uphold="take_away")

    gone = [browser.get(file.get_absolute_url()) for browser in (client, visiting_as(customer))]
    opens = [visiting_as(who).get(file.get_absolute_url()).status_code for who in (peer, moderator)]
    assert [(page.status_code, WHY in page.text) for page in gone] == [(410, True), (410, True)]
    assert opens == [200, 200]
    decision = Decision.objects.get(verb=Verb.TOOK_FILE)
    assert (decision.post, decision.member, decision.before) == (file.post, peer, "log.txt")
    assert Notice.objects.get(member=peer, kind="taken_away").title == WHY
    undo_decision(by=moderator, case=flag.case)
    assert client.get(file.get_absolute_url()).status_code == 200
    assert not Notice.objects.filter(kind="taken_away").exists()


def test_moderators_take_a_file_away_and_show_it_again_from_its_post(file, moderator, visiting_as, customer):
    browser = visiting_as(moderator)
    menu = f"/posts/{file.post_id}/menu/"

    assert f"/attachments/{file.key}/take/" in browser.get(menu).text
    assert browser.post(f"/attachments/{file.key}/take/", {"because": WHY}).status_code == 302
    assert browser.post(f"/attachments/{file.key}/take/", {"because": WHY}).status_code == 409
    assert f"/attachments/{file.key}/give-back/" in browser.get(menu).text
    assert browser.post(f"/attachments/{file.key}/give-back/", {"because": "It is harmless."}).status_code == 302
    file.refresh_from_db()
    assert (file.hidden_at, file.hidden_because) == (None, "")
    with pytest.raises(OutOfStep, match="not taken away"):
        give_file_back(by=moderator, attachment=file, because=WHY)
    assert visiting_as(customer).post(f"/attachments/{file.key}/take/", {"because": WHY}).status_code == 403


def test_nobody_decides_about_his_own_profile_or_one_of_the_team(moderator, trace):
    other = make.member("wanda", role=Role.MODERATOR, bio="I moderate.")
    flag = flag_thing(by=make.member(), thing=other, why="abuse")
    before = trace()

    for by, words in ((other, "Nobody decides about themselves"), (moderator, "Only administrators decide")):
        with pytest.raises(NotAllowed, match=words):
            uphold_flag(by=by, flag=flag, because=WHY, deed="clear")

    assert trace() == before


def test_the_second_of_two_who_decide_about_a_thread_is_told_who_was_first(thread, moderator, trace):
    flag = flag_thing(by=make.member(), thing=thread, why="outdated")
    uphold_flag(by=moderator, flag=flag, because=WHY, deed="close")
    before = trace()

    with pytest.raises(OutOfStep, match="already upheld by osier"):
        uphold_flag(by=make.member(role=Role.MODERATOR), flag=flag, because=WHY, deed="hide")

    assert trace() == before


def test_what_somebody_closed_meanwhile_is_not_closed_twice(thread, moderator):
    from community.moderation.actions import close_thread

    flag = flag_thing(by=make.member(), thing=thread, why="outdated")
    close_thread(by=moderator, thread=thread, because="Old.")

    with pytest.raises(OutOfStep, match="already closed"):
        uphold_flag(by=moderator, flag=flag, because=WHY, deed="close")
    with pytest.raises(Invalid, match="Choose what becomes of it"):
        uphold_flag(by=moderator, flag=flag, because=WHY, deed="take_away")
    assert Flag.objects.waiting().count() == 1
