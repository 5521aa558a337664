import pytest
from django.forms import model_to_dict

from community.people import actions
from community.people.models import Member
from community.policy import Invalid
from tests import make

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Berit Sandnes",
    "bio": "Runs mail.",
    "website": "wick.example",
    "time_zone": "Europe/Oslo",
    "language": "en",
}


@pytest.fixture
def tallow(client):
    member = make.member(handle="tallow")
    client.force_login(member)
    return member


def save(client, **changes):
    return client.post("/people/settings/", FORM | changes)


def test_a_member_says_who_they_are(client, tallow):
    assert save(client).url == "/people/settings/"

    tallow.refresh_from_db()
    assert (tallow.called, tallow.bio, tallow.website, tallow.time_zone) == (
        "Berit Sandnes",
        "Runs mail.",
        "https://wick.example",
        "Europe/Oslo",
    )


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/people/settings/").url == "/accounts/login/?next=/people/settings/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "ftp://wick.example/"),
        ("website", "data:text/html,x"),
        ("website", "https://" + "a" * 300 + ".example"),
        ("bio", "x" * 2001),
        ("bio", "a\x00b"),
        ("name", "x" * 61),
        ("time_zone", "Mars/Olympus"),
        ("language", "tlh"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_rest_stays_typed(client, tallow, field, value):
    page = save(client, **{field: value})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    kept = "name" if field != "name" else "bio"
    assert FORM[kept] in page.content.decode()
    assert Member.objects.get(pk=tallow.pk).name == ""


def test_a_refused_name_does_not_stand_in_the_masthead(client, tallow):
    page = save(client, name="Admin")

    assert page.wsgi_request.user.called == "tallow"


def test_the_form_changes_nothing_but_the_profile(client, tallow):
    before = model_to_dict(Member.objects.get(pk=tallow.pk))

    save(
        client,
        handle="admin",
        handle_key="x",
        email="evil@example.com",
        password="x",
        role="administrator",
        trust="3",
        helped_count="9",
        is_staff="on",
        is_superuser="on",
        is_active="",
        joined_at="2001-01-01",
        last_login="2001-01-01",
        groups="1",
        user_permissions="1",
        session_round="7",
        pk="1",
        id="1",
        user="1",
        author="1",
        by="1",
        email_verified="on",
    )

    after = model_to_dict(Member.objects.get(pk=tallow.pk))
    assert {name for name in after if after[name] != before[name]} == {
        "name", "bio", "website", "time_zone", "language",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Be\u200brit",  # a space of no width
        "Be\u202erit",  # turns the reading direction round
        "\u2066Berit",
        "Berit\ufeff",
        "B\u0301\u0302\u0303\u0304erit",
        "Веrit",  # Cyrillic В and е before Latin letters
        "pаypal",
    ],
)
def test_a_name_that_is_not_what_it_seems_is_refused(tallow, name):
    with pytest.raises(Invalid) as refusal:
        actions.edit_profile(by=tallow, **FORM | {"name": name})

    assert refusal.value.field == "name"
    assert Member.objects.get(pk=tallow.pk).bio == ""


@pytest.mark.parametrize(
    "name", ["Aoife Brannagh", "aoife  brannagh", "A01fe Brannagh", "Aoífe-Brannagh", "ОЅІЕR", "OSIER", "оѕіег"]
)
def test_no_customer_is_called_like_somebody_of_the_team(tallow, name):
    make.member(handle="osier", name="Aoife Brannagh", role="moderator")

    with pytest.raises(Invalid, match=r"our team|scripts"):
        actions.edit_profile(by=tallow, **FORM | {"name": name})


@pytest.mark.parametrize("name", ["Admin", "Support", "Relay Support", "Moderator", "Relay-Team", "Аdmіn"])
def test_no_customer_is_called_like_the_house(tallow, name):
    with pytest.raises(Invalid):
        actions.edit_profile(by=tallow, **FORM | {"name": name})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("José Ångström", "José Ångström"),
        ("  Berit   Sandnes ", "Berit Sandnes"),
        ("Мария Иванова", "Мария Иванова"),
        ("Γιώργος", "Γιώργος"),
        ("田中 さくら", "田中 さくら"),
        ("محمد علي", "محمد علي"),
        ("Nguyễn Văn Ánh", "Nguyễn Văn Ánh"),
        ("O'Brien-Łuczak", "O'Brien-Łuczak"),
        ("ｆｕｌｌ", "full"),
        ("Berit 🦆", "Berit 🦆"),
        ("", ""),
    ],
)
def test_names_of_the_world_are_welcome(tallow, typed, kept):
    make.member(handle="osier", name="Aoife Brannagh", role="moderator")

    assert actions.edit_profile(by=tallow, **FORM | {"name": typed}).name == kept


def test_somebody_of_the_team_keeps_their_own_name():
    osier = make.member(handle="osier", name="Aoife Brannagh", role="moderator")

    assert actions.edit_profile(by=osier, **FORM | {"name": "Aoife Brannagh"}).name == "Aoife Brannagh"
