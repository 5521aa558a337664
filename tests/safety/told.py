"""The presses of somebody who is told something."""

from community.inbox.mailing import signer
from tests.safety.press import Press

WAYS_OF_MAIL = dict.fromkeys(("mine", "named", "followed", "organisation", "standing"), "here")


def nowhere(_stage):
    return []


IN_THE_INBOX = [
    Press("inbox:read", "asker", lambda stage: [stage.notice.pk], {}, frozenset({"open"})),
    Press("inbox:read_all", "asker", nowhere),
    Press("inbox:mail", "asker", nowhere, WAYS_OF_MAIL),
    Press("inbox:stop_mail", "asker", lambda stage: [signer.sign_object([stage.notice.member_id, "mine"])]),
]
