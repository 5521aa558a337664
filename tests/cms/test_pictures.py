from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images.models import Image

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendition(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    drawn = BytesIO()
    Picture.new("RGB", (80, 60), "teal").save(drawn, "PNG")
    picture = Image.objects.create(title="Teal", file=ImageFile(drawn, name="teal.png"))
    return picture.get_rendition("width-40")


def test_a_picture_on_a_page_is_shown_to_everybody_and_kept(client: Client, rendition):
    shown = client.get(rendition.url)

    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert "public" in shown["Cache-Control"]


def test_nothing_beside_the_pictures_can_be_had(client: Client, rendition, tmp_path):
    (tmp_path / "secret.txt").write_text("a secret")
    attached = make.attachment(by=make.member())

    for path in ("../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", f"../{attached.file.name}"):
        assert client.get(f"/media/images/{path}").status_code in (400, 404)
    assert client.get(f"/media/{attached.file.name}", follow=True).status_code == 404
    assert client.get(f"/media/{rendition.image.file.name}", follow=True).status_code == 404
