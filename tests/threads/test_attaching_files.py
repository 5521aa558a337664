"""Pictures and files: what is taken, what is left of it, and how it comes into a post."""

import io
import struct
import zlib
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.policy import Invalid
from community.threads.actions import attach_file
from community.threads.attaching import MOST_FILES
from community.threads.models import Attachment
from tests import make

pytestmark = pytest.mark.django_db


def picture(form="PNG", size=(8, 6), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 60)).save(out, form, **options)
    return out.getvalue()


def moving(frames: int, size=(10, 10)) -> bytes:
    """A GIF of many frames, as small as it can be written."""
    head = b"GIF89a" + struct.pack("<HHBBB", *size, 0x80, 0, 0) + bytes(6)
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def png_that_says(width: int, height: int) -> bytes:
    """A small PNG whose head promises any number of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(100_000), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def attach(by, data: bytes, name="picture.png") -> Attachment:
    return attach_file(by=by, file=SimpleUploadedFile(name, data, content_type="text/html"))


def kept(attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize(
    ("form", "content_type", "ending"),
    [
        ("PNG", "image/png", "png"),
        ("JPEG", "image/jpeg", "jpg"),
        ("GIF", "image/gif", "gif"),
        ("WEBP", "image/webp", "webp"),
        ("BMP", "image/png", "png"),
        ("TIFF", "image/png", "png"),
    ],
)
def test_pictures_are_known_by_their_content_and_drawn_anew(peer, form, content_type, ending):
    attachment = attach(peer, picture(form) + b"<script>alert(1)</script>", name="../../report.html")

    assert (attachment.content_type, attachment.name) == (content_type, f"report.{ending}")
    assert (attachment.width, attachment.height) == (8, 6)
    assert b"<script>" not in kept(attachment)
    assert attachment.size == len(kept(attachment))
    assert "report" not in attachment.file.name


def test_a_photograph_stands_upright_and_forgets_where_it_was_taken(peer):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    exif[0x010F] = "A camera with a serial number"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    data = picture("JPEG", size=(40, 20), exif=exif, comment=b"taken at home", icc_profile=b"profile" * 20)
    assert b"serial number" in data

    attachment = attach(peer, data, "home.jpg")

    again = Image.open(io.BytesIO(kept(attachment)))
    assert (attachment.width, attachment.height) == again.size == (20, 40)
    assert not again.getexif()
    for word in (b"serial number", b"taken at home", b"profileprofile"):
        assert word not in kept(attachment)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_nothing_that_is_written_beside_a_picture_is_kept(peer, form):
    options = {"comment": b"secret place"} if form == "GIF" else {"icc_profile": b"secret place" * 9}
    data = picture(form, **options)
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Comment", "secret place")
        data = picture(form, pnginfo=info)
    assert b"secret place" in data

    assert b"secret place" not in kept(attach(peer, data))


def test_a_large_picture_is_made_as_large_as_a_screen(peer):
    attachment = attach(peer, picture("JPEG", size=(7_000, 3_500)))

    assert (attachment.width, attachment.height) == (3840, 1920)


def test_a_moving_picture_goes_on_moving(peer):
    frames = [Image.new("RGB", (20, 20), (50 * n, 0, 0)) for n in range(5)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80)

    again = Image.open(io.BytesIO(kept(attach(peer, out.getvalue(), "steps.gif"))))

    assert again.n_frames == 5
    assert again.info["duration"] == 80


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png_that_says(50_000, 50_000), "million pixels"),
        (png_that_says(9_000, 9_000), "million pixels"),
        (png_that_says(4_000, 4_000), "broken"),
        (moving(10_000), "too long"),
        (moving(300_000), "too long"),
        (moving(90, size=(2_000, 2_000)), "too long"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 9 * 2**20, "more than 8 MB"),
        (b"a" * (10 * 2**20 + 1), "more than 10 MB"),
    ],
)
def test_bombs_are_refused_before_they_go_off(peer, data, reason):
    began = process_time()

    with pytest.raises(Invalid, match=reason):
        attach(peer, data)

    assert process_time() - began < 2
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "content_type", "kept_as"),
    [
        ("mail.log", b"\x1b[31merror\x1b[0m at 12:00\n", "text/plain", "mail.log"),
        ("data.csv", b"a;b\n1;2\n", "text/csv", "data.csv"),
        ("data.json", b'{"a": 1}', "application/json", "data.json"),
        ("manual.exe", b"%PDF-1.7 \x00\xff", "application/pdf", "manual.pdf"),
        ("report.docx", b"PK\x03\x04\x00\x00", "application/zip", "report.docx"),
        ("logs.tar.gz", b"\x1f\x8b\x08\x00", "application/gzip", "logs.tar.gz"),
        ("page.html", b"just words", "text/plain", "page.txt"),
        ("utf16.txt", "Gr\u00fc\u00dfe".encode("utf-16"), "text/plain", "utf16.txt"),
        ("no ending at all", b"words", "text/plain", "no-ending-at-all.txt"),
        ("..\\..\\win\\[a](b) \u202egnp.txt", b"words", "text/plain", "a-b-gnp.txt"),
        (".htaccess", b"words", "text/plain", "htaccess.txt"),
        ("x" * 300 + ".log", b"words", "text/plain", "x" * 80 + ".log"),
    ],
)
def test_files_get_a_name_that_tells_the_truth(peer, name, data, content_type, kept_as):
    attachment = attach(peer, data, name)

    assert (attachment.name, attachment.content_type) == (kept_as, content_type)
    assert attachment.width is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><x/>",
        b"<!-- hello --> <html>",
        "<html>".encode("utf-16"),
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xfd\xff not text",
        b"text with a \x00 in it",
    ],
)
def test_what_a_browser_would_run_and_what_nobody_knows_is_refused(peer, data):
    with pytest.raises(Invalid, match=r"innocent\.png"):
        attach(peer, data, "innocent.png")

    assert not Attachment.objects.exists()


def test_a_picture_is_sent_and_shown_by_the_reply(peer, visiting_as):
    browser, thread = visiting_as(peer), make.thread()

    told = browser.post("/attachments/", {"file": SimpleUploadedFile("shot.png", picture())}).json()
    browser.post(f"/threads/{thread.pk}/reply/", {"body": f"See\n\n{told['markdown']}", "token": "one"})

    post = thread.posts.get(number=2)
    assert post.attachments.get().key.hex == told["key"].replace("-", "")
    assert f'<img src="{told["url"]}" alt="shot.png"' in post.html


def test_without_scripts_files_come_with_the_form(peer, visiting_as):
    thread = make.thread()
    files = [SimpleUploadedFile("shot.png", picture()), SimpleUploadedFile("mail.log", b"12:00 error")]

    visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": "See below", "token": "one", "files": files})

    post = thread.posts.get(number=2)
    assert {attachment.name for attachment in post.attachments.all()} == {"shot.png", "mail.log"}
    assert post.body.startswith("See below\n\n![shot.png](/attachments/")
    assert ">mail.log</a>" in post.html


def test_a_file_that_is_not_taken_keeps_the_text_and_the_files_that_were(peer, visiting_as):
    thread = make.thread()
    files = [SimpleUploadedFile("shot.png", picture()), SimpleUploadedFile("page.html", b"<html>")]

    answer = visiting_as(peer).post(
        f"/threads/{thread.pk}/reply/", {"body": "See below", "token": "one", "files": files}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "page.html: Web pages" in page
    assert "See below\n\n![shot.png](/attachments/" in page
    assert thread.posts.count() == 1


def test_one_post_shows_twenty_files_and_no_more(peer, visiting_as):
    thread = make.thread()
    body = "\n".join(make.attachment(by=peer).markdown for _file in range(MOST_FILES + 1))

    answer = visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": body, "token": "one"})

    assert answer.status_code == 422
    assert "at most 20 files" in answer.content.decode()
    assert not Attachment.objects.exclude(post=None).exists()


def test_nobody_claims_the_file_of_another(peer, customer, visiting_as):
    thread, hers = make.thread(), make.attachment(by=customer)

    visiting_as(peer).post(f"/threads/{thread.pk}/reply/", {"body": hers.markdown, "token": "one"})

    hers.refresh_from_db()
    assert hers.post is None
    assert visiting_as(peer).get(hers.get_absolute_url()).status_code == 404


def test_a_moderator_can_add_a_picture_to_the_words_of_another(peer, moderator, visiting_as):
    post = make.reply(make.thread(), by=peer, body="Words")
    shot = make.attachment(by=moderator)

    visiting_as(moderator).post(f"/posts/{post.pk}/edit/", {"body": shot.markdown, "seen_revision": 0})

    assert post.attachments.get() == shot


def test_a_post_keeps_the_place_of_its_picture_free(peer):
    shot = make.attachment(by=peer, name="shot.png", content_type="image/png", width=640, height=480)

    post = make.reply(make.thread(), by=peer, body=shot.markdown)

    assert 'width="640" height="480"' in post.html
