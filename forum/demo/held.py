"""Which words the demo's moderators look at, and what waits for them because of it."""

from datetime import datetime, timedelta

from community import clock
from community.moderation.actions import decline_held, watch_word
from community.moderation.models import Held
from community.people.models import Member
from community.threads.actions import post_reply
from community.threads.gate import HeldBack
from community.threads.models import Thread

WATCHED = (
    ("half the price", "hold", ""),
    ("relay-mirror.example", "hold", ""),
    ("casino*", "hold", ""),
    ("relay-crack.example", "refuse", "We do not link to it: what is there opens the mail of others."),
    ("serial number", "warn", "Everybody reads this. Support asks for it in private."),
)
# Who, where, how long ago, and what; the first has been declined by now.
HELD = (
    ("harbour-dental", "renewal-reminder", 20, "A shop offers seats for half the price. I would take nine of them."),
    (
        "harbour-dental",
        "two-new-phones",
        2,
        "I found the older app at https://relay-mirror.example/app and it takes the keys. Is it safe to leave it on?",
    ),
    ("fenwick-it", "push-mail-stops", 1, "The notes of 7.2 at https://relay-mirror.example/notes/7.2 say the same."),
)


def build_held(people: dict[str, Member], loaded_at: datetime) -> None:
    for pattern, act, note in WATCHED:
        watch_word(by=people["keeper"], pattern=pattern, act=act, note=note)
    for handle, begins, hours, body in HELD:
        clock.set_to(loaded_at - timedelta(hours=hours))
        try:
            post_reply(by=people[handle], thread=Thread.objects.get(slug__startswith=begins), body=body)
        except HeldBack:
            continue
    clock.set_to(loaded_at - timedelta(hours=19))
    about = "Seats cannot be passed on. Ask support for seats of your own."
    first = Held.objects.waiting().oldest_first()[0]
    decline_held(by=people["osier"], held=first, because=about)
