import json
import re

import pytest

from community.moderation.actions import hide_post, merge_thread
from community.threads.actions import vote
from community.threads.models import Audience, Genre, Thread
from tests import make

pytestmark = pytest.mark.django_db

SITE = "https://relay.example"
HOSTILE = "</script><script>alert(1)</script> & \u2028 <!--"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


def page_of(client, thread, number: int = 1) -> str:
    return client.get(Thread.objects.get(pk=thread.pk).get_absolute_url(number)).content.decode()


def data_of(page: str) -> dict:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def head_of(page: str, pattern: str) -> list[str]:
    return re.findall(pattern, page.split("</head>")[0])


def test_a_question_is_a_qapage(client, customer, peer, agent):
    thread = make.thread(by=customer, title="Keys expired", body="Since **today** nothing is signed.")
    suggested = make.reply(thread, by=peer, body="Restart it.")
    accepted = make.reply(thread, by=agent, kind="solution", body="Free the slot.")
    make.reply(thread, by=agent, kind="note", body="Secret.")
    make.reply(thread, by=peer, kind="question", body="Which version?")
    vote(by=customer, post=suggested)

    data = data_of(page_of(client, thread))

    question = data["mainEntity"]
    assert (data["@type"], question["@type"], question["name"]) == ("QAPage", "Question", "Keys expired")
    assert question["text"] == "Since today nothing is signed."
    assert question["answerCount"] == 2
    assert question["author"] == {"@type": "Person", "name": "fenwick", "url": f"{SITE}/people/fenwick/"}
    assert question["acceptedAnswer"]["text"] == "Free the slot."
    assert question["acceptedAnswer"]["url"] == f"{SITE}{thread.get_absolute_url()}#post-{accepted.pk}"
    assert [(a["text"], a["upvoteCount"]) for a in question["suggestedAnswer"]] == [("Restart it.", 1)]
    assert "Secret." not in json.dumps(data)


def test_an_unanswered_question_claims_no_answer(client):
    question = data_of(page_of(client, make.thread()))["mainEntity"]

    assert question["answerCount"] == 0
    assert not {"acceptedAnswer", "suggestedAnswer"} & question.keys()


def test_a_discussion_is_no_qapage(client, peer):
    thread = make.thread(genre=Genre.DISCUSSION)
    make.reply(thread, by=peer, body="Mine are rivers.")

    data = data_of(page_of(client, thread))

    assert data["@type"] == "DiscussionForumPosting"
    assert [comment["text"] for comment in data["comment"]] == ["Mine are rivers."]


def test_nothing_that_people_write_ends_the_block(client):
    thread = make.thread(title=HOSTILE, body=HOSTILE, by=make.member(name=HOSTILE[:60]))
    page = page_of(client, thread)

    data = data_of(page)

    assert data["mainEntity"]["name"].startswith("</script><script>alert(1)")
    assert "<script>alert" not in page


def test_what_was_removed_is_not_told(client, peer, moderator):
    thread = make.thread()
    hide_post(by=moderator, post=make.reply(thread, by=peer, body="Buy seats."), because="Spam.")

    assert "Buy seats" not in json.dumps(data_of(page_of(client, thread)))


def test_only_what_everybody_reads_is_told(customer, visiting_as):
    thread = make.thread(by=customer, audience=Audience.NAMED)

    page = page_of(visiting_as(customer), thread)

    assert "ld+json" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert "application/atom+xml" not in page


def test_each_page_has_its_own_canonical_address_and_its_neighbours(client):
    thread = make.thread()
    writer = make.member()
    for _ in range(44):
        make.reply(thread, by=writer)
    path = thread.get_absolute_url()

    pages = [page_of(client, thread, number) for number in (1, 2, 3)]

    canonical = [head_of(page, r'rel="canonical" href="([^"]*)"') for page in pages]
    assert canonical == [[f"{SITE}{path}"], [f"{SITE}{path}?page=2"], [f"{SITE}{path}?page=3"]]
    assert [head_of(page, r'rel="prev" href="([^"]*)"') for page in pages] == [[], [path], ["?page=2"]]
    assert [head_of(page, r'rel="next" href="([^"]*)"') for page in pages] == [["?page=2"], ["?page=3"], []]
    assert ["ld+json" in page for page in pages] == [True, False, False]


def test_a_merged_question_stands_under_the_one_it_leads_to(client, moderator):
    original, double = make.thread(title="The first"), make.thread()
    double = merge_thread(by=moderator, thread=double, into=original)

    page = page_of(client, double)

    assert head_of(page, r'rel="canonical" href="([^"]*)"') == [f"{SITE}{original.get_absolute_url()}"]


def test_a_link_to_it_shows_title_and_first_words(client):
    thread = make.thread(title="Keys expired", body="word " * 100)

    page = page_of(client, thread)

    (description,) = head_of(page, r'<meta name="description" content="([^"]*)"')
    assert 100 < len(description) <= 160
    assert head_of(page, r'property="og:title" content="([^"]*)"') == ["Keys expired"]
    assert head_of(page, r'property="og:url" content="([^"]*)"') == [f"{SITE}{thread.get_absolute_url()}"]
    assert f'href="/feeds/threads/{thread.pk}/"' in page


def test_addresses_come_from_the_site_and_never_from_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    thread = make.thread()

    page = client.get(thread.get_absolute_url(), headers={"host": "evil.example"}).content.decode()

    assert "evil.example" not in page
