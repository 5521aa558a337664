"""Words and links that are watched: where they are found, and what happens then."""

import time

import pytest

from community.moderation.actions import drop_word, watch_word
from community.moderation.models import Held, WatchedWord
from community.moderation.words import Matcher, masked, trouble_with
from community.people.models import Role
from community.policy import Invalid, NotAllowed
from community.threads.actions import ask_question, edit_post, post_reply
from community.threads.gate import HeldBack
from community.threads.models import Post, Thread
from tests import make


def found(pattern: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in Matcher([(1, pattern)]).hits(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("ass", "The class will assess the mass. Ass!", ["Ass"]),
        ("casino*", "Casinos and kasinos, c4sino", ["Casinos", "c4sino"]),
        ("*coin", "bitcoin Coin coins", ["bitcoin", "Coin"]),
        ("buy now", "Please BUY, now or buy it now", ["BUY, now"]),
        ("viagra", "vіаgrа v1agra via gra", ["vіаgrа", "v1agra"]),
        ("schön", "SCHÖN, schon, Schönheit", ["SCHÖN", "schon"]),
        ("straße", "in der STRASSE", ["STRASSE"]),
        ("كتاب", "الكتاب كِتَاب", ["كِتَاب"]),
        ("example.com", "https://a.Example.com/x notexample.com me@example.com", ["a.Example.com", "example.com"]),
        ("example.com", "example.community and example.com.evil.net", []),
        ("7", "7 and 77 and x7", ["7"]),
    ],
)
def test_a_pattern_is_found_where_it_stands_as_words_of_its_own(pattern, text, hits):
    assert found(pattern, text) == hits


def test_masking_leaves_code_as_it_is():
    text = "ass and `ass` and\n```\nass\n```\n~~~\nass"

    hits = Matcher([(1, "ass")]).hits(text)

    assert masked(text, hits) == "••• and `ass` and\n```\nass\n```\n~~~\nass"


@pytest.mark.parametrize(
    ("pattern", "trouble"),
    [
        ("", "no_word"),
        ("*", "no_word"),
        ("...", "no_word"),
        ("a*", "too_wide"),
        ("a|b", "not_a_word"),
        ("a+", "not_a_word"),
    ],
)
def test_what_is_no_pattern_is_said_so(pattern, trouble):
    assert trouble_with(pattern) == trouble


def test_no_pattern_makes_reading_slow():
    """What makes engines for expressions go back and forth for ever."""
    matcher = Matcher([(1, "a*a*a*a*a*a*a*a*b"), (2, "*aa*aa*"), (3, "evil.example")])
    began = time.process_time()

    hits = matcher.hits("a" * 60_000) + matcher.hits("a." * 30_000) + matcher.hits("aa " * 20_000)

    assert time.process_time() - began < 3
    assert {hit.pattern_id for hit in hits} == {2}


@pytest.fixture
def administrator(db):
    return make.member(role=Role.ADMINISTRATOR)


@pytest.fixture
def thread(customer):
    return make.thread(by=customer)


def test_a_word_that_holds_lets_nothing_be_posted(administrator, peer, thread):
    watch_word(by=administrator, pattern="casino*", act="hold")

    with pytest.raises(HeldBack):
        post_reply(by=peer, thread=thread, body="Visit my casinos.")

    held = Held.objects.get()
    assert (held.by, held.what, held.body, held.reasons) == (peer, "reply", "Visit my casinos.", [["word", "casino*"]])
    thread.refresh_from_db()
    assert (thread.reply_count, thread.posts.count()) == (0, 1)


def test_a_masked_word_is_nowhere_to_be_read_and_the_writer_goes_on(administrator, peer, thread, visiting_as):
    watch_word(by=administrator, pattern="badword", act="mask")

    answer = visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": "A badword here.", "token": "t1"})

    post = Post.objects.get(number=2)
    assert answer.status_code == 302
    assert post.body == "A ••• here."
    assert "badword" not in post.html


def test_a_refused_word_is_named_with_what_to_do_and_the_text_stays(administrator, peer, thread, visiting_as):
    watch_word(by=administrator, pattern="badword", act="refuse", note="Say it kindly.")

    page = visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": "A badword here."})

    assert page.status_code == 422
    assert "“badword” is not taken here. Write it in another way. Say it kindly." in page.text
    assert "A badword here." in page.text
    assert thread.posts.count() == 1


def test_a_warning_is_given_once_for_the_same_words(administrator, peer, thread):
    watch_word(by=administrator, pattern="badword", act="warn")

    with pytest.raises(Invalid, match="sent again"):
        post_reply(by=peer, thread=thread, body="A badword here.")
    post = post_reply(by=peer, thread=thread, body="A badword here.")

    assert post.body == "A badword here."


def test_a_word_counts_in_its_spaces_only_and_from_the_next_text_on(administrator, peer, customer):
    mail, devices = make.space(), make.space()
    word = watch_word(by=administrator, pattern="badword", act="refuse", spaces=[mail])

    with pytest.raises(Invalid):
        ask_question(by=peer, space=mail, title="A badword", body="Words.")
    elsewhere = ask_question(by=peer, space=devices, title="A badword", body="Words.")
    with pytest.raises(Invalid):
        edit_post(by=peer, post=make.reply(make.thread(space=mail), by=peer), body="badword", seen_revision=0)
    drop_word(by=administrator, word=word)
    afterwards = ask_question(by=peer, space=mail, title="A badword", body="Words.")

    assert {elsewhere.title, afterwards.title} == {"A badword"}


def test_the_team_and_what_few_say_to_one_another_are_not_asked(administrator, moderator, peer, thread):
    watch_word(by=administrator, pattern="badword", act="refuse")

    post_reply(by=moderator, thread=thread, body="badword")
    between_few = make.thread(by=peer, body="badword", audience="named")

    assert Thread.objects.get(pk=between_few.pk).posts.get().body == "badword"


@pytest.mark.django_db
def test_only_administrators_say_what_is_watched(moderator, peer):
    for member in (moderator, peer):
        with pytest.raises(NotAllowed):
            watch_word(by=member, pattern="badword", act="hold")

    assert not WatchedWord.objects.exists()


def test_a_profile_cannot_wait_so_what_is_watched_is_refused_there(administrator, peer, visiting_as):
    watch_word(by=administrator, pattern="win.example", act="hold")
    said = {"name": "", "bio": "Ask me.", "website": "https://shop.win.example/", "time_zone": "", "language": ""}

    page = visiting_as(peer).post("/people/settings/", said)

    peer.refresh_from_db()
    assert page.status_code == 422
    assert "“win.example” is not taken here." in page.text
    assert peer.website == ""
