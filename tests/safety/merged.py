"""A question merged into another, and the presses of its asker."""

from types import SimpleNamespace

from community.moderation.actions import merge_thread
from community.people.models import Member
from community.spaces.models import Space
from tests import make
from tests.safety.press import Press


def set_merged(*, by: Member, asker: Member, space: Space) -> SimpleNamespace:
    first, again = make.thread(by=asker, space=space), make.thread(by=asker, space=space, title="Asked again")
    return SimpleNamespace(first=first, again=merge_thread(by=by, thread=again, into=first))


def again(stage):
    return [stage.merged.again.pk]


MERGING = [
    Press("threads:different", "asker", again, {}, frozenset({"because"})),
    Press("threads:helps", "asker", again, {"works": "yes"}),
    Press("moderation:act", "moderator", lambda stage: [*again(stage), "unmerge"], {"because": "So."}),
]
