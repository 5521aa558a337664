"""A forum in which every list holds something, and every reader finds something else."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from community import clock
from community.moderation.actions import close_thread, hide_thread, merge_thread, pin_thread
from community.people.models import Member
from community.spaces.models import Openness
from community.threads.actions import accept_answer, confirm_answer, delete_post, follow, mark_read
from community.threads.models import Audience, Genre, Thread
from tests import make


@pytest.fixture
def titles_on():
    """The titles of a list in their order, gathered from all its pages."""

    def on(browser: Client, address: str) -> list[str]:
        titles: list[str] = []
        while address:
            page = browser.get(address)
            assert page.status_code == 200, address
            titles += [row.title for row in page.context["rows"]]
            older = re.search(r'rel="next"\s+href="([^"]*)"', page.text)
            address = older and page.wsgi_request.build_absolute_uri(older[1].replace("&amp;", "&"))
        return titles

    return on


@pytest.fixture
def tabs_on():
    """Every list that is offered on a page, with where it leads and how many it promises: {key: (url, count)}."""

    def on(browser: Client, address: str) -> dict[str, tuple[str, int]]:
        page = browser.get(address)
        tabs = [*page.context["tabs"], *page.context["more_tabs"]]
        return {tab.key: (page.wsgi_request.build_absolute_uri(tab.url), tab.count) for tab in tabs}

    return on


@pytest.fixture
def places(customer: Member) -> SimpleNamespace:
    """Where threads stand: open, for members and for the team, each with a space under it that would be open to all."""
    house = make.space("House", slug="house", readers=Openness.MEMBERS)
    house.members.set([customer])
    cellar = make.space("Cellar", slug="cellar", team_only=True)
    mail = make.space("Mail", slug="mail")
    return SimpleNamespace(
        mail=mail,
        phones=make.space("Phones", slug="phones", parent=mail),
        house=house,
        attic=make.space("Attic", slug="attic", parent=house),
        cellar=cellar,
        shelf=make.space("Shelf", slug="shelf", parent=cellar),
    )


@pytest.fixture
def everything(places, customer, peer, moderator, agent, monkeypatch) -> SimpleNamespace:
    """Threads in every state, for every audience, in every place; more in one of them than a page holds."""
    monkeypatch.setattr("community.threads.lists.PER_PAGE", 16)
    product = make.product("Relay Mail", versions=("7.2", "7.3"))
    version, linux, tag = product.versions.first(), make.platform("Linux"), make.tag("keys")
    clock.set_to(clock.now() - timedelta(days=3))

    def ask(title: str, *, by: Member = customer, space=places.mail, **details) -> Thread:
        clock.advance(timedelta(minutes=1))
        return make.thread(by=by, title=title, space=space, **details)

    for number in range(8):
        ask(f"Plain {number}", by=peer, tags=[tag] if number % 2 else [], version=version if number % 3 else None)
    about = {"product": product, "version": version, "platform": linux, "tags": [tag]}
    asked_back = ask("Asked back", **about)
    make.reply(asked_back, by=peer, kind="question")
    eased = ask("Eased", **about)
    make.reply(eased, by=peer, kind="workaround")
    answered = ask("Answered", space=places.phones, **about)
    accept_answer(by=agent, post=make.reply(answered, by=peer, kind="solution"))
    confirmed = ask("Confirmed")
    confirm_answer(by=customer, post=make.reply(confirmed, by=peer, kind="solution"), works=True)
    close_thread(by=moderator, thread=ask("Closed", **about), because="The service has ended.")
    merge_thread(by=moderator, thread=ask("Twice"), into=eased)
    ask("Unknown", by=peer, state="unknown")
    pin_thread(by=moderator, thread=ask("Pinned", by=agent, genre=Genre.ANNOUNCEMENT))
    ask("Talk", by=peer, genre=Genre.DISCUSSION)
    ask("In the house", space=places.house, **about)
    ask("In the attic", space=places.attic, **about)
    ask("In the cellar", by=agent, space=places.cellar, **about)
    ask("On the shelf", by=agent, space=places.shelf, **about)
    ask("For few", by=peer, audience=Audience.NAMED, **about).named.add(customer)
    ask("For others", by=peer, audience=Audience.NAMED, **about)
    ask("For the team", by=agent, audience=Audience.TEAM, **about)
    hide_thread(by=moderator, thread=ask("Hidden", **about), because="Advertising.")
    delete_post(by=moderator, post=ask("Deleted", **about).posts.get(), because="Advertising.")
    for title in ("Plain 3", "Plain 4", "In the house", "For few"):
        follow(by=customer, thread=Thread.objects.get(title=title))
    mark_read(by=customer, thread=Thread.objects.get(title="Plain 4"), number=1)
    make.reply(asked_back, by=peer, body="Which disk is full?")
    clock.reset()
    return SimpleNamespace(product=product, version=version, platform=linux, tag=tag)
