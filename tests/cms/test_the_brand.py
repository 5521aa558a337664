"""Editors give the house its name, its logo and the colour of its links; what would not read is refused."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model

from cms import brand
from cms.colours import Colour, measured
from cms.models import BrandSettings
from community import kept
from community.people.models import Role
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def forgotten():
    yield
    cache.delete("brand")


@pytest.fixture
def save(django_capture_on_commit_callbacks):
    def saved(**fields) -> BrandSettings:
        ours = BrandSettings.objects.first() or BrandSettings()
        for name, value in fields.items():
            setattr(ours, name, value)
        ours.full_clean()
        with django_capture_on_commit_callbacks(execute=True):
            ours.save()
        return ours

    return saved


def page(client) -> str:
    return client.get("/").content.decode()


def test_a_house_without_a_brand_sends_no_stylesheet_for_it(client, django_assert_num_queries):
    assert "/brand/" not in page(client)
    with django_assert_num_queries(0):
        assert brand.current().style == ""


def test_the_name_stands_on_every_page(client, save):
    save(name="  Orchard Users ")

    assert "Orchard Users</span></a>" in page(client)
    assert "– Orchard Users</title>" in client.get("/threads/").content.decode()


def test_the_colour_of_links_comes_as_a_stylesheet_that_may_be_kept(client, save):
    save(accent="#7a1fa2")

    address = re.search(r'href="(/brand/\w+\.css)"', page(client))[1]
    style = client.get(address)

    assert style["Content-Type"].startswith("text/css")
    assert "immutable" in style["Cache-Control"]
    assert "--act:light-dark(" in style.content.decode()


def test_another_colour_has_another_address_and_an_old_page_gets_the_new_colour(client, save):
    save(accent="#7a1fa2")
    before = brand.current()

    save(accent="#00594c")

    assert brand.current().style_url != before.style_url
    style = client.get(before.style_url)
    assert style.content.decode() == brand.current().style
    assert "no-cache" in style["Cache-Control"]


@pytest.mark.parametrize("accent", ["#7a1fa2", "#00594c", "#8b0000", "#333333", "#0033cc"])
def test_whatever_colour_is_taken_reads_everywhere_it_stands(accent, save):
    save(accent=accent)

    failing = [str(measure) for measure in measured(brand.current().palette) if not measure.holds]

    assert failing == []


def test_a_colour_that_would_not_read_is_refused_with_the_nearest_that_does(save):
    with pytest.raises(ValidationError) as refused:
        save(accent="#3b82f6")

    [words] = refused.value.message_dict["accent"]
    assert words.startswith("#3b82f6 has a contrast of 3.5 to 1 on our paper; words need 7 to 1.")
    nearest = re.search(r"#[0-9a-f]{6}\.$", words)[0].rstrip(".")
    save(accent=nearest)
    assert not BrandSettings.objects.exclude(accent=nearest).exists()
    assert abs(Colour.of_hex(nearest).hue - Colour.of_hex("#3b82f6").hue) < 6


@pytest.mark.parametrize("accent", ["blue", "#12345", "#12345g", "0f4ea3", "#0f4ea3;}", "url(x)"])
def test_what_is_no_colour_is_refused(accent):
    with pytest.raises(ValidationError, match=r"Six digits|at most 7"):
        BrandSettings(accent=accent).full_clean()


def test_the_logo_stands_in_the_masthead(client, save, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    drawn = BytesIO()
    Picture.new("RGBA", (300, 80), "teal").save(drawn, "PNG")
    logo = get_image_model().objects.create(title="Orchard", file=ImageFile(drawn, name="orchard.png"))
    save(name="Orchard", logo=logo, logo_says_name=True)

    head = page(client).partition("</header>")[0]

    assert re.search(r'<a class="brand" href="/"><img src="/media/images/[^"]+" width="\d+" height="\d+" alt="">', head)
    assert '<span class="vh">Orchard</span>' in head


def test_kept_pages_are_let_go_when_the_brand_changes(save, monkeypatch):
    told = []
    monkeypatch.setattr(kept, "_listeners", [lambda marks: told.append(tuple(marks))])

    save(name="Orchard")

    assert told == [()]


def test_another_process_learns_of_it_within_seconds(save, monkeypatch):
    save(name="Orchard")
    # What that process knew before, and has held for long enough.
    brand.hold(brand.plain())
    monkeypatch.setattr(brand.time, "monotonic", lambda: 10e9)

    assert brand.current().name == "Orchard"


def test_an_administrator_sets_it_in_the_editors_place(visiting_as, django_capture_on_commit_callbacks):
    browser = visiting_as(make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True))
    address = "/cms/settings/cms/brandsettings/"
    form = browser.get(address, follow=True)
    assert form.status_code == 200

    refused = browser.post(form.redirect_chain[-1][0], {"name": "Orchard", "accent": "#ffcc00", "logo": ""})
    assert "has a contrast of 1.4 to 1" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(form.redirect_chain[-1][0], {"name": "Orchard", "accent": "#00594c", "logo": ""})

    assert brand.current().name == "Orchard"
    assert brand.current().accent == "#00594c"


def test_whoever_only_edits_pages_does_not_rename_the_house(editor, visiting_as):
    answer = visiting_as(editor).get("/cms/settings/cms/brandsettings/", follow=True)

    assert [address for address, _status in answer.redirect_chain][-1:] == ["/cms/"]
    assert b"brandsettings" not in answer.content


def test_a_page_is_shown_although_the_brand_cannot_be_read(client, monkeypatch):
    def broken() -> None:
        raise OSError

    monkeypatch.setattr(brand, "looked_up", broken)
    monkeypatch.setattr(brand, "_memory", brand.Memory())

    assert brand.current() == brand.plain()
