import os
import subprocess
import sys

import pytest
from django.urls import NoReverseMatch, reverse

from community.people.models import Member
from tests import make

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "forum.settings.production",
    "SECRET_KEY": "a" * 50,
    "SITE_URL": "https://community.example",
    "ALLOWED_HOSTS": "community.example",
    "DATABASE_URL": "postgres://forum:forum@localhost/forum",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://localhost",
    "MAIL_FROM": "community@community.example",
    "MEDIA_DIR": "/tmp/media",
    # Whoever wants to open the door by the environment finds no handle.
    "DEMO_SIGN_IN": "1",
}


def test_one_click_signs_in_as_somebody_of_the_demo(client, demo_is_open):
    osier = make.member(handle="osier", role="moderator")
    page = client.get("/accounts/login/")
    assert 'value="osier"' in page.content.decode()

    answer = client.post("/accounts/demo/", {"handle": "osier"})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(osier.pk)


def test_the_click_goes_where_the_reader_was_going(client, demo_is_open):
    make.member(handle="osier")

    assert client.post("/accounts/demo/", {"handle": "osier", "next": "/people/settings/"}).url == "/people/settings/"
    assert client.post("/accounts/demo/", {"handle": "osier", "next": "//evil.example/"}).url == "/"


def test_another_click_is_another_person(client, demo_is_open):
    make.member(handle="osier")
    tallow = make.member(handle="tallow")
    client.post("/accounts/demo/", {"handle": "osier"})

    client.post("/accounts/demo/", {"handle": "tallow"})

    assert client.session["_auth_user_id"] == str(tallow.pk)


@pytest.mark.parametrize("handle", ["keeper", "nobody", "", "\x00", "OSIER' --"])
def test_the_door_lets_in_nobody_else(client, demo_is_open, handle):
    make.member(handle="keeper", role="administrator")

    assert client.post("/accounts/demo/", {"handle": handle}).status_code == 404

    assert "_auth_user_id" not in client.session


def test_the_door_takes_a_post_with_its_token(demo_is_open, client):
    from django.test import Client

    make.member(handle="osier")

    assert client.get("/accounts/demo/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/accounts/demo/", {"handle": "osier"}).status_code == 403


def test_a_deactivated_demo_person_stays_outside(client, demo_is_open):
    make.member(handle="osier")
    Member.objects.update(is_active=False)

    assert client.post("/accounts/demo/", {"handle": "osier"}).status_code == 404
    assert 'value="osier"' not in client.get("/accounts/login/").content.decode()


def test_elsewhere_there_is_no_door(client):
    make.member(handle="osier")

    assert client.post("/accounts/demo/", {"handle": "osier"}).status_code == 404
    assert "/accounts/demo/" not in client.get("/accounts/login/").content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("people:demo_sign_in")


def test_production_has_no_door_whatever_the_environment_says():
    looked = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup()\n"
            "from django.conf import settings; from django.urls import NoReverseMatch, resolve, reverse\n"
            "assert settings.DEMO_SIGN_IN is False and settings.DEMO_PEOPLE == []\n"
            "assert resolve('/accounts/demo/').namespace != 'people'\n"
            "try: reverse('people:demo_sign_in')\n"
            "except NoReverseMatch: print('shut')\n",
        ],
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )

    assert looked.stdout.split() == ["shut"], looked.stderr
