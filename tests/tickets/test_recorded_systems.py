"""The doors to systems that cannot run here, against the answers that their documentation shows."""

from functools import partial

import pytest

from community.policy import Invalid
from community.tickets.doors import Elsewhere, Place, Progress, TicketGone, TicketRefused, Unavailable
from community.tickets.doors.protocol import mark_of
from community.tickets.models import SystemKind
from community.tickets.systems import DOORS
from tests.tickets.recorded import Recorded, answering

KEY = "ab" * 16
AT = "2026-11-25T08:00:00Z"
OURS = f"Copied. {mark_of(KEY)}"
KINDS = ["zammad", "zendesk", "jira", "github"]
QUEUES = {"zammad": "Users", "zendesk": "Support", "jira": "MAIL", "github": "relay/mail"}
NUMBERS = {"zammad": "20088", "zendesk": "88", "jira": "MAIL-88", "github": "88"}
OTHERS = {"zammad": "20089", "zendesk": "89", "jira": "SALES-89", "github": "89"}


def zammad(ids=(88,), state="open"):
    tickets = [
        {"id": 88, "number": "20088", "group": "Users", "state": state, "title": "Keys"},
        {"id": 89, "number": "20089", "group": "Sales", "state": "open", "title": "Other"},
    ]
    article = {"internal": False, "sender": "Agent", "content_type": "text/html", "created_at": AT, "type": "note"}
    articles = [
        article | {"id": 1, "body": OURS},
        article | {"id": 2, "body": "Noted.", "internal": True},
        article | {"id": 3, "body": "Asked.", "sender": "Customer"},
        article | {"id": 4, "body": "<p>Renew them.</p>"},
    ]
    return {
        "GET /api/v1/users/me": {"id": 3},
        "POST /api/v1/tickets": tickets[0],
        "GET /api/v1/tickets/88": tickets[0],
        "PUT /api/v1/tickets/88": tickets[0] | {"state": "closed"},
        "GET /api/v1/tickets/search": tickets,
        "GET /api/v1/ticket_articles/by_ticket/88": articles,
        "GET /api/v1/ticket_articles/by_ticket/89": [],
        "POST /api/v1/ticket_articles": {"id": 7},
    }


def zendesk(status="open"):
    def ticket(number: int, group: int) -> dict:
        return {
            "id": number,
            "status": status,
            "group_id": group,
            "requester_id": 5,
            "external_id": KEY,
            "subject": "K",
        }

    comment = {"public": True, "author_id": 7, "created_at": AT, "type": "Comment"}
    comments = [
        comment | {"id": 1, "body": OURS, "html_body": "", "public": False},
        comment | {"id": 2, "body": "Noted.", "public": False},
        comment | {"id": 3, "body": "Asked.", "author_id": 5},
        comment | {"id": 4, "body": "Renew them.", "html_body": "<p>Renew them.</p>"},
    ]
    groups = [{"id": 10, "name": "Support"}, {"id": 11, "name": "Sales"}]
    return {
        "POST /api/v2/tickets.json": {"ticket": ticket(88, 10), "audit": {"id": 1, "ticket_id": 88}},
        "GET /api/v2/tickets/88.json": {"ticket": ticket(88, 10)},
        "GET /api/v2/tickets/89.json": {"ticket": ticket(89, 11)},
        "PUT /api/v2/tickets/88.json": {"ticket": ticket(88, 10), "audit": {"id": 2, "ticket_id": 88}},
        "GET /api/v2/tickets.json": {"tickets": [ticket(88, 10)], "count": 1, "next_page": None},
        "GET /api/v2/groups.json": {"groups": groups, "count": 2, "next_page": None},
        "GET /api/v2/tickets/88/comments.json": {"comments": comments, "count": 4, "next_page": None},
    }


def jira(url: str, status="Open", category="indeterminate"):
    def issue(key: str) -> dict:
        state = {"name": status, "statusCategory": {"key": category}}
        return {"id": "10088", "key": key, "self": "http://x/1", "fields": {"status": state}}

    comment = {"created": "2026-11-25T08:00:00.000+0000", "self": "http://x/2"}
    comments = [
        comment | {"id": "1", "body": OURS, "jsdPublic": False},
        comment | {"id": "2", "body": "Noted.", "jsdPublic": False},
        comment | {"id": "3", "body": "Of a project without customers."},
        comment | {"id": "4", "body": "Renew them.", "jsdPublic": True},
    ]
    one = "/rest/api/2/issue/MAIL-88/comment/1"
    done = {"id": "31", "name": "Done", "to": {"name": "Done", "statusCategory": {"key": "done"}}}
    return {
        "POST /rest/api/2/issue": {"id": "10088", "key": "MAIL-88", "self": "http://x/1"},
        "GET /rest/api/2/search": {"issues": [{"id": "10088", "key": "MAIL-88"}], "total": 1},
        "GET /rest/api/2/issue/MAIL-88": issue("MAIL-88"),
        "GET /rest/api/2/issue/SALES-89": issue("SALES-89"),
        "GET /rest/api/2/issue/MAIL-88/comment": {"comments": comments, "total": 4, "startAt": 0},
        "POST /rest/api/2/issue/MAIL-88/comment": comment | {"id": "7", "body": "x"},
        f"GET {one}": comments[0] | {"self": f"{url}{one}"},
        f"PUT {one}": comments[0] | {"self": f"{url}{one}"},
        "GET /rest/api/2/issue/MAIL-88/transitions": {"transitions": [done]},
        "POST /rest/api/2/issue/MAIL-88/transitions": {},
    }


def github(url: str, state="open"):
    def issue(number: int, repository: str) -> dict:
        address = f"{url}/{repository}/issues/{number}"
        return {"number": number, "state": state, "html_url": address, "body": OURS if number == 88 else None}

    comment = {"created_at": AT, "author_association": "MEMBER"}
    comments = [
        comment | {"id": 1, "body": OURS},
        comment | {"id": 2, "body": "Me too.", "author_association": "NONE"},
        comment | {"id": 4, "body": "Renew them."},
    ]
    at = "/api/v3/repos/relay/mail"
    return {
        f"GET {at}": {"private": False},
        f"POST {at}/issues": issue(88, "relay/mail"),
        f"GET {at}/issues": [issue(90, "relay/mail"), issue(88, "relay/mail")],
        f"GET {at}/issues/88": issue(88, "relay/mail"),
        f"GET {at}/issues/89": issue(89, "relay/sales"),
        f"PATCH {at}/issues/88": issue(88, "relay/mail"),
        f"GET {at}/issues/88/comments": comments,
        f"POST {at}/issues/88/comments": comment | {"id": 7, "body": "x"},
        f"PATCH {at}/issues/comments/1": comments[0],
    }


@pytest.fixture
def system():
    with answering() as recorded:
        yield recorded


@pytest.fixture
def door_to(system, monkeypatch):
    # Zendesk's library knows no other way to a server without a certificate.
    monkeypatch.setenv("ZENPY_FORCE_SCHEME", "http")

    def made(kind: str, **as_it_is):
        from django.utils.module_loading import import_string

        answers = {"zammad": zammad, "zendesk": zendesk, "jira": partial(jira, system.url)}
        answers["github"] = partial(github, system.url)
        system.answers = answers[kind](**as_it_is)
        place = Place(kind, kind, system.url, QUEUES[kind], "forum@relay.example" if kind != "jira" else "", "s3cret")
        return import_string(DOORS[SystemKind(kind)])(place)

    return made


@pytest.mark.parametrize("kind", KINDS)
def test_a_ticket_is_made_with_our_key_and_found_again_by_it(kind, door_to, system: Recorded):
    door = door_to(kind)

    made = door.make(subject="Keys", text="They expired.", key=KEY)

    assert made.number == NUMBERS[kind]
    assert KEY in str([said for called, said in system.asked if called.startswith("POST")])
    assert "They expired." in str(system.asked)
    assert door.made(KEY).number == NUMBERS[kind]
    assert all("s3cret" not in str(said) for _, said in system.asked)
    assert "authorization" in system.headers[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_looked_up_and_another_queue_is_told(kind, door_to):
    door = door_to(kind)

    assert door.find(door.clean_number(f" {NUMBERS[kind].lower()} ")).number == NUMBERS[kind]
    with pytest.raises(Elsewhere):
        door.find(OTHERS[kind])
    for nonsense in ("", "x", "8" * 30, "-1", "٨"):
        with pytest.raises(Invalid):
            door.clean_number(nonsense)


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_carries_our_key_and_is_found_again(kind, door_to, system: Recorded):
    door = door_to(kind)
    ticket = door.find(NUMBERS[kind])

    assert door.comment(ticket.id, text="Any news?", key="cd" * 16)

    sent = str([said for called, said in system.asked if called.split()[0] in ("POST", "PUT")])
    assert mark_of("cd" * 16) in sent
    assert door.commented(ticket.id, KEY)
    assert door.commented(ticket.id, "ef" * 16) is None


@pytest.mark.parametrize(
    ("kind", "rewrites", "called"),
    [
        ("zammad", False, ""),
        ("zendesk", False, ""),
        ("jira", True, "PUT /rest/api/2/issue/MAIL-88/comment/1"),
        ("github", True, "PATCH /api/v3/repos/relay/mail/issues/comments/1"),
    ],
)
def test_a_comment_of_ours_is_rewritten_where_that_can_be_done(kind, rewrites, called, door_to, system: Recorded):
    door = door_to(kind)
    ticket = door.find(NUMBERS[kind])

    assert door.rewrite(ticket.id, "1", text="At one, not at noon.", key=KEY) is rewrites

    if rewrites:
        assert system.said(called)["body"] == f"At one, not at noon.\n\n{mark_of(KEY)}"
        # Somebody deleted it over there; the ticket is there all the same.
        assert door.rewrite(ticket.id, "2", text="Any", key=KEY) is False


@pytest.mark.parametrize("kind", KINDS)
def test_only_public_replies_of_support_come_back(kind, door_to):
    door = door_to(kind)
    ticket = door.find(NUMBERS[kind])

    replies = door.comments_since(ticket.id, "")

    assert [(reply.id, reply.at.year) for reply in replies] == [("4", 2026)]
    assert "Renew them." in replies[0].text
    assert door.comments_since(ticket.id, "4") == []


def test_of_a_private_repository_nothing_comes_back(door_to, system: Recorded):
    door = door_to("github")
    system.answers["GET /api/v3/repos/relay/mail"] = {"private": True}

    assert door.comments_since("88", "") == []


@pytest.mark.parametrize(
    ("kind", "as_it_is", "progress"),
    [
        ("zammad", {"state": "pending reminder"}, Progress.WAITING),
        ("zammad", {"state": "closed"}, Progress.SOLVED),
        ("zendesk", {"status": "pending"}, Progress.WAITING),
        ("zendesk", {"status": "solved"}, Progress.SOLVED),
        ("jira", {"status": "Waiting for customer"}, Progress.WAITING),
        ("jira", {"status": "Done", "category": "done"}, Progress.SOLVED),
        ("github", {"state": "closed"}, Progress.SOLVED),
        ("github", {"state": "open"}, Progress.OPEN),
    ],
)
def test_how_far_a_ticket_is(kind, as_it_is, progress, door_to):
    door = door_to(kind, **as_it_is)

    assert door.find(NUMBERS[kind]).progress == progress


@pytest.mark.parametrize(
    ("kind", "told"), [("zammad", "closed"), ("zendesk", "solved"), ("jira", "31"), ("github", "closed")]
)
def test_closing_says_so_over_there(kind, told, door_to, system: Recorded):
    door = door_to(kind)

    door.close(door.find(NUMBERS[kind]).id)

    assert told in str([said for called, said in system.asked if called.split()[0] in ("POST", "PUT", "PATCH")])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fails", "trouble"),
    [
        ((404, b"{}"), TicketGone),
        ((401, b'{"error": "no"}'), TicketRefused),
        ((422, b'{"error": "no"}'), TicketRefused),
        ((503, b"{}"), Unavailable),
        ((200, b"<html>A proxy says hello.</html>"), Unavailable),
    ],
)
def test_troubles_are_told_apart(kind, fails, trouble, door_to, system: Recorded):
    door = door_to(kind)
    ticket = door.find(NUMBERS[kind])
    system.fails = fails

    with pytest.raises(trouble):
        door.look(ticket.id)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_at_the_address_is_a_silence(kind, door_to):
    from django.utils.module_loading import import_string

    door_to(kind)
    place = Place(kind, kind, "http://127.0.0.1:9", QUEUES[kind], "forum@relay.example" if kind != "jira" else "", "s")

    with pytest.raises(Unavailable):
        import_string(DOORS[SystemKind(kind)])(place).look(NUMBERS[kind].removeprefix("200"))


def test_zammad_is_asked_for_the_names_of_its_states(door_to, system: Recorded):
    door_to("zammad").look("88")

    # Without this it answers with the numbers of states, and no ticket would ever be solved.
    assert ("GET /api/v1/tickets/88", "expand=true") in system.asked
