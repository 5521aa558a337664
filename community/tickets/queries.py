from datetime import datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .doors import CONSOLE


class TicketLinkQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(unlinked_at=None)

    def alive(self) -> Self:
        """Tied, and there on the other side as far as we know."""
        return self.standing().filter(gone_at=None)

    def with_memory(self) -> Self:
        """The ticket can be looked at: it exists, in a system that knows it tomorrow."""
        links = self.alive().exclude(remote_id="")
        return links if CONSOLE.remembers else links.exclude(system=CONSOLE.slug)

    def of_threads(self, threads: models.QuerySet) -> Self:
        return self.filter(thread__in=threads)

    def known_as(self, system: str, references: list[str]) -> Self:
        """By what the system itself calls the ticket, its id or its number."""
        return self.filter(Q(remote_id__in=references) | Q(number__in=references), system=system)

    def free(self, now: datetime) -> Self:
        """Nobody is speaking to the system about it."""
        return self.filter(Q(busy_until=None) | Q(busy_until__lte=now))

    def newest_first(self) -> Self:
        return self.order_by("-linked_at", "-pk")

    def longest_unlooked_first(self) -> Self:
        return self.order_by(models.F("checked_at").asc(nulls_first=True), "pk")

    def as_shown(self) -> Self:
        """With the name of the system, what has not been sent yet and what could not be, all in the one query."""
        systems = apps.get_model("tickets", "OutsideSystem").objects.filter(slug=OuterRef("system"))
        return self.annotate(
            system_called=Subquery(systems.values("name")[:1]),
            unsent_count=self._copies("waiting"),
            refused_count=self._copies("refused"),
        )

    def for_desk(self) -> Self:
        return (
            self.as_shown()
            .select_related("thread__space", "thread__author", "post", "linked_by")
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_troubles(self) -> Self:
        """Each with its `troubled` copies: what could not be sent or posted, and why."""
        copies = apps.get_model("tickets", "Copy").objects.troubled().order_by("pk")
        return self.prefetch_related(models.Prefetch("copies", copies, to_attr="troubled"))

    @staticmethod
    def _copies(state: str) -> Coalesce:
        copies = apps.get_model("tickets", "Copy").objects.filter(link=OuterRef("pk"), state=state).order_by()
        counted = copies.values("link").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)


class CopyQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(direction__in=("out", "say"), state="waiting")

    def troubled(self) -> Self:
        return self.filter(state__in=("waiting", "refused")).exclude(trouble="")

    def over_there(self) -> Self:
        """What stands in the ticket, or will; only words that stand there can be outdated by an edit."""
        return self.exclude(direction="say").exclude(edit=0, state__in=("refused", "dropped"))

    def words_about(self, post: models.Model) -> Self:
        """What was said of it over there, or is about to be; the latest last."""
        return self.filter(post=post, direction="say", state__in=("waiting", "done")).order_by("pk")

    def in_order(self) -> Self:
        return self.order_by("pk")

    def left_behind(self, before: datetime) -> Self:
        """Waiting so long that the task for it must have been lost."""
        return self.waiting().filter(created_at__lt=before)
