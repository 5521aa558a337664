"""The presses of somebody who is told something."""

from community.inbox.mailing import signer
from tests.safety.press import Press

WAYS_OF_MAIL = dict.fromkeys(("mine", "named", "followed", "organisation", "standing"), "here")


def nowhere(_stage):
    return []


def request(stage):
    return [stage.request.pk]


def the_reader(stage):
    return stage.readers_seat.member_id


# Whoever is copied in is told; the reader is it on the request that has ended.
COPYING_IN = [
    Press("requests:copy_in", "asker", request, {"member": the_reader}),
    Press("requests:take_out", "asker", lambda stage: [stage.ended.pk], {"member": the_reader}),
]
IN_THE_INBOX = [
    *COPYING_IN,
    Press("inbox:read", "asker", lambda stage: [stage.notice.pk], {}, frozenset({"open"})),
    Press("inbox:read_all", "asker", nowhere),
    Press("inbox:mail", "asker", nowhere, WAYS_OF_MAIL),
    Press("inbox:stop_mail", "asker", lambda stage: [signer.sign_object([stage.notice.member_id, "mine"])]),
]
