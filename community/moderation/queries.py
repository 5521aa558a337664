from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models

from community.people.policies import answers_officially, curates


class FlagQuerySet(models.QuerySet):
    def visible_to(self, curator: Any) -> Self:
        """What is between an organisation and support, support decides about."""
        return self if answers_officially(curator) else self.exclude(post__thread__audience="organisation")

    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def decided(self) -> Self:
        return self.exclude(decided_at=None)

    def most_severe_first(self) -> Self:
        """Severity before age: a flag for private data or abuse does not wait behind older, lesser ones."""
        return self.order_by("-severity", "created_at", "pk")

    def in_cases(self) -> models.QuerySet:
        """The flags of a post that are decided together, as one row: post, decided_at, severity, since."""
        together = self.order_by().values("post", "decided_at")
        return together.annotate(worst=models.Max("severity"), since=models.Min("created_at"))

    def for_queue(self) -> Self:
        return self.select_related("post__thread__space", "post__author", "flagger", "decided_by").fetch_mode(
            models.FETCH_RAISE
        )


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, curator: Any) -> Self:
        """Those about an organisation's threads are for support, as the threads are."""
        if answers_officially(curator):
            return self
        return self.exclude(thread__audience="organisation").exclude(post__thread__audience="organisation")

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def for_log(self) -> Self:
        return self.select_related("thread", "post__thread", "member", "actor").fetch_mode(models.FETCH_RAISE)


class SanctionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def run_out(self, at: datetime) -> Self:
        """Those whose time has come and whose end nobody has written down yet."""
        return self.standing().filter(until__lte=at)

    def for_page(self) -> Self:
        """With who decided, and with the appeals and who decided those."""
        appeals = apps.get_model("moderation", "Appeal").objects.select_related("decided_by").order_by("at", "pk")
        people = self.select_related("member", "by", "ended_by")
        return people.prefetch_related(models.Prefetch("appeals", appeals)).order_by("-at", "-pk")


class AppealQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def longest_first(self) -> Self:
        return self.order_by("at", "pk")

    def for_queue(self) -> Self:
        return self.select_related("sanction__by", "member", "sanctioned_by").fetch_mode(models.FETCH_RAISE)


class HeldQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """For its author and for those who decide about it, by no way for anybody else."""
        if curates(reader):
            return self
        return self.filter(by=reader) if reader.is_authenticated else self.none()

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def oldest_first(self) -> Self:
        return self.order_by("at", "pk")

    def for_page(self) -> Self:
        return self.select_related("by", "space", "thread__space", "post", "posted", "decided_by")
