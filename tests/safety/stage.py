"""One of everything that a form can be about, and the press of every button there is."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from community import clock
from community.desk.actions import add_ready_reply, claim_thread, snooze_thread
from community.inbox.actions import notify
from community.inbox.models import Notice
from community.moderation.actions import decline_flag, flag_thing, lock_thread
from community.moderation.models import Case
from community.organisations.actions import invite
from community.people.actions import deactivate
from community.people.models import Role
from community.requests.actions import close_request, copy_in, open_request
from community.threads.actions import accept_answer, delete_post, save_draft, save_filter
from community.tickets.actions import link_ticket
from community.tickets.models import Copy
from tests import make
from tests.safety.judged import JUDGING, hold_three, set_judgements
from tests.safety.keeping_apart import KEEPING_APART
from tests.safety.live_desk import AT_THE_LIVE_DESK, set_live_desk
from tests.safety.merged import MERGING, set_merged
from tests.safety.operating import OPERATING
from tests.safety.press import Press
from tests.safety.promised import NEEDED, PROMISING, set_promises
from tests.safety.told import IN_THE_INBOX

CHOICES = frozenset({"genre", "audience", "product", "version", "platform", "tags"})
PROFILE = {"name": "Ash", "bio": "", "website": "", "time_zone": "", "language": ""}


def set_stage() -> SimpleNamespace:
    asker, peer, gone = make.member("asker"), make.member("peer"), make.member("gone")
    moderator = make.member("moder", role=Role.MODERATOR)
    agent = make.member("agnes", role=Role.AGENT)
    keeper = make.member("keeper-of-all", role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    space = make.space("Gardens", slug="gardens")
    thread = make.thread(by=asker, space=space)
    answer = make.reply(thread, by=peer, kind="solution")
    accepted = make.reply(thread, by=peer, kind="solution", body="Do that.")
    accept_answer(by=agent, post=accepted)
    deleted = make.reply(thread, by=peer, body="Never mind.")
    delete_post(by=peer, post=deleted, because="Wrong.")
    hidden = make.reply(thread, by=peer, body="Buy this.")
    lock_thread(by=moderator, thread=(locked := make.thread(by=asker, space=space)), because="So.")
    claim_thread(by=agent, thread=locked)
    snooze_thread(by=agent, thread=locked, until=clock.now() + timedelta(days=1), because="So.")
    deactivate(by=keeper, member=gone, because="So.")
    save_draft(by=peer, thread=thread, body="Begun.")
    save_draft(by=peer, body="Begun.")
    company = make.organisation("Fenwick", account_manager=agent)
    make.seat(company, asker)
    make.seat(company, peer, kind="reader", manages=True)
    link = link_ticket(by=agent, thread=thread, system="console", number="R-1")
    Copy.objects.create(link=link, post=answer, direction="out", state="refused", created_at=clock.now())
    opened, ended = (
        open_request(by=asker, organisation=company, space=space, title="Stops", body="At night.") for _ in range(2)
    )
    close_request(by=asker, request=ended, because="Works again.")
    copy_in(by=asker, request=ended, member=peer)
    live = set_live_desk(by=keeper, agent=agent, company=company, space=space)
    save_draft(by=asker, organisation=company, body="Begun.")
    notify({asker.pk}, "replied", thread=thread, post=answer, actor_id=peer.pk)
    notice = Notice.objects.get(kind="replied", member=asker)
    return SimpleNamespace(
        judged=set_judgements(by=moderator, about=peer),
        merged=set_merged(by=moderator, asker=asker, space=space),
        held=hold_three(by=peer, thread=thread),
        promised=set_promises(asker=asker, agent=agent, space=space, request=opened),
        notice=notice,
        request=opened,
        ended=ended,
        company=company,
        live=live,
        callers_seat=company.seats.get(member=asker),
        readers_seat=company.seats.get(member=peer),
        offer=invite(by=agent, organisation=company, email="moder@example.com", kind="reader"),
        people=SimpleNamespace(
            asker=asker, peer=peer, moderator=moderator, agent=agent, keeper=keeper, gone=gone, second=live.second
        ),
        referee=make.member("wanda", role=Role.MODERATOR),
        space=space,
        elsewhere=make.space("Cellar", slug="cellar"),
        thread=thread,
        locked=locked,
        question=thread.posts.get(number=1),
        answer=answer,
        accepted=accepted,
        deleted=deleted,
        hidden=hidden,
        flag=flag_thing(by=asker, thing=answer, why="spam"),
        link=link,
        file=make.attachment(by=peer),
        shown_file=make.attachment(by=peer, post=answer),
        kept_list=save_filter(by=peer, name="Waiting", query="show=waiting_us"),
        ready=add_ready_reply(by=agent, name="Greeting", body="Hello {{ asker }}."),
    )


def thread(stage):
    return [stage.thread.pk]


def answer(stage):
    return [stage.answer.pk]


def ready(stage):
    return [stage.ready.pk]


def kept_list(stage):
    return [stage.kept_list.pk]


def just_declined(stage):
    # By somebody else, in the name of whoever takes it back: the moderator may be silenced by now.
    case = Case.objects.filter(pk=stage.flag.case_id)
    case.update(claimed_by=None, claimed_until=None)
    decline_flag(by=stage.referee, flag=stage.flag, because="It stands.")
    case.update(decided_by=stage.people.moderator)
    return [stage.flag.case_id]


def contradiction(stage):
    about = {"kind": "contradiction", "post": stage.answer, "since": stage.thread.created_at}
    return Case.objects.get_or_create(**about)[0].pk


def nowhere(stage):
    return []


def company(stage):
    return [stage.company.slug]


def request(stage):
    return [stage.request.pk]


def callers_seat(stage):
    return [stage.company.slug, stage.callers_seat.pk]


def act(name: str, on: Callable = thread, more=frozenset(), **sends) -> Press:
    return Press("moderation:act", "moderator", lambda stage: [*on(stage), name], sends, more)


def locked(stage):
    return [stage.locked.pk]


def at_desk(name: str, on: Callable = thread, more=frozenset({"next"}), **sends) -> Press:
    return Press("desk:act", "agent", lambda stage: [*on(stage), name], sends, more)


PRESSES = [
    *KEEPING_APART,
    *AT_THE_LIVE_DESK,
    *JUDGING,
    *MERGING,
    *PROMISING,
    *IN_THE_INBOX,
    *OPERATING,
    Press(
        "threads:ask",
        "peer",
        nowhere,
        {"space": lambda stage: stage.space.pk, "title": "Again", "body": "Why?", "token": "t1"},
        CHOICES | NEEDED | {"do"},
    ),
    Press("threads:reply", "peer", thread, {"body": "Mine.", "token": "t2"}, frozenset({"kind", "do"})),
    Press(
        "threads:edit",
        "peer",
        answer,
        {"body": "Other.", "seen_revision": "0"},
        frozenset({"kind", "because", "do"}),
    ),
    Press("threads:retitle", "asker", thread, {"title": "Truer"}, frozenset({"tags"})),
    Press("threads:delete", "peer", answer, {"because": "Wrong."}),
    Press("threads:restore", "peer", lambda stage: [stage.deleted.pk]),
    Press("threads:draft", "asker", thread, {"body": "Begun."}, frozenset({"kind", "token"})),
    Press("threads:draft_discard", "peer", thread),
    Press(
        "threads:draft_question",
        "asker",
        nowhere,
        {"title": "Begun", "body": "Begun."},
        CHOICES | NEEDED | {"space", "token"},
    ),
    Press("threads:draft_question_discard", "peer", nowhere),
    Press("threads:preview", "peer", nowhere, {"body": "Mine."}),
    Press("threads:upload", "peer", nowhere, {"file": lambda stage: SimpleUploadedFile("a.txt", b"four")}),
    Press("threads:attachment_remove", "peer", lambda stage: [stage.file.key]),
    Press("threads:accept", "asker", answer, {}, frozenset({"version", "platform"})),
    Press("threads:unaccept", "agent", lambda stage: [stage.accepted.pk]),
    Press("threads:confirm", "asker", answer, {"works": "yes"}, frozenset({"version", "platform"})),
    Press("threads:vote", "asker", answer, {}, frozenset({"on"})),
    Press("threads:bookmark", "asker", answer, {}, frozenset({"on"})),
    Press("threads:me_too", "peer", thread, {}, frozenset({"on", "version"})),
    Press("threads:follow", "agent", thread, {}, frozenset({"on"})),
    Press("threads:read", "agent", thread, {"number": "2"}),
    Press("moderation:flag", "asker", lambda stage: [stage.hidden.pk], {"reason": "spam"}, frozenset({"words"})),
    Press("moderation:claim_next", "moderator", nowhere),
    Press("moderation:claim", "moderator", lambda stage: [stage.flag.case_id], {}, frozenset({"let_go"})),
    Press(
        "moderation:decide_contradiction",
        "moderator",
        lambda stage: [contradiction(stage)],
        {"outcome": "kept", "because": "So."},
    ),
    Press("moderation:undo_decision", "moderator", just_declined),
    Press("moderation:hide_post", "moderator", lambda stage: [stage.hidden.pk], {"because": "So."}),
    Press("moderation:unhide_post", "moderator", lambda stage: [stage.hidden.pk], {"because": "So."}),
    act("lock", because="So."),
    act("unlock", locked),
    act("pin"),
    act("move", more=frozenset({"because"}), space=lambda stage: stage.elsewhere.pk),
    act("close", because="So."),
    act("merge", into=lambda stage: stage.locked.pk),
    act("hide", because="So."),
    act("slow", more=frozenset({"because"}), minutes="5"),
    act("plan", locked, frozenset({"because"}), act="unlock", at="2026-12-24T12:00"),
    act("split", posts="5", title="Apart", space=lambda stage: stage.elsewhere.pk, genre="question", because="So."),
    Press(
        "tickets:link",
        "agent",
        thread,
        {"system": "console", "number": "R-2"},
        frozenset({"url", "post"}),
    ),
    Press("tickets:make", "agent", thread, {"system": "console", "subject": "Keys", "text": "They expired."}),
    Press("tickets:unlink", "agent", lambda stage: [stage.link.pk]),
    Press("tickets:close", "agent", lambda stage: [stage.link.pk]),
    Press("tickets:send_again", "agent", lambda stage: [stage.link.pk]),
    Press("people:language", "peer", nowhere, {"language": "de"}, frozenset({"next"})),
    Press("threads:save_filter", "asker", nowhere, {"name": "Mine", "query": "show=mine"}),
    Press("threads:drop_filter", "peer", kept_list),
    at_desk("take"),
    at_desk("claim"),
    at_desk("release", locked),
    at_desk("wake", locked),
    at_desk("assign", more=frozenset({"note", "next"}), hand="nobody"),
    at_desk("snooze", more=frozenset({"next"}), hours="24", because="So."),
    Press("desk:aside", "agent", thread, {"body": "Which number?"}),
    Press("desk:reply_add", "agent", nowhere, {"name": "Thanks", "body": "Thank you."}),
    Press("desk:reply_change", "agent", ready, {"name": "Greeting", "body": "Good day."}),
    Press("desk:reply_drop", "agent", ready),
    Press(
        "organisations:people",
        "agent",
        company,
        {"email": "new@example.com", "kind": "caller"},
        frozenset({"manages"}),
    ),
    Press(
        "organisations:agreements",
        "agent",
        company,
        {"title": "Support", "file": lambda stage: SimpleUploadedFile("a.txt", b"four")},
    ),
    Press("organisations:second_factor", "agent", company, {"ask": "yes"}),
    Press("organisations:end_seat", "peer", callers_seat),
    Press("organisations:swap", "peer", callers_seat, {"reader": lambda stage: stage.readers_seat.pk}),
    Press("organisations:withdraw", "agent", lambda stage: [stage.company.slug, stage.offer.pk]),
    Press("organisations:invitation", "moderator", lambda stage: [stage.offer.token]),
    Press(
        "requests:new",
        "asker",
        company,
        {
            "space": lambda stage: stage.space.pk,
            "title": "Again",
            "body": "Why?",
            "severity": "high",
            "contact": "written",
            "token": "r1",
        },
        NEEDED | {"product", "version", "platform", "telephone", "do", "caller"},
    ),
    Press(
        "requests:draft",
        "asker",
        company,
        {"title": "Begun", "body": "Begun."},
        NEEDED | {"space", "product", "version", "platform", "severity", "contact", "telephone", "token"},
    ),
    Press("requests:draft_discard", "asker", company),
    Press("requests:close", "asker", request, {"because": "Ours."}),
    Press("requests:reopen", "asker", lambda stage: [stage.ended.pk]),
    Press("requests:severity", "asker", request, {"severity": "low"}),
    Press("people:settings", "peer", nowhere, PROFILE),
]
