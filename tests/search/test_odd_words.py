"""Whatever is typed into the search is words, and the page that answers is a page."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community import limits
from tests import make

pytestmark = pytest.mark.django_db

ODD = [
    '"keys',
    'keys" OR "1"="1',
    "keys AND",
    "OR keys NOT",
    "NEAR(keys expired)",
    "keys* ^expired",
    "title:keys",
    "{title} : keys",
    "keys & | ! <-> expired:*",
    "(keys",
    "100% keys",
    "_keys_",
    "keys\\",
    "'; DROP TABLE threads_thread; --",
    "keys\0expired",
    "\0",
    "\u202ekeys",
    "😀 keys",
    "-",
    "...",
    "k",
    "7.2.4-rc.1",
    "e-mail",
    "user@example.com",
    "/var/log/keys",
    "<script>alert(1)</script>",
    "日本語の鍵",
    "ключи",
    "مفاتيح",
    "e\u0301",
    "keys " * 200,
    "x" * 5000,
    "the a of and",
]


@pytest.fixture
def some_posts(indexed):
    make.thread(title="Keys expired", body="100% of the e-mail to user@example.com on 7.2.4-rc.1 is in /var/log/keys.")
    indexed()


@pytest.mark.usefixtures("some_posts")
@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_odd_words_find_or_do_not_find_and_never_break(typed, client):
    page = client.get("/search/", {"q": typed})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.usefixtures("some_posts")
@pytest.mark.parametrize(
    "typed",
    [
        *("7.2.4-rc.1", "e-mail", "user@example.com", "/var/log/keys", "100%", '"keys"', "keys*"),
        *("KEYS", "keys\0expired", "(keys", "keys & expired"),
    ],
)
def test_names_numbers_and_paths_are_found_as_they_are_written(typed, client):
    assert client.get("/search/", {"q": typed}).context["page"].paginator.count == 1


@pytest.mark.parametrize("typed", ["", " ", "\0", "...", "?!", "%%%"])
def test_without_a_word_nothing_is_searched(typed, client, django_assert_max_num_queries):
    page = client.get("/search/", {"q": typed})

    assert page.status_code == 200
    assert "page" not in page.context
    assert "Nobody has written" not in page.text


@given(typed=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_is_a_search(typed, client):
    assert client.get("/search/", {"q": typed}).status_code in (200, 404)


def test_words_in_other_scripts_are_found(client, search):
    make.thread(title="鍵 の 期限", body="署名 されません")
    make.thread(title="لا تصل إشعارات البريد", body="بعد التحديث")
    make.thread(title="Schlüssel fürs Büro", body="Größe")

    assert search(client, "鍵") == ["鍵 の 期限 / 1"]
    assert search(client, "البريد") == ["لا تصل إشعارات البريد / 1"]
    assert search(client, "schlüssel") == ["Schlüssel fürs Büro / 1"]


def test_found_words_are_marked_and_everything_else_is_only_words(client, search):
    make.thread(title="Keys <b>expired</b>", body="Press `<img src=x onerror=alert(1)>` & release the keys.")

    search(client, "keys")
    page = client.get("/search/", {"q": "keys"}).text

    assert "<mark>Keys</mark> &lt;b&gt;expired&lt;/b&gt;" in page
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; release the <mark>keys</mark>." in page


def test_the_excerpt_shows_the_place_of_the_words(client, search):
    body = "Before. " * 100 + "The slot is retired. " + "After. " * 100
    make.thread(title="Keys", body=body)

    search(client, "retired")
    post = client.get("/search/", {"q": "retired"}).context["page"].object_list[0]

    assert "The slot is <mark>retired</mark>." in post.found
    assert post.found.startswith("… ")
    assert post.found.endswith(" …")
    assert len(post.found) < 300


def test_whoever_searches_without_end_is_asked_to_wait(client, settings):
    settings.RATE_LIMITS = True
    allowed = int(limits.SEARCHING.split()[0])

    statuses = [client.get("/search/", {"q": "keys"}).status_code for _ in range(allowed + 1)]

    assert statuses == [200] * allowed + [429]
    assert client.get("/search/").status_code == 200
