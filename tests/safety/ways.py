"""Every address by which something said in the forum could be reached, and what kind of answer it gives.

An address that is missing here fails the test that reads the URLconf: whoever adds one says what it may show.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from community.desk.figures.reports import REPORTS
from community.threads.lists import FOR_ALL
from tests.safety.way import (
    NOTHING,
    SHOWN,
    Way,
    asked_by_number,
    at_requests,
    company,
    in_organisations,
    in_spaces,
    lists,
    of_company,
    places,
    post,
    press,
    thread,
    writers,
)
from tests.safety.ways_to_moderate import WAYS_TO_MODERATE
from tests.safety.world import COMMON, World

OURS = {
    *("inbox", "organisations", "requests", "threads", "spaces", "people", "search", "moderation", "tickets", "desk"),
    *("live", None),
}
LONG_AGO = "2000-01-01T00:00:00+00:00"
DESK = ("ours", "late", "unanswered", "came-back", "contradictions", "mine", "teams", "to-confirm", "asker", "snoozed")
PROMISES = ("running", "overdue", "delivered", "kept", "late", "broken", "moved")
DEADLINES = ("open", "accepted", "alternative", "declined", "met")
CLOCKS = ("open", "late", "resting", "kept", "missed")
NOWHERE = SimpleNamespace(slug="no-such-company")
MISSING = SimpleNamespace(
    pk=987_654_321,
    slug="thread",
    key="00000000-0000-4000-8000-000000000000",
    name="a.txt",
    organisation=NOWHERE,
    agreement=SimpleNamespace(organisation=NOWHERE),
)


WAYS: dict[str, Way] = {
    # Threads
    "threads:short": thread(),
    "threads:detail": thread(arguments=lambda row: [row.pk, row.slug]),
    "threads:reply": thread(sends={"body": "Hello."}),
    "threads:retitle": thread(sends={"title": "Another title"}),
    "threads:unread": thread(),
    "threads:on_day": thread(queries=lambda row: ["?day=2026-01-01", "?day=2036-01-01"]),
    "threads:seen": thread(arguments=lambda row: [row.pk, 1]),
    "threads:state": thread(),
    "threads:merged": thread(),
    "threads:different": press("thread"),
    "threads:helps": press("thread", works="yes"),
    "threads:since": thread(arguments=lambda row: [row.pk, 0], queries=lambda row: ["", "?lane=team"]),
    "threads:mentions": thread(arguments=lambda row: [], queries=lambda row: [f"?q=&thread={row.pk}"]),
    "threads:draft": press("thread", body="Hello."),
    "threads:draft_discard": press("thread"),
    "threads:read": press("thread", number="1"),
    "threads:me_too": press("thread"),
    "threads:follow": press("thread"),
    "threads:feed_thread": thread("outside"),
    "desk:handle": thread(),
    "desk:same_case": thread(sends={"pair": "1", "do": "join"}),
    "desk:aside": thread(sends={"body": "Hello."}),
    "desk:of_person": places("list", writers("desk:of_person", "", "?show=open")),
    "desk:of_organisation": places("page", in_organisations("desk:of_organisation")),
    "desk:act": Way("page", "thread", arguments=lambda row: [row.pk, "take"], sends={}, reads=False),
    "desk:reply_find": thread(arguments=lambda row: [], queries=lambda row: [f"?thread={row.pk}"]),
    "desk:promise": thread(sends={"what": "A key", "until": "2036-01-01T10:00"}),
    "desk:promise_done": press("thread"),
    "desk:promise_judge": press("thread", word="kept"),
    "desk:offer": thread(sends={"what": "A visit"}),
    "desk:offer_answer": press("thread", take="yes"),
    "desk:thanks": thread(sends={"member": "nobody"}),
    "desk:complaint": thread(sends={"words": "No."}),
    "desk:deadline": thread(sends={"at": "2036-01-01T10:00", "otherwise": "We stand still."}),
    "tickets:link": thread(sends={"system": "console", "number": "R-2"}),
    "tickets:make": thread(sends={"system": "console", "subject": "Keys", "text": "They expired."}),
    # Posts
    "threads:post": post(),
    "threads:menu": post(),
    "threads:history": post("history"),
    "threads:quote": post(),
    "threads:edit": post(sends={"body": "Hello.", "seen_revision": "1"}),
    "threads:delete": post(sends={"because": "So."}),
    "threads:restore": press("post"),
    "threads:tried": post(),
    "threads:accept": press("post"),
    "threads:unaccept": press("post"),
    "threads:confirm": press("post", works="yes"),
    "threads:vote": press("post"),
    "threads:bookmark": press("post"),
    # Files
    "threads:attachment": Way("page", "file", arguments=lambda row: [row.key, row.name]),
    "threads:attachment_remove": Way("page", "file", arguments=lambda row: [row.key], sends={}, reads=False),
    # Organisations
    "organisations:list": Way("company", places=lambda world: ["/organisations/"]),
    "organisations:detail": company(),
    "organisations:people": company(sends={"email": "new@example.com", "kind": "reader"}),
    "organisations:second_factor": Way("company", "company", lambda row: [row.slug], sends={"ask": "yes"}, reads=False),
    "organisations:agreements": company(sends={"title": "Support"}),
    "organisations:agreement": Way(
        "company", "agreement", arguments=lambda row: [row.agreement.organisation.slug, row.key, row.name]
    ),
    "desk:escalate": company(sends={"because": "We stand still."}),
    "organisations:end_seat": of_company("seat"),
    "organisations:swap": of_company("seat"),
    "organisations:withdraw": of_company("offer"),
    # Whoever has the link in the mail learns who invites them.
    "organisations:invitation": NOTHING,
    # While asking
    "search:read_thread": thread(),
    "search:similar_to_thread": thread(),
    "search:read_article": NOTHING,
    "search:similar": places("list", lambda world: [f"/ask/similar/?title={COMMON}"]),
    "threads:numbers": places(
        "list", lambda world: [f"/numbers/?q={COMMON}"] + [f"/numbers/?q={row.pk}" for row in world.threads.values()]
    ),
    # Lists
    "home": places("list", lambda world: ["/"]),
    "threads:list": places(
        "list",
        lambda world: (
            lists("/threads/")
            + [f"/threads/?space={space.slug}" for space in world.spaces.values()]
            + [f"/threads/?tag={world.tag.slug}"]
        ),
    ),
    "threads:new_count": places(
        "list", lambda world: [f"/threads/new/?{urlencode({'since': LONG_AGO, 'show': show})}" for show in SHOWN]
    ),
    "threads:tags": places("list", lambda world: ["/tags/"]),
    "threads:tag": places("list", lambda world: [world.tag.get_absolute_url()]),
    "spaces:index": places("list", lambda world: ["/spaces/"]),
    "spaces:detail": places("list", in_spaces("spaces:detail")),
    "people:profile": places("list", writers("people:profile", "", "?show=threads", "?show=confirmed")),
    "people:face": places("list", writers("people:face", "")),
    "search:results": places(
        "list",
        lambda world: (
            [f"/search/?q={COMMON}"] + [f"/search/?q={COMMON}&space={space.slug}" for space in world.spaces.values()]
        ),
    ),
    # Whoever knows the number of a thread opens it so, hidden or not.
    "search:results by number": places("page", asked_by_number),
    "tickets:desk": places("page", lambda world: ["/desk/tickets/"]),
    "desk:inbox": places("page", lambda world: [f"/desk/?show={show}" for show in DESK]),
    "desk:new_count": places(
        "page", lambda world: [f"/desk/new/?{urlencode({'since': LONG_AGO, 'show': show})}" for show in DESK]
    ),
    "desk:call": places("page", in_organisations("desk:call")),
    "desk:call_now": places("page", in_organisations("desk:call_now")),
    "desk:call_here": press("thread"),
    "desk:line": places("page", lambda world: ["/desk/line/"]),
    "desk:line_now": places("page", lambda world: ["/desk/line/now/"]),
    **dict.fromkeys(("desk:call_leave", "desk:call_take", "desk:call_back", "desk:rota", "desk:shift_drop"), NOTHING),
    "desk:clocks": places("page", lambda world: [f"/desk/clocks/?show={show}" for show in CLOCKS]),
    "desk:promises": places("page", lambda world: [f"/desk/promises/?show={show}" for show in PROMISES]),
    "desk:deadlines": places("desk", lambda world: [f"/desk/deadlines/?show={show}" for show in DEADLINES]),
    "desk:deadline_decide": places("desk", lambda world: [row.get_absolute_url() for row in world.deadlines]),
    "desk:escalations": places("company", lambda world: ["/desk/escalations/"]),
    "desk:escalation": places("page", lambda world: [row.get_absolute_url() for row in world.escalations]),
    "desk:escalation_take": NOTHING,
    "desk:complaints": places("complaints", lambda world: ["/desk/complaints/", "/desk/complaints/?show=answered"]),
    "desk:complaint_answer": places("complaints", lambda world: [row.get_absolute_url() for row in world.complaints]),
    "desk:reports": places("list", lambda world: ["/desk/reports/"]),
    "desk:reports_table": places("list", lambda world: ["/desk/reports.csv"]),
    "desk:report": places("report", lambda world: [f"/desk/reports/{key}/" for key in REPORTS]),
    "desk:write_down": places("list", lambda world: ["/desk/received/"]),
    "desk:part_case": NOTHING,
    # One's own
    "threads:drafts": places("page", lambda world: ["/drafts/"]),
    "threads:ask": places("page", lambda world: ["/ask/", "/ask/?space=house", "/ask/?space=cellar"]),
    "people:language": NOTHING,
    "people:settings": places("page", lambda world: ["/people/settings/"]),
    # For those who decide
    **WAYS_TO_MODERATE,
    "people:standing": places("care", writers("people:standing", "")),
    # For everybody outside
    "threads:feed": places("outside", lambda world: [f"/feeds/threads/?show={show}" for show in FOR_ALL]),
    "threads:feed_space": places("outside", in_spaces("threads:feed_space")),
    "threads:feed_tag": places("outside", lambda world: [reverse("threads:feed_tag", args=[world.tag.slug])]),
    "sitemap": places("outside", lambda world: ["/sitemap.xml"]),
    "sitemap-section": places(
        "outside", lambda world: [f"/sitemap-{part}.xml" for part in ("threads", "spaces", "pages")]
    ),
    "robots": places("outside", lambda world: ["/robots.txt"]),
    "manifest": places("outside", lambda world: ["/manifest.webmanifest"]),
    # These show nothing that somebody wrote to others, or take what they say from the sender alone.
    **dict.fromkeys(
        (
            *("threads:preview", "threads:draft_question", "threads:draft_question_discard", "threads:upload"),
            *("threads:save_filter", "threads:drop_filter", "people:set_role"),
            *("people:deactivate", "people:reactivate", "people:enter_pages", "people:demo_sign_in"),
            *("people:leave", "people:erase", "people:mute", "people:muted"),
            *("people:own_data", "people:fetch_data"),
            # Programs call the hook, with a signature.
            *("tickets:unlink", "tickets:close", "tickets:hook", "tickets:send_again"),
        ),
        NOTHING,
    ),
    "requests:list": places("list", lambda world: ["/requests/", "/requests/?show=ended", "/requests/?show=level-2"]),
    "requests:detail": places("page", at_requests("detail")),
    "requests:close": places("page", at_requests("close")),
    "requests:new": places("page", in_organisations("requests:new")),
    "requests:choose": places("page", lambda world: ["/requests/new/"]),
    **dict.fromkeys(("requests:reopen", "requests:severity", "requests:draft", "requests:draft_discard"), NOTHING),
    **dict.fromkeys(("requests:copy_in", "requests:take_out"), NOTHING),
    "inbox:list": places("page", lambda world: ["/inbox/", "/inbox/?show=all"]),
    **dict.fromkeys(("inbox:count", "inbox:mail", "inbox:read", "inbox:read_all", "inbox:stop_mail"), NOTHING),
    # Words of the house, for those who speak for it.
    **dict.fromkeys(
        (
            *("desk:replies", "desk:reply_add", "desk:reply_change", "desk:reply_drop", "design"),
            *("design_sides", "design_mails", "design_mail"),
        ),
        NOTHING,
    ),
    # Wagtail's pages: the home page is above, help articles are written by editors for everybody.
    **dict.fromkeys(("wagtail_serve", "picture", "icon", "brand_style", "worker", "offline"), NOTHING),
    # Tables and tasks by name; nobody's words: tests/running/test_the_page_of_the_operator.py.
    **dict.fromkeys(("operation", "run_again", "run_all_again"), NOTHING),
}
# Other people's applications, with pages of their own: sign-in, back office, editors, documents.
THEIRS = (
    "account_", "mfa_", "usersessions_",
    "wagtail_bulk_action", "wagtailadmin", "wagtailcore_login", "wagtaildocs", "wagtailimages", "wagtailusers",
)  # fmt: skip


def named_addresses() -> set[str]:
    """The name of every address in the URLconf that is ours."""
    return {
        name
        for namespace, name in walk(get_resolver().url_patterns)
        if namespace in OURS and not name.startswith(THEIRS)
    }


def walk(patterns, namespace: str | None = None) -> Iterator[tuple[str | None, str]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, entry.namespace or namespace)
        elif isinstance(entry, URLPattern) and entry.name:
            yield namespace, f"{namespace}:{entry.name}" if namespace else entry.name


def rows(world: World, about: str) -> list[tuple[str, Any]]:
    """The things of the world that such a way can be about, by name."""
    if about == "seat":
        return [(thing, seat) for thing, row in world.companies.items() for seat in row.seats.all()]
    return {
        "thread": list(world.threads.items()),
        "post": world.posts,
        "file": world.files,
        "company": list(world.companies.items()),
        "agreement": world.agreements,
        "offer": world.offers,
        "held": world.held,
    }[about]


def addresses(name: str, way: Way, row: Any) -> list[str]:
    path = reverse(name, args=way.arguments(row))
    return [path + query for query in way.queries(row)]
