from typing import Any, Self

from django.db import models
from django.db.models import Case, Value, When

from community.threads.models import State, Thread

# The most severe first.
SEVERITIES = ("critical", "high", "medium", "low")


class ServiceRequestQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Who may read the thread may read the request."""
        return self.filter(thread__in=Thread.objects.visible_to(reader))

    def most_severe_first(self) -> Self:
        """What is open before what has ended; severity before age."""
        whens = [When(severity=severity, then=Value(place)) for place, severity in enumerate(SEVERITIES)]
        ended = Case(When(thread__state__in=(State.CLOSED, State.CONFIRMED), then=1), default=0)
        return self.order_by(ended, Case(*whens, default=len(SEVERITIES)), "thread__state_since", "pk")

    def for_listing(self) -> Self:
        """Rows of a list. Sealed: anything more fetched in a loop raises."""
        return self.select_related(
            "thread__organisation",
            "thread__space",
            "thread__version",
            "thread__platform",
            "thread__author",
            "thread__last_poster",
            "thread__confirmed_on",
        ).fetch_mode(models.FETCH_RAISE)

    def with_people(self) -> Self:
        """With those of us who look after the organisation."""
        return self.select_related("thread__organisation__account_manager", "thread__organisation__deputy")


class HandoverQuerySet(models.QuerySet):
    def waiting_for(self, member: Any) -> Self:
        return self.filter(caller=member, taken_at=None)

    def for_page(self) -> Self:
        return self.select_related("writer", "caller", "organisation").order_by("at", "pk")
