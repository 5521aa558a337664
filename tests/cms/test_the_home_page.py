from datetime import timedelta

import pytest

from cms import first_pages
from community import clock, kept
from community.threads.actions import accept_answer
from community.threads.lists import FOR_ALL
from community.threads.models import Genre
from tests import make

pytestmark = pytest.mark.django_db

RESTRICTED_SEEN = {
    None: set(),
    "peer": set(),
    "customer": {"In the house", "For few"},
    "agent": {"In the house", "In the cellar", "For the team", "News for the team", "For few"},
}


@pytest.fixture
def every_part(show, restricted):
    """A home page with every kind of part, which chooses every thread there is."""
    numbers = [thread.pk for thread in restricted.threads]
    show(
        ("hero", {"sentence": "What happened?", "more": "A person reads every question."}),
        ("announcements", {"heading": "Announcements", "most": 12}),
        *[("threads", {"heading": f"List {key}", "show": key, "most": 12}) for key in FOR_ALL],
        ("featured", {"heading": "Chosen", "numbers": [*numbers, 99999]}),
        ("spaces", {"heading": "Areas"}),
        ("words", {"heading": "About us", "text": "<p>We are <b>few</b>.</p>"}),
    )


@pytest.mark.parametrize("who", [None, "peer", "customer", "agent"])
def test_every_part_is_shown_to_everybody_with_what_they_may_read(
    who, every_part, restricted, request, visiting_as, agent
):
    make.thread(title="Open to all")
    make.thread(by=agent, title="News for all", genre=Genre.ANNOUNCEMENT)

    page = visiting_as(request.getfixturevalue(who) if who else None).get("/")

    assert page.status_code == 200
    for words in ("What happened?", "A person reads every question.", "Open to all", "News for all", "<b>few</b>"):
        assert words in page.text
    for heading in ("Announcements", "Chosen", "Areas", "About us", *[f"List {key}" for key in FOR_ALL]):
        assert f"<h2>{heading}</h2>" in page.text
    assert {title for title in restricted.titles if f"<bdi>{title}</bdi>" in page.text} == RESTRICTED_SEEN[who]
    assert ("Cellar" in page.text) is (who == "agent")
    assert ("House" in page.text) is (who in ("customer", "agent"))


def test_chosen_threads_stand_in_the_order_they_were_chosen_in(show, client):
    first, second = make.thread(title="Alpha"), make.thread(title="Beta")
    show(("featured", {"heading": "Chosen", "numbers": [second.pk, 99999, first.pk]}))

    text = client.get("/").text

    assert text.index("Beta") < text.index("Alpha")


def test_a_part_with_nothing_to_show_says_so(show, client):
    show(("threads", {"heading": "Closed", "show": "closed", "most": 5}), ("spaces", {"heading": "Areas"}))

    page = client.get("/")

    assert "Nothing at the moment." in page.text
    assert "There are no spaces you may read." in page.text


def test_a_home_page_without_parts_is_a_page(show, client):
    show()

    page = client.get("/")

    assert page.status_code == 200
    assert "<h1" in page.text


def test_an_area_counts_what_waits_in_it_and_in_those_under_it(home, client, agent):
    mail = make.space("Mail", slug="mail")
    phones = make.space("Phones", slug="phones", parent=mail)
    make.thread(space=mail)
    make.thread(space=phones)
    accept_answer(by=agent, post=make.reply(make.thread(space=phones), kind="solution"))

    page = client.get("/")

    assert '<a class="still" href="/spaces/mail/"><bdi>Mail</bdi></a><span class="n">2 open</span>' in page.text
    assert "Phones</bdi></a>" not in page.text


def test_what_editors_write_stays_words(show, client):
    show(
        ("hero", {"sentence": "<script>alert(1)</script>", "more": ""}),
        ("words", {"heading": "<i>x</i>", "text": '<p onclick="alert(1)">Hi<script>alert(2)</script></p>'}),
    )

    text = client.get("/").text

    assert "<script>alert(1)" not in text
    assert "<i>x</i>" not in text


def test_a_published_change_outdates_what_visitors_are_given(
    show, home, monkeypatch, django_capture_on_commit_callbacks
):
    outdated = []
    monkeypatch.setattr(kept, "_listeners", [outdated.append])

    with django_capture_on_commit_callbacks(execute=True):
        show(("hero", {"sentence": "New words", "more": ""}))
    with django_capture_on_commit_callbacks(execute=True):
        home.unpublish()

    # Without marks: nothing that was kept is right any longer.
    assert outdated == [(), ()]


def test_visitors_pages_are_marked_and_members_are_not(home, client, customer, visiting_as, monkeypatch):
    monkeypatch.setattr(kept, "_marking", True)

    assert client.get("/")[kept.MARK] == kept.LISTS
    assert kept.MARK not in visiting_as(customer).get("/")


def test_the_first_pages_are_made_once_and_left_alone(home, client):
    home.title, home.body = "Ours", []
    home.save_revision().publish()
    pages = first_pages.Page.objects.count()

    again = first_pages.build()

    assert again.pk == home.pk
    assert first_pages.Page.objects.count() == pages
    assert first_pages.HomePage.objects.get().title == "Ours"
    assert first_pages.Site.objects.get().root_page_id == home.pk
    assert client.get("/").status_code == 200


def test_addresses_that_no_page_has_are_not_found(home, client):
    for address in ("/nothing/", "/help/nothing/", "/rules/more/"):
        assert client.get(address).status_code == 404


def test_a_thread_that_one_part_has_shown_is_left_out_of_the_next(client, show):
    clock.set_to(clock.now() - timedelta(days=1))
    make.thread(title="Waits longest")
    clock.reset()
    make.thread(title="Waits too")

    show(
        ("threads", {"heading": "Waiting for us", "show": "waiting_us", "most": 1}),
        ("threads", {"heading": "No reply yet", "show": "unanswered", "most": 2}),
    )
    page = client.get("/").text

    assert (page.count("Waits longest"), page.count("Waits too")) == (1, 1)
