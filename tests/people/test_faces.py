from xml.etree import ElementTree

import pytest

from community.people import faces
from tests import make


@pytest.mark.parametrize("number", range(60))
def test_a_face_is_a_small_drawing_and_nothing_else(number):
    drawn = faces.face(f"person-{number}", of_team=number % 2 == 0)

    shapes = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert shapes <= {"svg", "g", "path", "circle"}
    assert len(drawn) < 1000


def test_a_face_stays_the_same_and_differs_from_others():
    assert faces.face("tallow") == faces.face("Tallow")
    assert len({faces.face(f"person-{number}") for number in range(50)}) > 45
    assert faces.face("tallow") != faces.face("tallow", of_team=True)


@pytest.mark.django_db
def test_a_face_is_kept_for_ever_under_its_own_address(client):
    answer = client.get(make.member(handle="tallow").face_url)

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_a_face_under_another_address_is_kept_for_an_hour(client):
    make.member(handle="tallow")

    for query in ("", "?v=wrong"):
        assert client.get(f"/people/tallow/face.svg{query}")["Cache-Control"] == "public, max-age=3600"


@pytest.mark.django_db
def test_a_new_role_is_a_new_face():
    member = make.member(handle="tallow")
    before = member.face_url
    member.role = "agent"

    assert member.face_url != before


@pytest.mark.django_db
def test_nobody_has_no_face(client):
    assert client.get("/people/nobody/face.svg").status_code == 404
