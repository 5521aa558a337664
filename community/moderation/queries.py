from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Coalesce

from community.people.policies import answers_officially, curates
from community.spaces.models import Space

# All that stands beside a thing that is flagged: whose it is, and where.
OF_WHAT_IS_FLAGGED = (
    *("post__thread__space", "post__author", "thread__space", "thread__author", "member"),
    *("attachment__uploader", "attachment__post__thread__space"),
)


class FlagQuerySet(models.QuerySet):
    def visible_to(self, curator: Any) -> Self:
        """What is between an organisation and support, support decides about."""
        if answers_officially(curator):
            return self
        of_organisations = models.Q(pk=None)
        for thread in ("post__thread", "thread", "attachment__post__thread"):
            of_organisations |= models.Q(**{f"{thread}__audience": "organisation"})
        return self.exclude(of_organisations)

    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def decided(self) -> Self:
        return self.exclude(decided_at=None)

    def most_severe_first(self) -> Self:
        """Severity before age: a flag for private data or abuse does not wait behind older, lesser ones."""
        return self.order_by("-severity", "created_at", "pk")

    def with_records(self) -> Self:
        """What became of the earlier flags of whoever raised it, and whether its target has flagged them, too."""
        return self.select_related("flagger").annotate(
            about=Coalesce("post__author", "thread__author", "attachment__uploader", "member"),
            upheld_before=self.counted_of_flagger("upheld"),
            declined_before=self.counted_of_flagger("declined"),
            is_in_dispute=models.Exists(self.of_the_other_way_round()),
        )

    def of_the_other_way_round(self) -> "FlagQuerySet":
        # Each by itself and not by what comes first of them: so those of one member are looked at, and not all.
        about_flagger = models.Q(pk=None)
        for person in ("post__author", "thread__author", "attachment__uploader", "member"):
            about_flagger |= models.Q(**{person: models.OuterRef("flagger")})
        flags = apps.get_model("moderation", "Flag").objects.waiting()
        return flags.filter(about_flagger, flagger=models.OuterRef("about"))

    def counted_of_flagger(self, outcome: str) -> Coalesce:
        flags = apps.get_model("moderation", "Flag").objects
        of_flagger = flags.filter(flagger=models.OuterRef("flagger"), outcome=outcome).order_by()
        counted = of_flagger.values("flagger").annotate(n=models.Count("pk")).values("n")
        return Coalesce(models.Subquery(counted), 0)

    def for_queue(self) -> Self:
        return (
            self.with_what_is_flagged().select_related("case", "flagger", "decided_by").fetch_mode(models.FETCH_RAISE)
        )

    def with_what_is_flagged(self) -> Self:
        return self.select_related(*OF_WHAT_IS_FLAGGED)


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

    def in_open_places(self) -> Self:
        """About threads, where every visitor comes or came before they were hidden, and about no note of the team."""
        spaces = Space.objects.visible_to(AnonymousUser())
        there = self.filter(thread__audience="everyone", thread__space__in=spaces)
        # A post may stand in another thread by now than the one in which it was decided about.
        of_post = models.Q(post__thread__audience="everyone", post__thread__space__in=spaces)
        return there.filter(models.Q(post=None) | of_post).exclude(post__kind="note")


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


class TrustChangeQuerySet(models.QuerySet):
    def holding(self) -> Self:
        """Those that rules do not change."""
        return self.filter(is_held=True, released_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


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


class CaseQuerySet(models.QuerySet):
    def visible_to(self, curator: Any) -> Self:
        """What is between an organisation and support, support decides about."""
        return self if answers_officially(curator) else self.filter(for_support=False)

    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def apart_from_waves(self) -> Self:
        """Without what is decided about in one step, as long as nobody has said that it is no wave."""
        held = apps.get_model("moderation", "Held").objects.filter(wave__state="waiting")
        return self.exclude(held__in=held)

    def decided(self) -> Self:
        return self.exclude(decided_at=None)

    def free_for(self, curator: Any, at: datetime) -> Self:
        """What nobody else has claimed at this moment."""
        return self.exclude(~models.Q(claimed_by=curator), claimed_by__isnull=False, claimed_until__gt=at)

    def most_severe_first(self) -> Self:
        return self.order_by("-severity", "since", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-decided_at", "-pk")

    def for_queue(self) -> Self:
        """What a line of the queue is about; its people and places are added in `lines_of`, for a page at once.

        Joined here as well, they took PostgreSQL longer to plan than all of the page to make.
        """
        flags = apps.get_model("moderation", "Flag").objects.with_records().most_severe_first()
        things = (
            "post__thread",
            "thread",
            "attachment__post__thread",
            "appeal__sanction",
            "held__thread",
            "held__post",
        )
        return (
            self.select_related(*things, "wave", "space")
            .prefetch_related(models.Prefetch("flags", flags))
            .fetch_mode(models.FETCH_RAISE)
        )
