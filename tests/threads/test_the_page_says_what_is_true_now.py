"""What the page of a thread says to everybody is kept while nothing of it changes, and not a moment longer."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from community import clock
from community.people.models import Member, Role
from community.spaces.models import Space, Tag, Version
from community.threads.actions import accept_answer
from community.threads.models import Kind, Outlook, Post, Thread
from community.threads.pages import post as posts_kept
from forum.templatetags import made_once, thread_page
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
OWN_TO_ONE_FETCH = re.compile(r'name="(csrfmiddlewaretoken|token|shown)" value="[^"]*"')


def page(browser, thread: Thread) -> str:
    html = browser.get(Thread.objects.get(pk=thread.pk).get_absolute_url()).content.decode()
    assert made_once.MARK not in html
    return OWN_TO_ONE_FETCH.sub("", html)


def forget() -> None:
    for kept in (thread_page._regions, made_once._pieces, posts_kept._posts):
        kept.made.clear()


def test_whatever_changes_is_on_the_page_at_once(customer, peer, agent, visiting_as):
    clock.set_to(NOON)
    product, tag = make.product(versions=("7.3", "7.2")), make.tag("relay")
    version = product.versions.get(name="7.2")
    thread = make.thread(by=customer, product=product, version=version, tags=[tag], space=make.space("Relays"))
    answer = make.reply(thread, by=peer, kind=Kind.SOLUTION, body="Release the slot.")
    accept_answer(by=agent, post=answer)
    other = make.thread(title="The same, asked before")
    this, its_answer = Thread.objects.filter(pk=thread.pk), Post.objects.filter(pk=answer.pk)
    asker, answerer = Member.objects.filter(pk=customer.pk), Member.objects.filter(pk=peer.pk)
    now = clock.now()
    changes = [
        (this, {"state": "workaround"}),
        (Outlook.objects.filter(thread=thread), {"waits_more": "The maker is asked."}),
        (this, {"title": "Keys <b> expired"}),
        (this, {"follower_count": 7}),
        (this, {"reply_count": 9}),
        (this, {"others_confirmed_count": 2}),
        (this, {"locked_at": now, "locked_because": "It went round in circles."}),
        (this, {"locked_because": "For another reason."}),
        (this, {"slow_minutes": 10}),
        (this, {"planned_act": "lock", "planned_at": now}),
        (this, {"due_for": "response", "due_at": now + timedelta(minutes=3)}),
        (this, {"with_support_at": now}),
        (this, {"split_from": other.pk}),
        (this, {"confirmed_on": product.versions.get(name="7.3").pk, "confirmed_by_asker_at": now}),
        (this, {"state": "confirmed", "state_since": now}),
        (Space.objects.filter(pk=thread.space_id), {"name": "Consoles"}),
        (Tag.objects.filter(pk=tag.pk), {"name": "relais"}),
        (Version.objects.filter(pk=version.pk), {"name": "7.2.1"}),
        (asker, {"name": "Fen & Co"}),
        (answerer, {"name": "Tallow <i>"}),
        (answerer, {"helped_count": 41}),
        (answerer, {"role": Role.MODERATOR}),
        (answerer, {"erased_at": now, "email": "", "name": "", "is_active": False, "role": Role.CUSTOMER}),
        (its_answer, {"html": "<p>Release the other slot.</p>"}),
        (its_answer, {"others_failed_count": 3}),
        (its_answer, {"hidden_at": now, "hidden_because": "Rude.", "accepted_by_support_at": None}),
        (this, {"merged_into": other.pk}),
        (Thread.objects.filter(pk=other.pk), {"title": "Asked before", "slug": "asked-before"}),
    ]
    Outlook.objects.get_or_create(thread=thread)
    reader = make.member()
    browsers = [visiting_as(reader), visiting_as(customer), visiting_as(agent)]

    for change, values in changes:
        before = [page(browser, thread) for browser in browsers]
        change.update(**values)
        at_once = [page(browser, thread) for browser in browsers]
        forget()
        assert [page(browser, thread) for browser in browsers] == at_once
        assert at_once[0] != before[0], values


def test_time_goes_on_while_nothing_happens(customer, peer, visiting_as):
    clock.set_to(NOON)
    thread = make.thread(by=customer)
    make.reply(thread, by=peer)
    Thread.objects.filter(pk=thread.pk).update(due_for="response", due_at=NOON + timedelta(minutes=3))
    browser, german = visiting_as(peer), visiting_as(make.member(language="de"))
    said = []

    for minutes in (0, 1, 2, 60 * 24, 60 * 24 * 7, 60 * 24 * 365):
        clock.set_to(NOON + timedelta(minutes=minutes))
        said.append(page(browser, thread))
        forget()
        assert page(browser, thread) == said[-1]

    assert len(set(said)) == 6
    assert [">2 min<" in said[1], ">1 min<" in said[1], ">12:00<" in said[0], ">12:00<" in said[3]] == [True] * 3 + [
        False
    ]
    assert ("Whose turn" in said[0], "Whose turn" in page(german, thread)) == (True, False)
