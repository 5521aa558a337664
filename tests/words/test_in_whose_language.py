"""Everybody is answered in a language of their own: chosen, else asked for by their browser, else the house's."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from cms import first_pages
from community.languages import asked_for
from community.people.actions import choose_language
from community.people.models import Member
from tests import make

pytestmark = pytest.mark.django_db


def browser(*, member=None, cookie: str = "", accept: str = "", **more) -> Client:
    client = Client(headers={"accept-language": accept} if accept else {}, **more)
    if member is not None:
        client.force_login(member)
    if cookie:
        client.cookies["language"] = cookie
    return client


@pytest.mark.parametrize(
    ("kept", "cookie", "accept", "spoken"),
    [
        ("", "", "", "en"),
        ("", "", "de-AT,de;q=0.9,en;q=0.5", "de"),
        ("", "fr", "de", "fr"),
        ("es", "fr", "de", "es"),
        ("", "klingon", "de", "de"),
        ("", "", "tlh, ar;q=0.3", "ar"),
        ("xx", "", "ja", "en"),
    ],
)
def test_what_was_chosen_comes_before_what_was_asked_for(kept, cookie, accept, spoken):
    member = make.member(language=kept)

    page = browser(member=member, cookie=cookie, accept=accept).get("/threads/")

    assert page["Content-Language"] == spoken
    assert f'<html lang="{spoken}" dir="{"rtl" if spoken == "ar" else "ltr"}"' in page.text


@pytest.mark.parametrize(
    ("accept", "spoken"),
    [
        ("de", "de"),
        ("DE-ch;q=0.8, fr;q=0.9", "fr"),
        ("de;q=0, es", "es"),
        ("*", "en"),
        ("zh-Hans-CN", "en"),
        ("", "en"),
        (",,;q=", "en"),
        ("x" * 5000, "en"),
        ("ar-EG-u-nu-latn", "ar"),
    ],
)
def test_a_browser_is_understood_whatever_it_says(accept, spoken):
    assert asked_for(accept) == spoken


def test_the_language_of_one_answer_is_not_that_of_the_next():
    client = Client()
    assert client.get("/threads/", headers={"accept-language": "ar"})["Content-Language"] == "ar"

    # Refused before anybody is asked for a language.
    refused = client.get("/threads/", headers={"host": "evil.example", "accept-language": "ar"})
    plain = client.get("/threads/")

    assert (refused.status_code, plain["Content-Language"]) == (400, "en")


def test_visitors_get_no_cookie_until_they_choose():
    client = browser(accept="de")
    client.get("/threads/")
    assert not client.cookies

    answer = client.post("/language/", {"language": "fr", "next": "/threads/?show=open"})

    assert (answer.status_code, answer["Location"]) == (302, "/threads/?show=open")
    assert client.cookies["language"].value == "fr"
    assert client.get("/threads/")["Content-Language"] == "fr"


def test_without_scripts_a_visitor_presses_once_more_on_a_page_in_the_language_that_was_asked_for():
    page = Client().get("/language/", {"language": "ar", "next": "/tags/"})

    assert '<input type="hidden" name="next" value="/tags/">' in page.text
    assert page.text.index('value="ar"') < page.text.index('value="de"')
    assert 'dir="rtl"' in page.text
    assert "language" not in page.cookies


@pytest.mark.parametrize("spoken", ["en", "ar"])
def test_each_language_is_offered_by_its_own_name_whichever_is_read(spoken):
    page = browser(accept=spoken).get("/threads/").text

    for code, name in settings.LANGUAGES:
        pressed = ' aria-pressed="true"' if code == spoken else ""
        assert f'<button name="language" value="{code}" lang="{code}"{pressed}>{name}</button>' in page


def test_what_editors_wrote_says_its_language_to_readers_of_another():
    first_pages.build()

    german, english = browser(accept="de").get("/rules/").text, browser().get("/rules/").text

    assert '<h1 class="title" lang="en">' in german
    assert '<h1 class="title">' in english


def test_a_members_choice_is_kept_with_the_member_on_every_device():
    member = make.member()
    client = browser(member=member, cookie="fr")

    client.post("/language/", {"language": "de", "next": "/threads/"})

    member.refresh_from_db()
    assert member.language == "de"
    assert browser(member=member).get("/threads/")["Content-Language"] == "de"
    assert client.cookies["language"].value == ""


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""])
def test_nobody_is_led_away_by_choosing_a_language(onward):
    answer = Client().post("/language/", {"language": "de", "next": onward})

    assert answer["Location"] == "/"


def test_a_language_that_the_house_does_not_speak_is_refused_and_nothing_is_kept():
    member = make.member()

    answer = browser(member=member).post("/language/", {"language": "tlh"})

    member.refresh_from_db()
    assert (answer.status_code, member.language) == (422, "")
    assert "language" not in answer.cookies


def test_no_cache_gives_one_language_for_another():
    page = Client().get("/threads/")
    face = Client().get("/people/nobody/face.svg")

    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in page["Vary"].split(",")}
    assert face.status_code == 404


def test_a_picture_is_the_same_in_every_language():
    member = make.member()

    face = browser(accept="de").get(member.face_url)

    assert "Content-Language" not in face
    assert "Vary" not in face or "Language" not in face["Vary"]


def test_mail_comes_in_the_language_of_whom_it_is_for():
    """Whoever asks for it may be reading in another language."""
    member = make.member(email="ash@example.com")
    choose_language(by=member, language="ar")

    browser(accept="fr").post("/accounts/password/reset/", {"email": member.email})

    (letter,) = mail.outbox
    assert '<html lang="ar" dir="rtl"' in letter.alternatives[0].content


def test_what_a_visitor_chose_is_theirs_once_they_sign_up():
    typed = {"email": "new@example.com", "username": "newcomer", "password1": "correct horse 9 battery"}

    browser(cookie="de").post("/accounts/signup/", typed)

    assert Member.objects.get(handle="newcomer").language == "de"
