"""Preview, quotation and the people offered after an @."""

import pytest

from community import prose
from community.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
TEXT = "# Title\n\n> quoted\n\n```python\nprint(1)\n```\n\n<script>alert(1)</script> @tallow ||spoiler||"


def test_a_preview_is_what_the_post_will_be(peer, visiting_as):
    answer = visiting_as(peer).post("/preview/", {"body": TEXT})

    assert answer.content.decode().strip() == prose.render(TEXT).strip()
    assert make.reply(make.thread(), body=TEXT).html == prose.render(TEXT)


def test_a_preview_of_too_much_says_so(peer, visiting_as):
    answer = visiting_as(peer).post("/preview/", {"body": "x" * (prose.MAX_LENGTH + 1)})

    assert answer.status_code == 422
    assert "a post can have" in answer.content.decode()


@pytest.mark.parametrize("body", ["", "\x00", " "])
def test_a_preview_of_nothing_says_so(peer, visiting_as, body):
    assert "Nothing to show yet." in visiting_as(peer).post("/preview/", {"body": body}).content.decode()


def test_previews_are_for_members_and_are_counted(peer, visiting_as, settings):
    settings.RATE_LIMITS = True
    browser = visiting_as(peer)

    statuses = [browser.post("/preview/", {"body": "x"}).status_code for _press in range(61)]

    assert visiting_as(None).post("/preview/", {"body": "x"}).status_code == 403
    assert statuses == [200] * 60 + [429]


def test_people_of_the_thread_are_offered_first(peer, customer, visiting_as):
    thread = make.thread(by=customer)
    make.member("talbot")
    make.member("tamara", name="Tamara")
    make.reply(thread, by=make.member("tarquin"))

    offered = visiting_as(peer).get("/mentions/", {"q": "ta", "thread": thread.pk}).json()["people"]

    assert [person["handle"] for person in offered] == ["tarquin", "talbot", "tamara"]


def test_before_any_letter_only_people_of_the_thread_are_offered(peer, customer, visiting_as):
    make.member("talbot")
    thread = make.thread(by=customer)

    browser = visiting_as(peer)

    assert [p["handle"] for p in browser.get("/mentions/", {"thread": thread.pk}).json()["people"]] == ["fenwick"]
    assert browser.get("/mentions/").json() == {"people": []}


@pytest.mark.parametrize("query", ["%", "_", "\x00", "a" * 5_000, "' or 1=1"])
def test_no_letter_stands_for_others(peer, visiting_as, query):
    make.member("talbot")

    offered = visiting_as(peer).get("/mentions/", {"q": query, "thread": "1e9"}).json()

    assert offered == {"people": []}


def test_who_speaks_in_a_thread_one_may_not_read_is_not_told(peer, customer, visiting_as):
    thread = make.thread(by=customer, audience="named")

    assert visiting_as(peer).get("/mentions/", {"thread": thread.pk}).json() == {"people": []}


def test_who_wrote_an_internal_note_is_not_told(peer, visiting_as):
    thread = make.thread()
    make.reply(thread, by=make.member("secret-agent", role=Role.AGENT), kind="note")

    handles = [p["handle"] for p in visiting_as(peer).get("/mentions/", {"thread": thread.pk}).json()["people"]]

    assert "secret-agent" not in handles


def test_visitors_are_offered_nobody(visiting_as):
    make.member("talbot")

    assert visiting_as(None).get("/mentions/", {"q": "tal"}).json() == {"people": []}


def test_people_who_left_are_not_offered(peer, visiting_as):
    make.member("talbot", is_active=False)

    assert visiting_as(peer).get("/mentions/", {"q": "tal"}).json() == {"people": []}


def test_a_quotation_leads_back_and_leaves_out_what_was_quoted_in_it(peer, customer, visiting_as):
    post = make.reply(make.thread(), by=customer, body="> [x](/posts/1/)\n> old words\n\nNew words\n\nin two lines")

    markdown = visiting_as(peer).get(f"/posts/{post.pk}/quote/").json()["markdown"]

    assert markdown == f"> [fenwick]({post.permalink})\n> New words\n>\n> in two lines\n\n"
    assert f'<a href="{post.permalink}">fenwick</a>' in prose.render(markdown)


def test_the_page_begins_with_the_quotation_behind_what_was_begun(peer, customer, visiting_as):
    thread = make.thread(by=customer)
    browser = visiting_as(peer)
    browser.post(f"/threads/{thread.pk}/draft/", {"body": "Begun."})

    page = browser.get(f"/threads/{thread.pk}/reply/", {"quote": thread.posts.get().pk})

    assert page.context["reply"].body.startswith("Begun.\n\n> [fenwick](/posts/")


@pytest.mark.parametrize("number", ["0", "-1", "NaN", "9" * 40, "\x00", "\u0662"])
def test_a_quotation_of_nothing_is_an_empty_page(peer, visiting_as, number):
    page = visiting_as(peer).get(f"/threads/{make.thread().pk}/reply/", {"quote": number})

    assert (page.status_code, page.context["reply"].body) == (200, "")


def numbers(browser, q) -> list[str]:
    return [f"#{one['number']} {one['title']}" for one in browser.get("/numbers/", {"q": q}).json()["threads"]]


def test_threads_are_offered_by_the_beginning_of_their_number_and_by_words_of_their_title(peer, visiting_as):
    thread = make.thread(title="Keys expired after a rebuild")
    browser = visiting_as(peer)

    line = f"#{thread.pk} Keys expired after a rebuild"
    assert line in numbers(browser, str(thread.pk)[0])
    assert numbers(browser, "rebuild keys") == [line]
    assert numbers(browser, "birthdays") == numbers(browser, "") == numbers(browser, "9" * 30) == []


def test_only_threads_the_writer_may_read_are_offered(customer, peer, agent, visiting_as):
    named = make.thread(by=customer, title="Between us", audience="named")
    hidden = make.thread(title="Between all")
    type(hidden).objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at, hidden_because="So.")

    assert numbers(visiting_as(peer), "between") == []
    assert numbers(visiting_as(None), "between") == []
    assert numbers(visiting_as(customer), "between") == [f"#{named.pk} Between us"]
