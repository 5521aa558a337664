"""What somebody has begun to write is kept, for nobody else, until it is sent or discarded."""

from datetime import datetime

import pytest

from community import clock, prose
from community.threads.actions import save_draft
from community.threads.models import Draft
from tests import make

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def test_a_draft_is_found_again_on_another_device(peer, visiting_as):
    thread, shot = make.thread(), make.attachment(by=peer)
    words = f"{'word ' * 200}\n\n{shot.markdown}"

    told = visiting_as(peer).post(f"/threads/{thread.pk}/draft/", {"body": words, "kind": "workaround"}, headers=JSON)
    page = visiting_as(peer).get(f"/threads/{thread.pk}/reply/")

    assert datetime.fromisoformat(told.json()["saved_at"]).tzinfo is not None
    assert page.context["reply"].body == words
    assert page.context["reply"].kind == "workaround"
    assert "You began this" in page.content.decode()
    assert visiting_as(peer).get(shot.get_absolute_url()).status_code == 200


def test_sending_clears_the_draft_everywhere(peer, visiting_as):
    thread, phone, desk = make.thread(), visiting_as(peer), visiting_as(peer)
    phone.post(f"/threads/{thread.pk}/draft/", {"body": "Begun on the phone"})

    desk.post(f"/threads/{thread.pk}/reply/", {"body": "Ended at the desk", "token": "one"})

    assert not Draft.objects.exists()
    assert phone.get(f"/threads/{thread.pk}/reply/").context["reply"].body == ""


def test_a_draft_that_arrives_after_its_form_was_sent_is_no_draft(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)
    browser.post(f"/threads/{thread.pk}/reply/", {"body": "Sent", "token": "one"})

    late = browser.post(f"/threads/{thread.pk}/draft/", {"body": "Sen", "token": "one"}, headers=JSON)

    assert late.json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_the_latest_words_stand_in_place_of_earlier_ones(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)

    for body in ("One", "One two", "One two three"):
        browser.post(f"/threads/{thread.pk}/draft/", {"body": body})

    assert Draft.objects.get().body == "One two three"


def test_an_emptied_text_leaves_no_draft(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)
    browser.post(f"/threads/{thread.pk}/draft/", {"body": "One"})

    told = browser.post(f"/threads/{thread.pk}/draft/", {"body": " \n"}, headers=JSON)

    assert told.json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_a_begun_question_keeps_all_its_choices(customer, visiting_as):
    space, product, platform = make.space(), make.product(), make.platform()
    version = product.versions.get()
    browser = visiting_as(customer)

    chosen = {
        "title": "Keys",
        "body": "Details",
        "space": str(space.pk),
        "product": str(product.pk),
        "version": str(version.pk),
        "platform": str(platform.pk),
        "tags": "keys, ma",
        "audience": "named",
        "genre": "discussion",
        "at": "2026-12-01T09:30",
        "zone": "Europe/Berlin",
        "otherwise": "The demonstration fails",
        "least": "One key",
    }
    browser.post("/drafts/question/", chosen)
    form = browser.get("/ask/").context["form"]

    assert {name: str(form[name].value()) for name in form.fields if name != "token"} == chosen


def test_asking_clears_the_draft_of_the_question_and_no_other(customer, visiting_as):
    thread, browser = make.thread(), visiting_as(customer)
    browser.post("/drafts/question/", {"title": "Keys"})
    browser.post(f"/threads/{thread.pk}/draft/", {"body": "A reply"})

    browser.post("/ask/", {"title": "Keys", "body": "Details", "space": thread.space_id, "token": "one"})

    assert Draft.objects.get().thread == thread


def test_without_scripts_a_button_keeps_the_draft(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)

    reply = browser.post(f"/threads/{thread.pk}/reply/", {"body": "Later", "do": "keep", "token": "one"})
    question = browser.post("/ask/", {"title": "Later too", "do": "keep", "space": "broken", "token": "two"})

    assert reply["Location"] == f"{thread.get_absolute_url()}#reply"
    assert question["Location"] == "/drafts/"
    assert {draft.body or draft.title for draft in Draft.objects.by(peer)} == {"Later", "Later too"}
    assert thread.posts.count() == 1


def test_the_list_of_drafts_shows_ones_own(peer, customer, visiting_as):
    thread = make.thread(title="Keys expired")
    save_draft(by=peer, thread=thread, body="My half answer")
    save_draft(by=peer, title="My half question", body="x")
    save_draft(by=customer, thread=thread, body="Words of somebody else")

    page = visiting_as(peer).get("/drafts/").content.decode()

    assert "Keys expired" in page
    assert "My half answer" in page
    assert "My half question" in page
    assert "Words of somebody else" not in page


def test_a_draft_in_a_thread_one_can_no_longer_read_keeps_the_words_and_tells_nothing_new(peer, visiting_as):
    thread = make.thread(title="Public title")
    save_draft(by=peer, thread=thread, body="My own words")
    thread.audience, thread.title = "team", "Secret title"
    thread.save()
    browser = visiting_as(peer)

    page = browser.get("/drafts/").content.decode()
    browser.post(f"/threads/{thread.pk}/draft/discard/", {"from_list": "1"})

    assert "My own words" in page
    assert "Secret title" not in page
    assert not Draft.objects.exists()


def test_discarding_leads_back_to_where_one_wrote(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)
    save_draft(by=peer, thread=thread, body="x")
    save_draft(by=peer, title="y")

    reply = browser.post(f"/threads/{thread.pk}/draft/discard/")
    question = browser.post("/drafts/question/discard/", {"from_list": "1"})

    assert reply["Location"] == f"/threads/{thread.pk}/#reply"
    assert question["Location"] == "/drafts/"
    assert not Draft.objects.exists()


def test_nobody_reads_saves_or_discards_the_drafts_of_others(peer, customer, visiting_as):
    thread = make.thread(by=customer, audience="named")
    save_draft(by=customer, thread=thread, body="Between us")
    browser = visiting_as(peer)

    answers = [
        browser.post(f"/threads/{thread.pk}/draft/", {"body": "x"}, headers=JSON),
        browser.get(f"/threads/{thread.pk}/draft/"),
        browser.post(f"/threads/{thread.pk}/draft/discard/"),
        browser.post("/threads/999999999999999999999/draft/", {"body": "x"}, headers=JSON),
    ]

    assert [answer.status_code for answer in answers] == [404, 405, 302, 404]
    assert Draft.objects.get().body == "Between us"


@pytest.mark.parametrize("address", ["/drafts/question/", "/drafts/question/discard/"])
def test_visitors_keep_nothing(visiting_as, address):
    answer = visiting_as(None).post(address, {"title": "x"}, headers=JSON)

    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_the_list_of_drafts_asks_visitors_to_sign_in(visiting_as):
    assert visiting_as(None).get("/drafts/")["Location"] == "/accounts/login/?next=/drafts/"


def test_a_draft_may_be_longer_than_a_post_but_not_endless(peer, visiting_as):
    thread, browser = make.thread(), visiting_as(peer)

    long = browser.post(f"/threads/{thread.pk}/draft/", {"body": "x" * 2 * prose.MAX_LENGTH}, headers=JSON)
    endless = browser.post(f"/threads/{thread.pk}/draft/", {"body": "x" * 5 * prose.MAX_LENGTH}, headers=JSON)

    assert (long.status_code, endless.status_code) == (200, 422)
    assert len(Draft.objects.get().body) == 2 * prose.MAX_LENGTH


def test_a_locked_thread_says_so_to_whoever_is_still_typing(peer, visiting_as):
    thread = make.thread(locked_at=clock.now(), locked_because="Enough.")

    told = visiting_as(peer).post(f"/threads/{thread.pk}/draft/", {"body": "x"}, headers=JSON)

    assert told.status_code == 403
    assert "Enough." in told.json()["reason"]


def test_what_was_begun_before_the_lock_is_still_shown(peer, visiting_as):
    thread = make.thread()
    save_draft(by=peer, thread=thread, body="Too late, but mine")
    thread.locked_at, thread.locked_because = clock.now(), "Enough."
    thread.save()

    assert "Too late, but mine" in visiting_as(peer).get(f"/threads/{thread.pk}/reply/").content.decode()
