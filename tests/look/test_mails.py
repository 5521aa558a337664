"""What goes out by mail: the same words as text and as HTML, in our look, by day and by night, and nothing fetched."""

import re
from html import unescape

import pytest
from django.core import mail
from django.utils.html import strip_tags

from cms import brand
from community.letters import parts_of
from forum.design_mails import letter, names, show
from tests import make

LETTERS = names()


@pytest.mark.parametrize("name", LETTERS)
def test_each_mail_says_the_same_as_text_and_as_html(name):
    made = letter(name)
    [html] = made.alternatives

    assert html[1] == "text/html"
    said = re.sub(r"\s+", " ", unescape(strip_tags(html[0].partition("<body")[2])))
    for words in re.split(r"\s*\n\s*", made.body.replace("\n--\n", "\n")):
        assert words in said


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_fetches_nothing_and_tells_nobody_that_it_was_read(name):
    [html] = letter(name).alternatives

    assert not re.search(r"<(img|link|script|iframe|video|object)|url\(|@import", html[0])


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_has_its_style_at_its_elements_and_a_night_of_its_own(name):
    [html] = letter(name).alternatives
    colours = brand.current().hex

    assert f"background-color: {colours['light']['paper']}" in re.search(r"<body[^>]*>", html[0])[0]
    assert '<meta name="color-scheme" content="light dark">' in html[0]
    night = html[0].partition("@media (prefers-color-scheme: dark)")[2].partition("</style>")[0]
    assert colours["dark"]["paper"] in night
    assert colours["light"]["paper"] not in night


def test_the_look_shows_a_mail_as_it_is_read_by_day_and_in_the_dark(rf):
    by_day, by_night = (
        show(rf.get("/", {"scheme": scheme}), name=LETTERS[0]).content.decode() for scheme in ("day", "night")
    )

    assert "@media not all {" in by_day
    assert "@media all {" in by_night


@pytest.mark.django_db
def test_a_link_and_a_code_are_set_apart_from_the_words(client):
    make.member("robin", email="robin@fenwick.example")
    client.post("/accounts/password/reset/", {"email": "robin@fenwick.example"})

    [sent] = mail.outbox
    link = next(part.words for part in parts_of(sent.body) if part.kind == "link")
    assert re.search(rf'<a[^>]*class="button"[^>]*href="{re.escape(link)}"', sent.alternatives[0][0])
    assert [part.kind for part in parts_of("Type this:\n\nH3K-9QX\n\nOr not.")] == ["words", "code", "words"]


@pytest.mark.django_db
def test_other_programs_learn_that_a_machine_of_ours_sent_it(client, settings):
    settings.SITE_URL = "https://help.orchard.example"
    make.member("robin", email="robin@fenwick.example")
    client.post("/accounts/password/reset/", {"email": "robin@fenwick.example"})

    message = mail.outbox[0].message()

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@help.orchard.example>")
    assert message.get_content_type() == "multipart/alternative"
    # Plain clients read the first part, the others the last they understand.
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.django_db
def test_what_somebody_typed_is_words_in_a_mail_and_nothing_else(client):
    client.post("/accounts/password/reset/", {"email": '"<b>x</b>"@wick.example'})

    for sent in mail.outbox:
        assert "<b>x</b>" not in sent.alternatives[0][0]


def test_a_mail_carries_the_brand():
    plum = brand.colours_of("#7a1fa2", brand.plain_palette())
    brand.hold(brand.Brand(name="Orchard", accent="#7a1fa2", colours=plum))

    made = letter("account/email/email_confirmation")

    assert "Orchard" in made.body
    assert "color: #7a1fa2" in made.alternatives[0][0]
