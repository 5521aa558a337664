"""A subscription code that somebody writes in public is read by nobody, however it is written."""

import time

import pytest

from community.organisations.actions import edit_organisation
from community.organisations.masking import masked
from community.policy import Invalid
from community.threads.actions import edit_post, post_reply, retitle_thread
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db

CODE = "FF-7Q2M-0441"


@pytest.fixture(autouse=True)
def company():
    return make.organisation("Fenwick Freight", subscription_code=CODE)


@pytest.mark.parametrize(
    "written", [CODE, CODE.lower(), f"({CODE})", f"`{CODE}`", f"{CODE}.", f"code:{CODE},", f"**{CODE}**"]
)
def test_however_it_is_written(written):
    thread = make.thread(title=f"We are {written} here", body=f"Our code is {written} since May.")
    question = thread.posts.get()

    for text in (thread.title, question.body, question.html):
        assert "7q2m" not in text.lower()
    assert "since May." in question.body


def test_in_replies_edits_and_new_titles_too():
    thread = make.thread()
    reply = post_reply(by=thread.author, thread=thread, body=f"It is {CODE}")
    edited = edit_post(by=thread.author, post=reply, body=f"No, {CODE}!", seen_revision=0)
    renamed = retitle_thread(by=thread.author, thread=thread, title=f"About {CODE}")

    assert [reply.body, edited.body, renamed.title] == ["It is ••••••", "No, ••••••!", "About ••••••"]
    assert not edited.revisions.filter(body__contains=CODE).exists()


def test_support_reads_it_where_only_support_and_the_asker_read(agent):
    thread = make.thread(audience=Audience.NAMED, body=f"Our code is {CODE}.")

    assert CODE in thread.posts.get().body


def test_other_words_and_longer_codes_stay():
    words = f"x{CODE} and {CODE}9 are well-known, 2026-05-01 is a day."

    assert make.thread(body=words).posts.get().body == words


def test_a_wall_of_codes_is_masked_like_one():
    wall = " ".join(f"AB-{n:05}" for n in range(3000))

    assert CODE not in make.thread(body=f"{wall} {CODE}").posts.get().body


@pytest.mark.parametrize("text", ["[" * 100_000, "a" * 100_000, "7-" * 50_000])
def test_a_text_without_an_end_is_read_in_no_time(text):
    began = time.process_time()

    assert masked(text) == text
    assert time.process_time() - began < 2


def test_a_plain_text_asks_nothing_more_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert masked("Keys expired after a rebuild.") == "Keys expired after a rebuild."


@pytest.mark.parametrize("code", ["a-1", "two words-7", "ends-with.", "onlyletters"])
def test_a_code_that_could_not_be_found_in_a_text_is_refused(company, code):
    keeper = make.member(role="administrator")

    with pytest.raises(Invalid, match="masked"):
        edit_organisation(by=keeper, organisation=company, subscription_code=code)
