"""The customer companies of the demo, with what has happened to their seats."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from community import clock
from community.organisations.actions import add_agreement, end_seat, found_organisation, give_seat, invite
from community.organisations.models import Domain, Invitation, Organisation, Plan
from community.people.models import Member
from community.threads.files import examine

from .script import read_age

ORGANISATIONS = Path(__file__).with_name("organisations.toml")


def build_organisations(people: dict[str, Member], loaded_at: datetime) -> None:
    """Through the doorways, each at its time; the invitations count as mailed, since their addresses are invented."""
    written = tomllib.loads(ORGANISATIONS.read_text(encoding="utf-8"))
    for name, seats in written["plans"].items():
        Plan.objects.get_or_create(name=name, defaults={"caller_seats": seats})
    for facts in written["organisations"]:
        build_organisation(facts, people, loaded_at)


def build_organisation(facts: dict, people: dict[str, Member], loaded_at: datetime) -> Organisation:
    keeper, today = people["keeper"], loaded_at.date()
    clock.set_to(loaded_at - timedelta(days=facts["began"]))
    organisation = found_organisation(
        by=keeper,
        name=facts["name"],
        slug=facts["slug"],
        plan=Plan.objects.get(name=facts["plan"]),
        subscription_code=facts["subscription_code"],
        starts_on=today - timedelta(days=facts["began"]),
        expires_on=today + timedelta(days=facts["lasts"]),
        account_manager=people[facts["account_manager"]],
        deputy=people.get(facts.get("deputy", "")),
        welcome=facts.get("welcome", "").strip(),
    )
    Domain.objects.bulk_create(Domain(organisation=organisation, name=name) for name in facts["domains"])
    manager = organisation.account_manager
    for row in facts["seats"]:
        clock.set_to(loaded_at - read_age(row["given"]))
        manages = row.get("manages", False)
        seat = give_seat(
            by=manager, organisation=organisation, member=people[row["who"]], kind=row["kind"], manages=manages
        )
        if "ended" in row:
            clock.set_to(loaded_at - read_age(row["ended"]))
            end_seat(by=manager, seat=seat)
    for row in facts.get("agreements", []):
        clock.set_to(loaded_at - read_age(row["given"]))
        seen = examine(f"# {row['title']}\n\n{row['said']}\n".encode(), row["file"])
        add_agreement(
            by=manager,
            organisation=organisation,
            title=row["title"],
            data=seen.data,
            name=seen.name,
            content_type=seen.content_type,
        )
    clock.set_to(loaded_at - timedelta(days=1))
    for row in facts["offers"]:
        invite(by=manager, organisation=organisation, email=row["email"], kind=row["kind"])
    Invitation.objects.filter(organisation=organisation, mailed_at=None).update(mailed_at=clock.now())
    return organisation
