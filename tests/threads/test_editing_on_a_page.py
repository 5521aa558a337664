"""Editing, deleting and restoring by the pages; the history tells what was."""

from time import process_time

import pytest
from django.urls import reverse

from community import clock
from community.threads.actions import delete_post, edit_post, retitle_thread
from community.threads.differences import Change, changes_between
from community.threads.models import Post, Thread
from tests import make

pytestmark = pytest.mark.django_db


def page_of(name, post):
    return reverse(f"threads:{name}", args=[post.pk])


def test_an_edit_is_kept_with_its_reason(peer, visiting_as):
    post = make.reply(make.thread(), by=peer, body="Press F5.")

    answer = visiting_as(peer).post(
        page_of("edit", post), {"body": "Press F6.", "because": "wrong key", "seen_revision": 0, "kind": "solution"}
    )

    post.refresh_from_db()
    revision = post.revisions.get()
    assert answer["Location"] == post.get_absolute_url()
    assert (post.body, post.kind, post.html) == ("Press F6.", "solution", "<p>Press F6.</p>\n")
    assert (revision.body, revision.because, revision.editor) == ("Press F5.", "wrong key", peer)


def test_two_edits_at_once_show_both_texts_and_lose_none(peer, moderator, visiting_as):
    post = make.reply(make.thread(), by=peer, body="Press F5 now.")
    edit_post(by=moderator, post=post, body="Press F5 twice now.", seen_revision=0)
    browser = visiting_as(peer)

    answer = browser.post(page_of("edit", post), {"body": "Press F6 now.", "seen_revision": 0})

    page = answer.content.decode()
    post.refresh_from_db()
    assert answer.status_code == 409
    assert "Press F5 twice now." in page
    assert "Press F6 now.</textarea>" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert post.body == "Press F5 twice now."

    again = browser.post(
        page_of("edit", post),
        {"body": "Press F6 now.", "seen_revision": answer.context["form"]["seen_revision"].value()},
    )

    post.refresh_from_db()
    assert again.status_code == 302
    assert post.body == "Press F6 now."
    assert [*post.revisions.values_list("body", flat=True)] == ["Press F5 now.", "Press F5 twice now."]


@pytest.mark.parametrize(
    "sent",
    [
        {"body": "", "seen_revision": 0},
        {"body": "Kept words"},
        {"body": "Kept words", "seen_revision": "-1"},
        {"body": "Kept words", "seen_revision": "1e9"},
        {"body": "Kept words", "seen_revision": 0, "kind": "note"},
        {"body": "Kept words", "seen_revision": 0, "because": "x" * 301},
    ],
)
def test_a_broken_edit_changes_nothing_and_keeps_the_text(peer, visiting_as, sent):
    post = make.reply(make.thread(), by=peer, body="As it was.")

    answer = visiting_as(peer).post(page_of("edit", post), sent)

    post.refresh_from_db()
    assert answer.status_code == 422
    assert sent["body"] in answer.content.decode()
    assert (post.body, post.revision_count) == ("As it was.", 0)


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_others_neither_edit_nor_delete(peer, customer, visiting_as, name):
    post = make.reply(make.thread(), by=peer)
    browser = visiting_as(customer)

    shown = browser.get(page_of(name, post))
    sent = browser.post(page_of(name, post), {"body": "Kept words", "seen_revision": 0, "because": "Kept words"})

    post.refresh_from_db()
    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "Kept words" in sent.content.decode()
    assert (post.revision_count, post.deleted_at) == (0, None)


@pytest.mark.parametrize("name", ["edit", "delete", "history", "restore", "quote"])
def test_posts_that_one_may_not_read_are_not_found(peer, agent, visiting_as, name):
    note = make.reply(make.thread(), by=agent, kind="note")
    hers = make.reply(make.thread(audience="named"), by=agent)
    browser = visiting_as(peer)

    for pk in (note.pk, hers.pk, 10**12, 10**30):
        address = f"/posts/{pk}/{name}/"
        sent = {"body": "x", "because": "x", "seen_revision": 0}
        answer = browser.post(address, sent) if name != "quote" and name != "history" else browser.get(address)
        assert answer.status_code == 404


def test_a_moderator_tells_whose_words_they_are(peer, moderator, visiting_as):
    post = make.reply(make.thread(), by=peer)

    assert "These are words of tallow." in visiting_as(moderator).get(page_of("edit", post)).content.decode()


def test_deleting_asks_for_a_reason_first(peer, visiting_as):
    post = make.reply(make.thread(), by=peer, body="Nonsense, sorry.")
    browser = visiting_as(peer)

    shown = browser.get(page_of("delete", post))
    refused = browser.post(page_of("delete", post), {"because": " \x00 "})
    answer = browser.post(page_of("delete", post), {"because": "I was wrong"})

    post.refresh_from_db()
    assert "Nonsense, sorry." in shown.content.decode()
    assert refused.status_code == 422
    assert answer["Location"] == post.get_absolute_url()
    assert post.deleted_because == "I was wrong"


def test_deleting_a_question_leads_to_the_list(customer, visiting_as):
    thread = make.thread(by=customer)

    answer = visiting_as(customer).post(page_of("delete", thread.posts.get()), {"because": "Found it myself"})

    assert answer["Location"] == reverse("threads:list")
    assert Thread.objects.get().is_deleted


def test_what_one_deleted_oneself_can_be_taken_back(peer, visiting_as):
    post = make.reply(make.thread(), by=peer)
    delete_post(by=peer, post=post, because="Wrong button")

    answer = visiting_as(peer).post(page_of("restore", post))

    post.refresh_from_db()
    assert answer["Location"] == post.get_absolute_url()
    assert post.deleted_at is None


def test_what_a_moderator_deleted_is_restored_by_moderators_only(peer, moderator, visiting_as):
    post = make.reply(make.thread(), by=peer)
    delete_post(by=moderator, post=post, because="Insults")

    assert visiting_as(peer).post(page_of("restore", post)).status_code == 403
    post.refresh_from_db()
    assert post.deleted_at is not None

    assert visiting_as(moderator).post(page_of("restore", post)).status_code == 302
    post.refresh_from_db()
    assert post.deleted_at is None


def test_a_deleted_thread_is_restored_by_moderators(customer, moderator, visiting_as):
    thread = make.thread(by=customer)
    question = thread.posts.get()
    delete_post(by=customer, post=question, because="Found it myself")

    visiting_as(moderator).post(page_of("restore", question))

    assert not Thread.objects.get().is_deleted


def test_the_history_tells_words_and_titles_that_went_and_came(customer, visiting_as):
    thread = make.thread(by=customer, title="Help", body="It <b>beeps</b> & stops.")
    question = thread.posts.get()
    edit_post(by=customer, post=question, body="It <b>hums</b> & stops.", seen_revision=0, because="listened again")
    retitle_thread(by=customer, thread=thread, title="Server hums")
    edit_post(by=customer, post=question, body="It <b>hums</b>.", seen_revision=2)

    page = visiting_as(None).get(page_of("history", question))

    said = [[(change.kind, change.text) for change in edit.words or edit.title] for edit in page.context["edits"]]
    assert said == [
        [("same", "It <b>hums</b>"), ("gone", " & stops"), ("same", ".")],
        [("gone", "Help"), ("came", "Server hums")],
        [("same", "It <b>"), ("gone", "beeps"), ("came", "hums"), ("same", "</b> & stops.")],
    ]
    html = page.content.decode()
    assert "listened again" in html
    assert "&lt;b&gt;" in html
    assert "<b>beeps" not in html


def test_the_history_of_a_removed_post_is_kept_for_the_team(peer, agent, visiting_as):
    post = make.reply(make.thread(), by=peer, body="The words")
    delete_post(by=peer, post=post, because="Wrong thread")

    kept = visiting_as(agent).get(page_of("history", post))

    assert "The words" in kept.content.decode()
    assert "Wrong thread" in kept.content.decode()
    assert visiting_as(peer).get(page_of("history", post)).status_code == 404


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "NaN", "", "\x00"])
def test_any_page_of_a_history_answers(peer, visiting_as, page):
    post = make.reply(make.thread(), by=peer)

    assert visiting_as(peer).get(page_of("history", post), {"page": page}).status_code == 200


def test_a_history_of_many_edits_has_pages_that_fit_together(peer, visiting_as):
    post = make.reply(make.thread(), by=peer, body="version 0")
    for number in range(12):
        edit_post(by=peer, post=post, body=f"version {number + 1}", seen_revision=number)

    second = visiting_as(peer).get(page_of("history", post), {"page": "2"})

    assert [edit.number for edit in second.context["edits"]] == [2, 1]
    assert [change.text for change in second.context["edits"][0].words] == ["version", " 1", " 2"]


def test_differences_put_both_texts_together_again():
    before = "The quick fox\njumps over\n\nthe lazy dog " + "x " * 900
    after = "The slow fox\njumps\n\nover the lazy dog " + "y " * 900

    changes = changes_between(before, after)

    assert "".join(change.text for change in changes if change.kind != "came") == before
    assert "".join(change.text for change in changes if change.kind != "gone") == after
    assert Change("same", "The") == changes[0]


def test_differences_of_long_texts_are_quick():
    before = "\n".join(f"line {number % 7} {'ab ' * (number % 5)}" for number in range(5_000))
    after = "\n".join(f"line {number % 5} {'ab ' * (number % 7)}" for number in range(5_000))

    began = process_time()
    changes_between(before, after)

    assert process_time() - began < 2


def test_editing_says_what_is_missing_when_the_thread_was_locked_meanwhile(peer, visiting_as):
    thread = make.thread()
    post = make.reply(thread, by=peer, body="As it was.")
    Thread.objects.filter(pk=thread.pk).update(locked_at=clock.now(), locked_because="Enough.")

    answer = visiting_as(peer).post(page_of("edit", post), {"body": "Kept words", "seen_revision": 0})

    assert answer.status_code == 403
    assert "Kept words" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).body == "As it was."
