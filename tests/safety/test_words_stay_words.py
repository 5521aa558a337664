"""Whatever people call themselves, their questions, files and reasons: on every page it is read and never run."""

from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cms import first_pages
from community.moderation.actions import close_thread, flag_thing, hide_thread, lock_thread
from community.people.models import Member, Role
from community.search import entries
from community.spaces.models import Space, Tag
from community.threads.actions import delete_post, edit_post, post_reply, save_draft
from community.threads.models import Attachment, Post, Thread
from community.tickets.actions import link_ticket
from community.tickets.models import TicketLink
from tests import make
from tests.prose.test_nothing_dangerous_gets_out import ADDRESSES, BREAKOUTS, MARKUP
from tests.safety.reading import wrong_in

pytestmark = pytest.mark.django_db

HOSTILE = [
    payload.replace("\x00", "\x01").replace("\n", " ")
    for payload in [
        *MARKUP,
        *BREAKOUTS,
        *ADDRESSES,
        "</script><script>alert(1)</script>",
        "</title></textarea></style></noscript><script>alert(1)</script>",
        "]]><script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "{{ settings.SECRET_KEY }}{% load evil %}{{7*7}}${7*7}",
        "<!--<script>",
    ]
]


@pytest.fixture(scope="module")
def hostile(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Built once for all of these tests; each of them undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> SimpleNamespace:
    """A thread for each hostile word, which stands wherever a person can put one."""
    people = {role: make.member(role=role) for role in (Role.MODERATOR, Role.AGENT)}
    moderator, agent = people[Role.MODERATOR], people[Role.AGENT]
    keeper = make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    threads = [in_every_place(word, number, moderator, agent) for number, word in enumerate(HOSTILE)]
    for called, member in zip(HOSTILE, (moderator, agent, keeper), strict=False):
        Member.objects.filter(pk=member.pk).update(name=called[:60])
    entries.write(Post.objects.select_related("thread"))
    return SimpleNamespace(threads=threads, moderator=moderator, agent=agent, keeper=keeper)


def in_every_place(word: str, number: int, moderator: Member, agent: Member) -> Thread:
    asker = make.member()
    # A name with characters that cannot be seen is refused.
    Member.objects.filter(pk=asker.pk).update(name=word.replace("\x01", "")[:60], bio=word)
    asker.refresh_from_db()
    space = make.space(word[:80], slug=f"space-of-{number}", description=word)
    tag = Tag.objects.create(name=word[:40], slug=f"tag-of-{number}", description=word)
    product = make.product(f"{word[:70]} {number}", versions=(word[:40],))
    thread = make.thread(
        by=asker,
        title=word,
        body=f"{word}\n\n```{word}\n{word}\n```\n\n![{word}]({word}) [{word}]({word})",
        space=space,
        tags=[tag],
        product=product,
        version=product.versions.get(),
        platform=make.platform(word[:40]),
    )
    reply = post_reply(by=asker, thread=thread, body=word, kind="solution")
    edit_post(by=asker, post=reply, body=f"{word} again", seen_revision=0, because=word)
    file = make.attachment(by=asker)
    Attachment.objects.filter(pk=file.pk).update(name=word[:150], post=reply)
    deleted = post_reply(by=asker, thread=thread, body=f"{word} gone")
    delete_post(by=asker, post=deleted, because=word)
    flag_thing(by=moderator, thing=reply, why="other", words=word)
    link_ticket(by=agent, thread=thread, system="console", number=f"R-{number}")
    TicketLink.objects.filter(thread=thread).update(number=word[:40])
    save_draft(by=agent, thread=thread, body=word)
    lock_thread(by=moderator, thread=thread, because=word)
    if number % 2:
        close_thread(by=moderator, thread=thread, because=word)
    if number % 7 == 6:
        hide_thread(by=moderator, thread=thread, because=word)
    return Thread.objects.get(pk=thread.pk)


def browser_of(member: Member | None) -> Client:
    browser = Client()
    if member:
        browser.force_login(member)
    return browser


def wrong_on(browser: Client, paths: list[str], *, statuses=(200,)) -> dict[str, list[str]]:
    wrong = {}
    for path in paths:
        page = browser.get(path)
        assert page.status_code in statuses, (page.status_code, path)
        if found := wrong_in(page.content.decode()):
            wrong[path] = found
    return wrong


def test_on_the_pages_of_a_thread(hostile):
    browser = browser_of(hostile.agent)
    paths = [thread.get_absolute_url() for thread in hostile.threads]
    for thread in hostile.threads[::3]:
        reply = thread.posts.get(number=2)
        paths += [f"/posts/{reply.pk}/history/", f"/posts/{reply.pk}/menu/"]

    assert wrong_on(browser, paths) == {}
    assert wrong_on(Client(), [thread.get_absolute_url() for thread in hostile.threads], statuses=(200, 410)) == {}


def test_on_the_pages_of_moderators(hostile):
    browser = browser_of(hostile.moderator)
    paths = [f"/threads/{thread.pk}/curate/" for thread in hostile.threads[::4]]
    paths += [f"/moderation/?page={page}" for page in (1, 2, 3, 4)]
    paths += ["/moderation/log/", "/moderation/log/?page=2", "/moderation/mine/", "/desk/", "/desk/tickets/"]
    paths += [reverse("people:standing", args=[thread.author.handle]) for thread in hostile.threads[::4]]

    assert wrong_on(browser, paths) == {}


def test_in_lists(hostile):
    browser = browser_of(hostile.agent)
    paths = [f"/threads/?page={page}" for page in (1, 2)] + ["/spaces/", "/tags/", "/drafts/", "/ask/"]
    for thread in hostile.threads[::3]:
        paths += [thread.space.get_absolute_url(), thread.tags.get().get_absolute_url()]
        paths += [f"{thread.author.get_absolute_url()}{show}" for show in ("", "?show=threads")]

    assert wrong_on(browser, paths) == {}


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 40))
def test_in_what_was_searched_and_in_addresses(hostile, start):
    words = HOSTILE[start : start + 40]
    browser = Client()

    assert wrong_on(browser, [f"/search/?q={quote(word)}" for word in words]) == {}
    assert wrong_on(browser, [f"/nowhere/{quote(word, safe='')}/" for word in words], statuses=(404,)) == {}
    assert wrong_on(browser, [f"/accounts/login/?next={quote(word)}" for word in words]) == {}


def test_on_the_home_page(hostile, client):
    home = first_pages.build()
    home.title = HOSTILE[0]
    home.body = [("hero", {"sentence": word[:160], "more": word}) for word in HOSTILE]
    home.body += [("threads", {"heading": word[:60], "show": "latest", "most": 12}) for word in HOSTILE[:12]]
    home.body += [("spaces", {"heading": word[:60]}) for word in HOSTILE[:3]]
    home.save_revision().publish()

    assert wrong_on(client, ["/"]) == {}


def test_in_feeds(hostile, client):
    atom = "{http://www.w3.org/2005/Atom}"
    paths = ["/feeds/threads/", "/feeds/spaces/space-of-1/", "/feeds/tags/tag-of-1/"]
    paths += [f"/feeds/threads/{thread.pk}/" for thread in hostile.threads if not thread.is_hidden]

    for path in paths:
        feed = ElementTree.fromstring(client.get(path).content)

        shown = [text.text or "" for text in feed.iter(f"{atom}summary")]
        assert shown
        assert [wrong for html in shown for wrong in wrong_in(html)] == []
        assert [link.get("href") for link in feed.iter(f"{atom}link") if not link.get("href").startswith("http")] == []


def test_in_what_open_pages_are_told(hostile):
    browser = browser_of(hostile.agent)

    for thread in hostile.threads:
        for lane in ("all", "team"):
            told = browser.get(f"/threads/{thread.pk}/since/0/?lane={lane}").json()["frames"]
            shown = [frame["html"] for frame in told] + [html for f in told for html in f.get("regions", {}).values()]

            assert [wrong for html in shown for wrong in wrong_in(html)] == []


def test_in_the_back_office(hostile):
    browser = browser_of(hostile.keeper)
    ours = ("people", "spaces", "threads", "moderation", "tickets", "desk")
    paths = []
    for kind in admin.site._registry:
        if kind._meta.app_label in ours:
            place = f"/admin/{kind._meta.app_label}/{kind._meta.model_name}/"
            paths += [place, *(f"{place}{row.pk}/change/" for row in kind.objects.all()[:20])]

    assert len(paths) > 60
    assert wrong_on(browser, paths) == {}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_runs_is_taken_nowhere(address):
    member, agent = make.member(), make.member(role=Role.AGENT)
    profile = {"name": "", "bio": "", "website": address, "time_zone": "", "language": ""}
    thread = make.thread()

    page = browser_of(member).post("/people/settings/", profile)
    browser_of(agent).post(f"/threads/{thread.pk}/ticket/", {"system": "console", "number": "R-1", "url": address})

    kept = [Member.objects.get(pk=member.pk).website, *TicketLink.objects.values_list("url", flat=True)]
    assert wrong_in(page.content.decode()) == []
    assert [url for url in kept if url and not url.startswith(("https://", "http://"))] == []


def test_nothing_here_is_true_for_want_of_words(hostile):
    """The words are there: escaped, on the page."""
    page = browser_of(hostile.agent).get("/threads/").content.decode()

    assert page.count("alert(1)") >= 30
    assert Space.objects.filter(name__contains="<script>").exists()
