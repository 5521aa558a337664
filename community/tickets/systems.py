"""The ticket systems of this installation, each by its short name."""

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from community.people.models import Member
from community.policy import Invalid

from . import doors
from .models import OutsideSystem, SystemKind, TicketLink

# Entered only when somebody goes through: their libraries are large, and most installations need one of them.
DOORS = {
    SystemKind.RT: "community.tickets.doors.rt.RequestTracker",
    SystemKind.ZAMMAD: "community.tickets.doors.zammad.Zammad",
    SystemKind.ZENDESK: "community.tickets.doors.zendesk.Zendesk",
    SystemKind.JIRA: "community.tickets.doors.jira.Jira",
    SystemKind.GITHUB: "community.tickets.doors.github.GitHubIssues",
}


def offered() -> list[tuple[str, str]]:
    """What an agent may choose; where no system has been entered, the twin that keeps numbers."""
    systems = list(OutsideSystem.objects.filter(retired_at=None).order_by("name").values_list("slug", "name"))
    return systems or [(doors.CONSOLE.slug, doors.CONSOLE.name)]


def door_to(slug: str) -> doors.TicketSystem:
    """Raises Invalid("system", …) for a system this installation does not have."""
    if slug == doors.CONSOLE.slug:
        return doors.CONSOLE
    system = OutsideSystem.objects.filter(slug=slug, retired_at=None).first()
    if system is None:
        raise Invalid("system", _("Choose one of the ticket systems."))
    return door_of(system)


def door_of(system: OutsideSystem) -> doors.TicketSystem:
    return import_string(DOORS[SystemKind(system.kind)])(system.place)


def who_speaks(link: TicketLink) -> Member:
    """Under whose name an answer from the ticket appears."""
    system = OutsideSystem.objects.filter(slug=link.system).select_related("speaks_as").first()
    return system.speaks_as if system else link.linked_by
