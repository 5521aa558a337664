"""Every person, every thing, every way in: what is found is what the written model says, and nothing beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from community.threads.models import Thread
from tests.safety import model
from tests.safety.ways import LONG_AGO, MISSING, WAYS, addresses, named_addresses, rows
from tests.safety.world import World, build, build_home, word, words_in

pytestmark = pytest.mark.django_db

PEOPLE = sorted(model.EVERYBODY)


@dataclass(frozen=True)
class Answer:
    status: int
    length: int
    words: frozenset[str]


class Visit:
    """One person's browser, and everything that person was answered."""

    def __init__(self, world: World, who: str):
        self.world, self.who = world, who
        self.browser = Client(raise_request_exception=False)
        if member := world.people[who]:
            self.browser.force_login(member)
            if who == "deactivated":
                member.is_active = False
                member.save(update_fields=["is_active"])
        self.answers: dict[str, Answer] = {}

    def get(self, url: str) -> Answer:
        if url not in self.answers:
            response = self.browser.get(url)
            body = response.getvalue().decode(errors="replace")
            # What the address says itself was known to whoever asked.
            words = words_in(f"{body} {response.get('Location', '')}") - words_in(url)
            self.answers[url] = Answer(response.status_code, len(body), frozenset(words))
        return self.answers[url]


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker) -> Iterator[dict[str, Visit]]:
    """Built once for all of these tests; each of them undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        build_home(world)
        yield {who: Visit(world, who) for who in PEOPLE}
        transaction.set_rollback(True)


@pytest.fixture(params=PEOPLE)
def visit(request, visits) -> Visit:
    return visits[request.param]


def everywhere(visit: Visit) -> Iterator[tuple[str, Answer]]:
    """Every way in that is read, with the kind of answer it may give."""
    for name, way in WAYS.items():
        urls = way.places(visit.world)
        if way.about and way.reads:
            urls = [url for _thing, row in rows(visit.world, way.about) for url in addresses(name, way, row)]
        for url in urls:
            yield way.kind, url, visit.get(url)


def test_every_address_has_its_place_in_the_table():
    in_other_settings = {"design", "design_mail", "design_mails", "design_sides", "people:demo_sign_in"}
    table = {name.removesuffix(" by number") for name in WAYS}

    assert named_addresses() - table == set(), "Say in ways.py what these addresses may show, and to whom."
    assert table - named_addresses() - in_other_settings == set()


def test_nobody_finds_more_than_the_model_says(visit):
    found_too_much = {
        url: words
        for kind, url, answer in everywhere(visit)
        if (words := answer.words - model.may_find(visit.who, kind))
    }

    assert found_too_much == {}


def test_no_way_in_is_broken(visit):
    broken = {url: answer.status for _kind, url, answer in everywhere(visit) if answer.status >= 500}

    assert broken == {}


def test_what_one_may_not_read_answers_like_what_is_not_there(visit):
    differing = {}
    for name, way in WAYS.items():
        if not (way.about and way.reads):
            continue
        for missing, address in enumerate(addresses(name, way, MISSING)):
            nothing = visit.get(address)
            for thing, row in rows(visit.world, way.about):
                if visit.who in model.readers(thing) | model.IS_TOLD.get(thing, set()):
                    continue
                url = addresses(name, way, row)[missing]
                answer = visit.get(url)
                if answer.status != nothing.status or abs(answer.length - nothing.length) > 64:
                    differing[f"{thing} {url}"] = (answer, nothing)

    assert differing == {}


def test_what_went_is_told_as_gone_and_says_no_more(visit):
    told = {}
    for thing in ("hidden", "deleted", "gonemembers"):
        if visit.who in model.IS_TOLD[thing]:
            told[thing] = visit.get(visit.world.threads[thing].get_absolute_url())

    assert {thing: (answer.status, answer.words) for thing, answer in told.items()} == {
        thing: (410, frozenset()) for thing in told
    }


def test_what_one_may_read_is_found(visit):
    """So that nothing above is true only because nothing is shown at all."""
    readable, listed = model.readable(visit.who), model.listed(visit.who)

    on_pages = {thing: visit.get(row.get_absolute_url()) for thing, row in visit.world.threads.items()}
    histories = {thing: visit.get(f"/posts/{row.pk}/history/") for thing, row in visit.world.posts}
    latest = visit.get("/threads/")

    threads = set(visit.world.threads)
    assert {thing for thing in threads if word(thing, "body") in on_pages[thing].words} == readable & threads
    assert {thing for thing in threads if word(thing, "reply") in on_pages[thing].words} == readable & threads
    assert {thing for thing in threads if word(thing, "oldtitle") in histories[thing].words} == readable & threads
    assert {thing for thing in threads if word(thing, "title") in latest.words} == listed & threads
    assert (word("note", "body") in on_pages["open"].words) is (visit.who in model.TEAM)


def test_a_search_finds_each_text_for_its_readers_only(visit):
    parts = {"title": "thread", "body": "post", "oldtitle": None, "oldbody": None}
    for thing in model.READS:
        for part, of in parts.items():
            page = visit.browser.get("/search/", {"q": word(thing, part)})

            is_there = of is not None and thing in model.listed(visit.who)
            is_there = is_there and (of == "post" or thing in visit.world.threads)
            assert page.context["page"].paginator.count == is_there, (thing, part)


def test_every_count_counts_what_is_shown(visit):
    threads = model.listed(visit.who) & set(visit.world.threads)

    latest = visit.browser.get("/threads/")
    tags = visit.browser.get("/tags/")
    news = visit.browser.get("/threads/new/", {"since": LONG_AGO})

    assert latest.context["page"].paginator.count == len(threads)
    assert {tab.key: tab.count for tab in latest.context["tabs"]}["latest"] == len(threads)
    assert [tag.thread_count for tag in tags.context["tags"]] == [len(threads)]
    assert news.json() == {"count": len(threads)}


def test_what_one_may_not_read_takes_no_press(visit):
    """Pressed or sent, it answers like what is not there, and nothing has happened."""
    before = every_row()
    differing = {}
    for name, way in WAYS.items():
        if not way.about or way.sends is None:
            continue
        nothing = visit.browser.post(reverse(name, args=way.arguments(MISSING)), way.sends)
        for thing, row in rows(visit.world, way.about):
            if visit.who in model.readers(thing) | model.IS_TOLD.get(thing, set()):
                continue
            answer = visit.browser.post(reverse(name, args=way.arguments(row)), way.sends)
            if answer.status_code != nothing.status_code or abs(len(answer.content) - len(nothing.content)) > 64:
                differing[f"{name} {thing}"] = (answer.status_code, nothing.status_code)

    assert differing == {}
    assert every_row() == before


def test_everybody_of_an_organisation_finds_all_of_it_and_nobody_else_anything(visit):
    """For every pair of organisations, over all pages, lists, searches, feeds and files there are."""
    found = {word for _kind, _url, answer in everywhere(visit) for word in answer.words}
    # Who reads along is not told whom others invite.
    kept_back = model.words_of(model.COMPANIES, ("offer",)) if visit.who == "named" else set()

    assert found & model.words_of(model.COMPANIES, model.COMPANY) == model.companies(visit.who) - kept_back


def test_who_reads_along_is_refused_by_every_way_in(visits):
    """With secondary access to an organisation one creates, changes and ends nothing of it."""
    visit, before = visits["named"], every_row()

    refused = {
        (name, thing): visit.browser.post(reverse(name, args=way.arguments(row)), way.sends).status_code
        for name, way in WAYS.items()
        if way.kind == "company" and way.sends is not None
        for thing, row in rows(visit.world, way.about)
    }

    assert set(refused.values()) == {403}
    assert every_row() == before


def every_row() -> dict[str, int]:
    """How many rows there are of everything the forum keeps, and how far each thread has come."""
    counted = {
        kind._meta.label: kind.objects.count()
        for app in ("organisations", "threads", "moderation", "tickets", "desk", "spaces")
        for kind in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    heads = Thread.objects.order_by("pk").values_list("seq", "team_seq", "follower_count", "me_too_count")
    # A draft of one's own is dropped wherever it was begun.
    return counted | {"threads.Draft": 0, "heads": list(heads)}
