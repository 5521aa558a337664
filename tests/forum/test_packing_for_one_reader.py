"""What is made for one reader is packed for him."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from community import kept
from forum.compression import CompressionMiddleware

TEXT = b"What nobody else is shown. " * 60


def packed(response, accepts="gzip, deflate, br, zstd"):
    return CompressionMiddleware(lambda request: response)(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts))


def test_a_page_is_packed_under_a_name_that_makes_its_size_uncertain():
    answers = [packed(HttpResponse(TEXT, headers={"ETag": '"1"', "Vary": "Cookie"})) for _ in range(40)]

    for answer in answers:
        assert gzip.decompress(answer.content) == TEXT
        assert (answer["Content-Encoding"], answer["Content-Length"]) == ("gzip", str(len(answer.content)))
        assert (answer["Vary"], answer["ETag"]) == ("Cookie, Accept-Encoding", 'W/"1"')
    assert len(min(answers, key=lambda answer: len(answer.content)).content) < len(TEXT) / 5
    assert len({len(answer.content) for answer in answers}) > 10


def test_who_does_not_take_it_gets_the_page_as_it_is():
    answer = packed(HttpResponse(TEXT), accepts="br")

    assert (answer.content, answer["Vary"], "Content-Encoding" in answer) == (TEXT, "Accept-Encoding", False)


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (HttpResponse(b"Short."), b"Short."),
        (HttpResponse(TEXT, headers={"Content-Encoding": "br"}), TEXT),
        (HttpResponse(TEXT, headers={kept.MARK: "thread:1"}), TEXT),
    ],
)
def test_what_is_short_or_packed_already_or_kept_for_many_stays_as_it_is(response, says):
    assert packed(response).content == says
    assert "Vary" not in response


def test_what_is_sent_in_pieces_is_packed_in_pieces():
    answer = packed(StreamingHttpResponse([TEXT, TEXT]))

    assert gzip.decompress(b"".join(answer.streaming_content)) == TEXT * 2
