from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from community.people.policies import answers_officially, is_team

from .conditions import (
    BY_PIN,
    BY_TURN,
    LISTED,
    UNANSWERED,
    WAITING_FOR_TEAM,
    in_open_space,
    is_followed_by,
    is_unread_by,
    read_marks,
    rows_of,
    seated,
    seats_of,
    waits_for,
)


class ThreadQuerySet(models.QuerySet):
    model: Any

    # Who sees

    def visible_to(self, reader: Any) -> Self:
        """The first word of every way in: page, socket, search, feed, sitemap.

        The team reads everything but deleted threads and what is between an organisation and support; an asker still
        reads a thread of his that was hidden.
        """
        threads = self.filter(deleted_at=None)
        if answers_officially(reader):
            return threads
        if not reader.is_authenticated:
            return threads.filter(in_open_space(reader), audience="everyone", hidden_at=None)
        ours = Q(audience="organisation", organisation__in=seated(reader))
        if is_team(reader):
            return threads.filter(~Q(audience="organisation") | ours & Q(hidden_at=None))
        mine = Q(author=reader)
        named = Q(pk__in=self.model.named.through.objects.filter(member_id=reader.pk).values("thread_id"))
        return threads.filter(
            Q(audience="everyone") & in_open_space(reader) | Q(audience="named") & (mine | named) | ours,
            Q(hidden_at=None) | mine,
        )

    def removed(self) -> Self:
        """Threads that were hidden or deleted: gone for those who could have read them."""
        return self.filter(~Q(hidden_at=None) | ~Q(deleted_at=None))

    def once_visible_to(self, reader: Any) -> Self:
        """What the reader could read if it had not been removed; used to answer 410 instead of 404."""
        return self.filter(in_open_space(reader), audience="everyone")

    def open_to_all(self) -> Self:
        """What every visitor may read: feeds, sitemap, the cache at the door."""
        return self.visible_to(AnonymousUser())

    def shown_in_lists(self) -> Self:
        """Hidden threads are found by those who decide about them, merged ones by the one they lead to."""
        return self.filter(LISTED)

    def standing(self) -> Self:
        """Neither hidden nor deleted: what is owed in a merged one is owed on."""
        return self.filter(hidden_at=None, deleted_at=None)

    def read_in(self, thread: Any) -> Self:
        """The questions merged into a thread whose words everybody who reads it may read."""
        here = Q(space=thread.space_id) | in_open_space(AnonymousUser())
        return self.filter(here, merged_into=thread, audience="everyone").standing()

    # Which

    def unanswered(self) -> Self:
        return self.filter(UNANSWERED)

    def in_state(self, state: str) -> Self:
        return self.filter(state=state)

    def waiting_for(self, member: Any) -> Self:
        return self.filter(waits_for(member))

    def by(self, member: Any) -> Self:
        return self.filter(author=member)

    def followed_by(self, member: Any) -> Self:
        return self.filter(is_followed_by(member))

    def unread_by(self, member: Any) -> Self:
        return self.filter(is_unread_by(member))

    def in_space(self, space: Any) -> Self:
        """In the space or in one under it."""
        return self.filter(Q(space=space) | Q(space__parent=space))

    def tagged(self, tag: Any) -> Self:
        return self.filter(Exists(self.model.tags.through.objects.filter(thread=OuterRef("pk"), tag=tag)))

    def open_by_space(self) -> dict[int, int]:
        """How many threads of each space wait for somebody: {space id: count}."""
        waiting = self.filter(state__in=(*WAITING_FOR_TEAM, "waiting_asker")).order_by()
        return dict(waiting.values_list("space").annotate(models.Count("pk")))

    def open_in_top_spaces(self) -> models.QuerySet:
        """The same in pairs, for the spaces of the first level, those under them counted with them."""
        waiting = self.filter(state__in=(*WAITING_FOR_TEAM, "waiting_asker")).order_by()
        top = models.functions.Coalesce("space__parent", "space")
        return waiting.annotate(top=top).values_list("top").annotate(models.Count("pk"))

    # In what order, with what

    def newest_first(self) -> Self:
        return self.order_by("-last_post_at", "-pk")

    def pinned_then_newest(self) -> Self:
        return self.order_by(BY_PIN, "-last_post_at", "-pk")

    def longest_waiting_first(self) -> Self:
        """What waits for us, then what waits for the asker, each from the longest wait; behind them what has ended."""
        return self.order_by(BY_TURN, "state_since", "pk")

    def for_listing(self) -> Self:
        """Rows of a list. Sealed: anything more fetched in a loop raises."""
        return (
            self.select_related(
                "space", "product", "version", "platform", "author", "last_poster", "confirmed_on", "organisation"
            )
            .defer("closed_because", "hidden_because", "deleted_because", "locked_because")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_page(self) -> Self:
        """With everything its page says of the thread itself."""
        return (
            self.with_first_reply()
            .select_related(
                "space__parent",
                "organisation",
                "author",
                "product",
                "version",
                "platform",
                "confirmed_on",
                "merged_into__space__parent",
                "best__author",
                "workaround__author",
                "outlook__promise_by",
            )
            .prefetch_related("tags")
        )

    def with_first_reply(self) -> Self:
        """Adds `first_reply_at`: when somebody else than the asker had the first word."""
        replies = rows_of("Post").filter(thread=OuterRef("pk")).standing().replies()
        first = replies.exclude(author=OuterRef("author")).order_by("number").values("created_at")[:1]
        return self.annotate(first_reply_at=models.Subquery(first))

    def with_question(self) -> Self:
        """Adds `first_html`: what the question says, rendered."""
        question = rows_of("Post").filter(thread=OuterRef("pk"), number=1)
        return self.annotate(first_html=models.Subquery(question.values("html")[:1]))

    def with_reading_of(self, member: Any) -> Self:
        """Adds `read_to`, the last number the member has read (None: never opened), and `is_unread`."""
        mark = read_marks(member).values("number")[:1]
        unread = models.ExpressionWrapper(is_unread_by(member), output_field=models.BooleanField())
        return self.annotate(read_to=models.Subquery(mark), is_unread=unread)

    def with_new_count_of(self, member: Any) -> Self:
        """After `with_reading_of`: adds `new_count`, the posts of others behind the last one the member has read."""
        unread = rows_of("Post").filter(thread=OuterRef("pk"), number__gt=Coalesce(OuterRef("read_to"), 0)).standing()
        of_others = unread.exclude(author=member).order_by().values("thread").annotate(n=models.Count("pk")).values("n")
        return self.annotate(new_count=Coalesce(models.Subquery(of_others), 0))

    def with_standing_of(self, member: Any) -> Self:
        """Adds what ties the member to the thread: `read_to` and `read_at` (None before the first visit),
        `is_following`, `has_it_too`, and `new_count`: posts of others behind the last one read.
        """
        mine = {"member": member, "thread": OuterRef("pk")}
        unread = rows_of("Post").filter(thread=OuterRef("pk"), number__gt=OuterRef("read_to")).standing()
        of_others = unread.exclude(author=member).order_by().values("thread").annotate(n=models.Count("pk")).values("n")
        return self.annotate(read_to=models.Subquery(read_marks(member).values("number")[:1])).annotate(
            read_at=models.Subquery(read_marks(member).values("at")[:1]),
            new_count=Coalesce(models.Subquery(of_others), 0),
            is_following=Exists(rows_of("Follow").filter(**mine)),
            has_it_too=Exists(rows_of("MeToo").filter(**mine)),
            seat_kind=models.Subquery(
                seats_of(member).filter(organisation=OuterRef("organisation_id")).values("kind")[:1]
            ),
        )
