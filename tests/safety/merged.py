"""A question merged into another, a batch of one thread, and the presses about both."""

from types import SimpleNamespace

from community.moderation.actions import begin_batch, continue_batch, merge_thread
from community.people.models import Member
from community.spaces.models import Space
from tests import make
from tests.safety.press import Press


def set_merged(*, by: Member, asker: Member, space: Space) -> SimpleNamespace:
    first, again = make.thread(by=asker, space=space), make.thread(by=asker, space=space, title="Asked again")
    batch = begin_batch(by=by, threads=[make.thread(by=asker, space=space).pk], act="lock", because="So.")
    continue_batch(batch.pk)
    return SimpleNamespace(first=first, again=merge_thread(by=by, thread=again, into=first), batch=batch)


def again(stage):
    return [stage.merged.again.pk]


MERGING = [
    Press("threads:different", "asker", again, {}, frozenset({"because"})),
    Press("threads:helps", "asker", again, {"works": "yes"}),
    Press("moderation:act", "moderator", lambda stage: [*again(stage), "unmerge"], {"because": "So."}),
    Press(
        "moderation:choose",
        "moderator",
        lambda stage: [],
        {"thread": lambda stage: stage.merged.first.pk, "act": "lock", "because": "So."},
        frozenset({"all", "space", "into", "tag"}),
    ),
    Press("moderation:undo", "moderator", lambda stage: [stage.merged.batch.pk]),
]
