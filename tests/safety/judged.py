"""Two warnings, one with an appeal, and the presses by which people are decided about."""

from types import SimpleNamespace

from community.moderation.actions import appeal_sanction, sanction_member
from community.moderation.models import AGAINST, LIMITED, NEEDED, Held, HeldAccount, TrustChange, WatchedWord, Wave
from community.people.models import Member
from community.threads.models import Attachment, Thread
from tests.safety.press import Press


def set_judgements(*, by: Member, about: Member) -> SimpleNamespace:
    warned, appealed = (sanction_member(by=by, member=about, kind="warning", because="Be kind.") for _ in range(2))
    return SimpleNamespace(
        warned=warned, appeal=appeal_sanction(by=about, sanction=appealed, words="It was a quotation.")
    )


def hold_three(*, by: Member, thread: Thread) -> list[Held]:
    """Replies that wait for a moderator."""
    about = {"by": by, "what": "reply", "space_id": thread.space_id, "thread": thread, "at": thread.created_at}
    return [Held.objects.create(body=f"Reply {number}.", reasons=[["spam", ""]], **about) for number in range(3)]


def held(place: int):
    return lambda stage: [stage.held[place].pk]


def word(stage):
    return [WatchedWord.objects.get_or_create(pattern="casino")[0].pk]


def wave(stage):
    at = stage.thread.created_at
    return [Wave.objects.get_or_create(signature="link:x", defaults={"began_at": at, "last_at": at})[0].pk]


def account(stage):
    about = {"member": stage.people.peer, "defaults": {"at": stage.thread.created_at}}
    return [HeldAccount.objects.get_or_create(**about)[0].pk]


def the_peer(stage):
    return ["peer"]


def taken_file(stage):
    Attachment.objects.filter(pk=stage.shown_file.pk).update(hidden_at=stage.thread.created_at, hidden_because="So.")
    return [stage.shown_file.key]


def with_trust_held(stage):
    about = {"before": 0, "after": 0, "because": "So.", "at": stage.thread.created_at}
    TrustChange.objects.get_or_create(member=stage.people.peer, is_held=True, defaults=about)
    return ["peer"]


WORDS = frozenset({"words"})
JUDGING = [
    Press("people:set_role", "keeper", lambda stage: ["peer"], {"role": "moderator"}),
    Press("people:deactivate", "moderator", lambda stage: ["peer"], {"because": "So."}),
    Press("people:reactivate", "moderator", lambda stage: ["gone"], {"because": "So."}),
    Press(
        "moderation:act",
        "moderator",
        lambda stage: [stage.thread.pk, "move_posts"],
        {"posts": "5", "into": lambda stage: stage.locked.pk, "because": "So."},
    ),
    Press(
        "moderation:sanction_member",
        "moderator",
        the_peer,
        {"kind": "silence", "length": "day", "because": "So."},
        frozenset({"until", "zone"}),
    ),
    Press("moderation:set_trust", "moderator", the_peer, {"trust": "2", "because": "So."}, frozenset({"is_held"})),
    Press("moderation:release_trust", "moderator", with_trust_held, {"because": "So."}),
    Press("moderation:note", "moderator", the_peer, {"words": "Was warned elsewhere."}),
    Press("moderation:end_sanction", "moderator", lambda stage: [stage.judged.warned.pk], {"because": "So."}),
    Press("moderation:sanction", "peer", lambda stage: [stage.judged.warned.pk], {"words": "Why?"}),
    Press("moderation:held", "peer", held(0), {"body": "Better."}),
    Press("moderation:withdraw_held", "peer", held(1)),
    Press(
        "moderation:decide_held",
        "moderator",
        held(2),
        {"body": "Better.", "approve": "1"},
        frozenset({"because"}),
    ),
    Press(
        "moderation:word_add",
        "keeper",
        lambda stage: [],
        {"pattern": "badword", "act": "hold"},
        frozenset({"note", "spaces", "is_on", "do"}),
    ),
    Press(
        "moderation:word_change",
        "keeper",
        word,
        {"pattern": "casino*", "act": "mask"},
        frozenset({"note", "spaces", "is_on", "do"}),
    ),
    Press("moderation:word_drop", "keeper", word),
    Press("moderation:wave", "moderator", wave, {"because": "So.", "do": "dismiss"}, frozenset({"in_queue"})),
    Press("moderation:free_account", "moderator", account, {"because": "So."}),
    Press(
        "moderation:rule",
        "keeper",
        lambda stage: ["everywhere"],
        {"first_posts": "1", "below_trust": "0"},
        frozenset({"is_on", "everything", "most_links", "languages", "links_in_edits", "do"}),
    ),
    Press(
        "moderation:trust",
        "keeper",
        lambda stage: [],
        {"do": "limits", "level0-links": "2"},
        frozenset(f"level{level}-{name}" for level in range(4) for name in LIMITED)
        | frozenset(f"rule{level}-{name}" for level in (1, 2, 3) for name in (*NEEDED, *AGAINST)),
    ),
    Press(
        "moderation:decide",
        "moderator",
        lambda stage: [stage.flag.pk],
        {"uphold": "1", "because": "So."},
        # What becomes of a thread that was flagged: another place.
        frozenset({"space"}),
    ),
    Press("moderation:flag_thread", "peer", lambda stage: [stage.thread.pk], {"reason": "place"}, WORDS),
    Press("moderation:flag_profile", "asker", the_peer, {"reason": "spam"}, WORDS),
    Press("moderation:flag_file", "asker", lambda stage: [stage.shown_file.key], {"reason": "private"}, WORDS),
    Press("moderation:take_file_away", "moderator", lambda stage: [stage.shown_file.key], {"because": "So."}),
    Press("moderation:give_file_back", "moderator", taken_file, {"because": "So."}),
    Press("moderation:appeal", "peer", lambda stage: [stage.judged.warned.token], {"words": "Why?"}),
    Press(
        "moderation:decide_appeal",
        "keeper",
        lambda stage: [stage.judged.appeal.pk],
        {"outcome": "lifted", "because": "So."},
    ),
]
