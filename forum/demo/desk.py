"""Who of the demo's support has what in hand."""

from datetime import timedelta

from community import clock
from community.desk.actions import assign_thread, claim_thread, open_aside, snooze_thread, take_thread
from community.desk.models import Team
from community.people.models import Member
from community.threads.models import Thread

TEAMS = {"Mail team": ("desk-2", "desk-5"), "Devices team": ("desk-2", "desk-7")}


def build_desk(people: dict[str, Member]) -> None:
    teams = {}
    for name, handles in TEAMS.items():
        teams[name], _new = Team.objects.get_or_create(name=name)
        teams[name].members.add(*(people[handle] for handle in handles))
    take_thread(by=people["desk-2"], thread=beginning("calendar-invitations"))
    assign_thread(by=people["desk-5"], thread=beginning("device-shows"), team=teams["Devices team"])
    claim_thread(by=people["desk-5"], thread=beginning("unsigned-mail"))
    open_aside(
        by=people["desk-5"],
        thread=beginning("unsigned-mail"),
        body="Which serial number does the gate show? Here only you and we read it.",
    )
    snooze_thread(
        by=people["desk-7"],
        thread=beginning("renewal-reminder"),
        until=clock.now() + timedelta(days=3),
        because="Whoever keeps the addresses there is back on Monday.",
    )


def beginning(slug: str) -> Thread:
    return Thread.objects.get(slug__startswith=slug)
