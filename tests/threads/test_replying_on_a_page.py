"""From the form to the reply in its thread, and back to the form with every word when it cannot be."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from community import clock, prose
from community.threads.models import Draft, Kind, Post
from tests import make

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-one-form-that-was-shown"


def address(thread):
    return reverse("threads:reply", args=[thread.pk])


def replies(thread):
    return thread.posts.filter(number__gt=1)


def test_a_reply_leads_to_its_place_in_the_thread(peer, visiting_as):
    thread = make.thread()

    answer = visiting_as(peer).post(
        address(thread), {"body": "Try **this**.\r\n", "kind": "workaround", "token": TOKEN}
    )

    post = replies(thread).get()
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    assert (post.body, post.kind, post.author) == ("Try **this**.\n", Kind.WORKAROUND, peer)
    assert answer.cookies["sent"].value == TOKEN


def test_a_double_click_makes_one_reply_and_leads_to_it_twice(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)

    answers = [browser.post(address(thread), {"body": "Once.", "token": TOKEN}) for _press in range(3)]

    post = replies(thread).get()
    assert {answer["Location"] for answer in answers} == {post.get_absolute_url()}


def test_a_retry_an_hour_later_still_makes_one_reply(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)
    browser.post(address(thread), {"body": "Once.", "token": TOKEN})
    clock.advance(timedelta(hours=1))

    browser.post(address(thread), {"body": "Once.", "token": TOKEN})

    assert replies(thread).count() == 1


def test_other_words_in_a_form_that_was_sent_before_are_kept_and_asked_about(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)
    browser.post(address(thread), {"body": "First.", "token": TOKEN})

    answer = browser.post(address(thread), {"body": "After going back: second.", "token": TOKEN})

    assert answer.status_code == 409
    assert "After going back: second." in answer.content.decode()
    assert answer.context["reply"].token != TOKEN
    assert replies(thread).count() == 1


@pytest.mark.parametrize("body", ["", "   \n\t", "\x00\x00"])
def test_an_empty_reply_is_refused_with_a_word(peer, visiting_as, body):
    thread = make.thread()

    answer = visiting_as(peer).post(address(thread), {"body": body, "token": TOKEN})

    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()
    assert not replies(thread).exists()


def test_a_reply_that_is_too_long_is_given_back_whole(peer, visiting_as):
    thread, body = make.thread(), "word " * (prose.MAX_LENGTH // 5 + 1)

    answer = visiting_as(peer).post(address(thread), {"body": body, "token": TOKEN})

    assert answer.status_code == 422
    assert body in answer.content.decode()
    assert not replies(thread).exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("nul\x00byte", "nulbyte"),
        ("\ud800lone surrogate".encode("utf-8", "surrogatepass"), "\ufffd\ufffd\ufffdlone surrogate"),
        (b"bad \xff\xfe utf-8", "bad \ufffd\ufffd utf-8"),
    ],
)
def test_characters_that_no_database_takes_do_no_harm(peer, visiting_as, sent, kept):
    thread = make.thread()

    visiting_as(peer).post(
        address(thread), f"body={quote(sent)}&token={TOKEN}", content_type="application/x-www-form-urlencoded"
    )

    assert replies(thread).get().body == kept


@pytest.mark.parametrize("kind", ["note", "announcement", "'; drop table"])
def test_a_kind_that_one_may_not_choose_is_refused(peer, visiting_as, kind):
    thread = make.thread()

    answer = visiting_as(peer).post(address(thread), {"body": "Psst", "kind": kind, "token": TOKEN})

    assert answer.status_code == 422
    assert "Psst" in answer.content.decode()
    assert not replies(thread).exists()


def test_a_kind_nobody_chose_is_guessed(customer, peer, visiting_as):
    thread = make.thread(by=customer)

    visiting_as(peer).post(address(thread), {"body": "1. Open it\n2. Close it", "token": "one"})
    visiting_as(peer).post(address(thread), {"body": "Same here.", "token": "two"})
    visiting_as(customer).post(address(thread), {"body": "```\nlog\n```", "token": "three"})

    kinds = list(replies(thread).order_by("number").values_list("kind", flat=True))
    assert kinds == [Kind.SOLUTION, Kind.INFORMATION, Kind.INFORMATION]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("It stops?\n\nWhich version is it?", Kind.QUESTION),
        ("Which *version*?**\n", Kind.QUESTION),
        ("أي إصدار؟", Kind.QUESTION),
        ("Which version? It matters.", Kind.INFORMATION),
        ("> Which version?", Kind.INFORMATION),
        ("1. Open it.\n2. Does it work?", Kind.SOLUTION),
    ],
)
def test_who_ends_with_a_question_asks_back(body, kind, customer, peer, visiting_as):
    thread = make.thread(by=customer)

    visiting_as(peer).post(address(thread), {"body": body, "token": TOKEN})

    assert replies(thread).get().kind == kind


def test_a_thread_that_was_locked_meanwhile_says_why_and_keeps_the_text(peer, visiting_as):
    thread = make.thread(locked_at=clock.now(), locked_because="Everything is said.")

    answer = visiting_as(peer).post(address(thread), {"body": "I had so much to say", "token": TOKEN})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Everything is said." in page
    assert "I had so much to say" in page
    assert not replies(thread).exists()


@pytest.mark.parametrize("pk", [999_999, 10**18, 10**30])
def test_a_thread_that_does_not_exist_is_not_found(peer, visiting_as, pk):
    browser = visiting_as(peer)

    assert browser.get(f"/threads/{pk}/reply/").status_code == 404
    assert browser.post(f"/threads/{pk}/reply/", {"body": "Hello?"}).status_code == 404


def test_a_thread_of_others_is_not_found(customer, peer, visiting_as):
    thread = make.thread(by=customer, audience="named")

    answer = visiting_as(peer).post(address(thread), {"body": "Let me in", "token": TOKEN})

    assert answer.status_code == 404
    assert not replies(thread).exists()


def test_whoever_is_signed_out_signs_in_and_finds_the_text_again(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(None)

    answer = browser.post(address(thread), {"body": "Before my session ended", "kind": "workaround", "token": TOKEN})

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={address(thread)}"
    browser.force_login(peer)
    page = browser.get(address(thread))
    assert "Before my session ended" in page.content.decode()
    assert page.context["reply"].kind == Kind.WORKAROUND
    assert Draft.objects.for_place(peer, thread).get().body == "Before my session ended"
    assert not replies(thread).exists()


def test_too_many_replies_at_once_are_asked_to_wait_and_lose_nothing(peer, visiting_as, settings):
    settings.RATE_LIMITS = True
    thread, browser = make.thread(), visiting_as(peer)

    answers = [browser.post(address(thread), {"body": f"Reply {n}", "token": f"token-{n}"}) for n in range(14)]

    assert [answer.status_code for answer in answers] == [302] * 12 + [429] * 2
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Reply 13" in answers[-1].content.decode()
    assert replies(thread).count() == 12


def test_a_form_from_elsewhere_is_refused_and_gives_the_text_back(peer):
    thread, browser = make.thread(), Client(enforce_csrf_checks=True)
    browser.force_login(peer)

    answer = browser.post(address(thread), {"body": "An hour of writing"})

    assert answer.status_code == 403
    assert "An hour of writing" in answer.content.decode()
    assert not replies(thread).exists()


def test_nothing_but_what_the_form_asks_for_is_taken(peer, agent, visiting_as):
    thread = make.thread()
    forged = {
        "author": agent.pk,
        "thread": 1,
        "number": 77,
        "is_official": "1",
        "html": "<script>alert(1)</script>",
        "created_at": "2000-01-01",
        "accepted_by_support_at": "2000-01-01",
        "vote_count": 99,
        "is_staff": "1",
        "role": "administrator",
    }

    visiting_as(peer).post(address(thread), forged | {"body": "Mine.", "token": TOKEN})

    post = replies(thread).get()
    assert (post.author, post.number, post.is_official, post.vote_count) == (peer, 2, False, 0)
    assert post.html == "<p>Mine.</p>\n"
    assert post.accepted_by_support_at is None
    peer.refresh_from_db()
    assert (peer.role, peer.is_staff) == ("customer", False)


def test_the_page_says_why_when_nobody_may_reply(peer, visiting_as):
    thread = make.thread(locked_at=clock.now(), locked_because="Moved to the help centre.")

    page = visiting_as(peer).get(address(thread))

    assert "Moved to the help centre." in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_a_preview_without_scripts_shows_the_html_and_keeps_the_form(peer, visiting_as):
    thread = make.thread()

    answer = visiting_as(peer).post(address(thread), {"body": "**loud**", "token": TOKEN, "do": "preview"})

    assert answer.status_code == 200
    assert "<strong>loud</strong>" in answer.content.decode()
    assert answer.context["reply"].token == TOKEN
    assert not replies(thread).exists()


def test_a_body_beyond_what_we_read_at_all_is_a_clear_refusal(peer, visiting_as):
    thread = make.thread()

    answer = visiting_as(peer).post(address(thread), {"body": "x" * 3_000_000, "token": TOKEN})

    assert answer.status_code == 413
    assert Post.objects.filter(thread=thread).count() == 1


def test_posting_a_reply_stays_within_its_queries(customer, peer, visiting_as, django_assert_max_num_queries):
    thread, browser = make.thread(by=customer), visiting_as(peer)
    shot = make.attachment(by=peer)
    browser.post(reverse("threads:draft", args=[thread.pk]), {"body": "Begun"})

    with django_assert_max_num_queries(25):
        answer = browser.post(
            address(thread), {"body": f"See {shot.markdown} @fenwick", "kind": "solution", "token": TOKEN}
        )

    assert answer.status_code == 302
