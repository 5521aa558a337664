"""The people of the demo: those who write, and a crowd that has the same problems."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.people.actions import mute
from community.people.models import Member, Role

from .script import read_age

HERE = Path(__file__).parent
# Known to everybody who reads this line; the demo's sign-in door is closed in production.
PASSWORD = "relay-demo"  # noqa: S105
# Who can sign in, as what, in the order in which they are offered.
DOORS = {
    "fenwick-it": "customer",
    "fenwick-dispatch": "her colleague with secondary access",
    "harbour-dental": "second customer",
    "tallow": "peer",
    "osier": "moderator",
    "desk-2": "support agent",
    "halla": "account manager",
    "keeper": "administrator",
}


def build_people(loaded_at: datetime) -> dict[str, Member]:
    """Everybody by handle. Only those who can sign in have a password, the same for all."""
    written = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))
    password = make_password(PASSWORD)
    people = [person(handle, facts, loaded_at, password) for handle, facts in written.items()]
    Member.objects.bulk_create(people + crowd(loaded_at))
    everybody = {member.handle: member for member in Member.objects.filter(handle__in=[*written, *crowd_handles()])}
    EmailAddress.objects.bulk_create(
        EmailAddress(user=everybody[handle], email=facts["email"], primary=True, verified=True)
        for handle, facts in written.items()
    )
    mute(by=everybody["tallow"], member=everybody["brightseats"], blocks=True)
    return everybody


def person(handle: str, facts: dict, loaded_at: datetime, password: str) -> Member:
    is_keeper = facts["role"] == Role.ADMINISTRATOR
    return Member(
        handle=handle,
        name=facts["name"],
        email=facts["email"],
        role=facts["role"],
        trust=facts["trust"],
        helped_count=facts.get("helped", 0),
        helped_before=facts.get("helped", 0),
        bio=facts["bio"],
        website=facts.get("website", ""),
        time_zone=facts["time_zone"],
        language=facts.get("language", ""),
        joined_at=loaded_at - read_age(facts["joined"]),
        is_staff=is_keeper,
        is_superuser=is_keeper,
        password=password if handle in DOORS else make_password(None),
    )


def crowd(loaded_at: datetime) -> list[Member]:
    chance = Random("crowd")  # noqa: S311 - the same crowd each time, nothing secret
    return [
        Member(
            handle=handle,
            name=name,
            joined_at=loaded_at - timedelta(days=chance.randint(20, 900)),
            password=make_password(None),
        )
        for handle, name in crowd_names()
    ]


def crowd_names() -> list[tuple[str, str]]:
    rows = tomllib.loads((HERE / "crowd.toml").read_text(encoding="utf-8"))["people"]
    return [(handle, name) for handle, name in (row.split(" | ") for row in rows)]


def crowd_handles() -> list[str]:
    return [handle for handle, _name in crowd_names()]
