"""What a telephone asks for before it puts the forum among its apps."""

from io import BytesIO

import pytest
from django.urls import resolve
from PIL import Image

from forum import icons

# A manifest shows nothing of anybody, so no test here needs more than its visitor.
pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"].startswith("application/manifest+json")
    return answer.json()


def test_it_can_be_installed(manifest, settings):
    assert manifest["name"] == settings.SITE_NAME
    assert 0 < len(manifest["short_name"]) <= 12
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {"theme_color", "background_color", "lang", "dir", "id", "description"} <= manifest.keys()


def test_every_icon_is_what_the_manifest_says(manifest, client):
    purposes = {(icon["purpose"], icon["sizes"]) for icon in manifest["icons"]}
    assert purposes == {(purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")}

    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        picture = Image.open(BytesIO(answer.content))
        assert (answer["Content-Type"], picture.format) == ("image/png", "PNG")
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_a_mask_cuts_nothing_off_the_mark():
    size = 512
    picture = Image.open(BytesIO(icons.icon(size, "maskable"))).convert("L")
    ink = [(x, y) for x in range(size) for y in range(size) if picture.getpixel((x, y)) < 128]

    farthest = max(((x - size / 2) ** 2 + (y - size / 2) ** 2) ** 0.5 for x, y in ink)
    assert farthest <= 0.4 * size


def test_shortcuts_and_what_is_shared_lead_to_pages_that_are_there(manifest):
    shared = manifest["share_target"]

    assert (shared["method"], shared["params"]) == ("GET", {"title": "title", "text": "text", "url": "url"})
    for address in (shared["action"], *(shortcut["url"] for shortcut in manifest["shortcuts"])):
        assert resolve(address)


@pytest.mark.parametrize("address", ["/icons/any-193.png", "/icons/maskable-180.png", "/icons/round-192.png"])
def test_nobody_has_pictures_drawn_that_no_telephone_asks_for(client, address):
    assert client.get(address).status_code == 404


def test_every_page_names_the_manifest_and_the_icon_for_the_home_screen(client):
    page = client.get("/threads/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert '<link rel="apple-touch-icon" href="/icons/any-180.png">' in page
