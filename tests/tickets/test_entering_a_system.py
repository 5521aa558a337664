import pytest

from community.people.models import Role
from community.tickets.models import OutsideSystem
from community.tickets.sealed import seal, unseal
from community.tickets.systems import offered
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)


def entered(agent, **more) -> dict:
    row = {"slug": "desk", "name": "Support desk", "kind": "rt", "address": "http://127.0.0.1:9", "queue": "General"}
    return row | {"account": "forum", "speaks_as": agent.pk, "new_secret": "s3cret", "new_hook_secret": "h00k"} | more


def test_a_system_is_entered_and_its_secrets_are_never_shown(keeper, agent, visiting_as):
    browser = visiting_as(keeper)
    assert offered() == [("console", "Ticket desk")]

    assert browser.post("/admin/tickets/outsidesystem/add/", entered(agent)).status_code == 302

    system = OutsideSystem.objects.get()
    assert (system.secret, system.hook_secret) == ("s3cret", "h00k")
    assert "s3cret" not in system.sealed_secret
    assert offered() == [("desk", "Support desk")]
    page = browser.get(f"/admin/tickets/outsidesystem/{system.pk}/change/").text
    for secret in ("s3cret", "h00k", system.sealed_secret):
        assert secret not in page
    assert "/tickets/hooks/desk/" in page
    assert "How each system is set up" in page

    # Left empty, they stay.
    changed = entered(agent, new_secret="", new_hook_secret="", queue="Mail")
    browser.post(f"/admin/tickets/outsidesystem/{system.pk}/change/", changed)
    system.refresh_from_db()
    assert (system.queue, system.secret, system.hook_secret) == ("Mail", "s3cret", "h00k")


def test_the_environment_goes_before_and_a_lost_key_is_an_empty_secret(agent, monkeypatch, settings):
    system = OutsideSystem(secret_from="TICKETS_DESK")
    system.keep_secret("typed")
    assert system.secret == "typed"
    monkeypatch.setenv("TICKETS_DESK", "from outside")
    assert system.secret == "from outside"

    sealed = seal("typed")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert unseal(sealed) == "typed"
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed) == ""


@pytest.mark.parametrize(
    "wrong", [{"slug": "console"}, {"address": "javascript:x"}, {"secret_from": "SECRET_KEY"}, {"kind": "paper"}]
)
def test_what_cannot_be_a_system_is_refused(wrong, keeper, agent, visiting_as):
    page = visiting_as(keeper).post("/admin/tickets/outsidesystem/add/", entered(agent, **wrong))

    assert page.status_code == 200
    assert not OutsideSystem.objects.exists()


def test_only_support_can_lend_its_name(keeper, customer, visiting_as):
    page = visiting_as(keeper).post("/admin/tickets/outsidesystem/add/", entered(customer))

    assert page.status_code == 200
    assert not OutsideSystem.objects.exists()


def test_the_connection_is_tried_and_a_system_is_retired(keeper, agent, visiting_as):
    browser = visiting_as(keeper)
    browser.post("/admin/tickets/outsidesystem/add/", entered(agent))
    system = OutsideSystem.objects.get()
    chosen = {"_selected_action": [system.pk]}

    tried = browser.post("/admin/tickets/outsidesystem/", chosen | {"action": "try_connection"}, follow=True)
    browser.post("/admin/tickets/outsidesystem/", chosen | {"action": "retire"})

    assert "Connection refused" in tried.text
    assert offered() == [("console", "Ticket desk")]


def test_without_a_door_being_used_no_library_of_a_system_is_loaded():
    import subprocess
    import sys

    looking = (
        "import django, sys; django.setup(); import community.tickets.systems, community.tickets.views;"
        "print([name for name in ('rt', 'zammad_py', 'zenpy', 'jira', 'githubkit', 'httpx2') if name in sys.modules])"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "forum.settings.test", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", looking], capture_output=True, text=True, env=environment)

    assert done.stdout.strip() == "[]", done.stderr
