from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from community.people.policies import is_team
from community.spaces.models import Space

WAITING_FOR_TEAM = ("waiting_us", "workaround")


class ThreadQuerySet(models.QuerySet):
    model: Any

    # Who sees

    def visible_to(self, reader: Any) -> Self:
        """The first word of every way in: page, socket, search, feed, sitemap.

        The team reads everything but deleted threads; an asker still reads a thread of his that was hidden.
        """
        threads = self.filter(deleted_at=None)
        if is_team(reader):
            return threads
        open_space = Q(space__in=Space.objects.visible_to(reader))
        if not reader.is_authenticated:
            return threads.filter(open_space, audience="everyone", hidden_at=None)
        mine = Q(author=reader)
        named = Q(pk__in=self.model.named.through.objects.filter(member_id=reader.pk).values("thread_id"))
        return threads.filter(
            Q(audience="everyone") & open_space | Q(audience="named") & (mine | named),
            Q(hidden_at=None) | mine,
        )

    def removed(self) -> Self:
        """Threads that were hidden or deleted: gone for those who could have read them."""
        return self.filter(~Q(hidden_at=None) | ~Q(deleted_at=None))

    def once_visible_to(self, reader: Any) -> Self:
        """What the reader could read if it had not been removed; used to answer 410 instead of 404."""
        open_space = Q(space__in=Space.objects.visible_to(reader))
        return self.filter(open_space, audience="everyone")

    def open_to_all(self) -> Self:
        """What every visitor may read: feeds, sitemap, the cache at the door."""
        return self.visible_to(AnonymousUser())

    def shown_in_lists(self) -> Self:
        """Hidden threads are found by those who decide about them, not in lists."""
        return self.filter(hidden_at=None, deleted_at=None)

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

    def open_by_top_space(self) -> dict[int, int]:
        """The same for the spaces of the first level, those under them counted with them."""
        waiting = self.filter(state__in=(*WAITING_FOR_TEAM, "waiting_asker")).order_by()
        top = models.functions.Coalesce("space__parent", "space")
        return dict(waiting.annotate(top=top).values_list("top").annotate(models.Count("pk")))

    # In what order, with what

    def newest_first(self) -> Self:
        return self.order_by("-last_post_at", "-pk")

    def pinned_then_newest(self) -> Self:
        return self.order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at", "-pk")

    def longest_waiting_first(self) -> Self:
        """What waits for us, then what waits for the asker, each from the longest wait; behind them what has ended."""
        whose = Case(When(state__in=WAITING_FOR_TEAM, then=0), When(state="waiting_asker", then=1), default=2)
        return self.order_by(whose, "state_since", "pk")

    def for_listing(self) -> Self:
        """Rows of a list. Sealed: anything more fetched in a loop raises."""
        return (
            self.select_related("space", "product", "version", "platform", "author", "last_poster", "confirmed_on")
            .defer("closed_because", "hidden_because", "deleted_because", "locked_because")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_page(self) -> Self:
        """With everything its page says of the thread itself."""
        return (
            self.with_first_reply()
            .select_related(
                "space__parent",
                "author",
                "product",
                "version",
                "platform",
                "confirmed_on",
                "duplicate_of__space__parent",
                "best__author",
                "workaround__author",
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
        return self.with_reading_of(member).annotate(
            read_at=models.Subquery(read_marks(member).values("at")[:1]),
            new_count=Coalesce(models.Subquery(of_others), 0),
            is_following=Exists(rows_of("Follow").filter(**mine)),
            has_it_too=Exists(rows_of("MeToo").filter(**mine)),
        )


# Conditions, so that a list and the count in its tab are made of the same words.
UNANSWERED = Q(genre="question", reply_count=0, closed_at=None)


def waits_for(member: Any) -> Q:
    """Where it is this member's turn: the asker's for everybody, the house's for the team."""
    mine = Q(author=member, state__in=("waiting_asker", "answered"))
    return mine | Q(state__in=WAITING_FOR_TEAM) if is_team(member) else mine


def is_followed_by(member: Any) -> Q:
    return Q(Exists(rows_of("Follow").filter(member=member, thread=OuterRef("pk"))))


def is_unread_by(member: Any) -> Q:
    """Threads the member follows or has opened, with posts behind the last one read."""
    behind = Exists(read_marks(member).filter(number__lt=OuterRef("post_count")))
    return Q(behind) | is_followed_by(member) & ~Q(Exists(read_marks(member)))


def read_marks(member: Any) -> models.QuerySet:
    """The member's read marks on the thread of the outer query."""
    return rows_of("ReadMark").filter(member=member, thread=OuterRef("pk"))


def rows_of(model: str) -> Any:
    """The rows of a sibling model. Models stand on their queries, so queries find models by name."""
    return apps.get_model("threads", model).objects.all()


class PostQuerySet(models.QuerySet):
    def sent_with(self, member: Any, token: str) -> bool:
        """Whether the form with this token has made a post already."""
        return bool(token) and self.filter(author=member, client_token=token).exists()

    def visible_to(self, reader: Any) -> Self:
        """Posts whose words this reader may read."""
        # Exists and not "in": asked post by post, it stays quick however many threads there are.
        posts = self.filter(Exists(rows_of("Thread").visible_to(reader).filter(pk=OuterRef("thread_id"))))
        if is_team(reader):
            return posts
        posts = posts.exclude(kind="note").filter(deleted_at=None)
        if not reader.is_authenticated:
            return posts.filter(hidden_at=None)
        return posts.filter(Q(hidden_at=None) | Q(author=reader))

    def in_record_of(self, thread: Any, reader: Any) -> Self:
        """The record of a thread the reader may open, removed posts included: their place is kept by a line."""
        posts = self.filter(thread=thread)
        if not is_team(reader):
            posts = posts.exclude(kind="note")
        return posts.in_order()

    def in_order(self) -> Self:
        return self.order_by("position", F("number").asc(nulls_last=True), "pk")

    def on_page(self, page: int, size: int) -> Self:
        first = (page - 1) * size
        # A note before any reply stands at position 1, right behind the question.
        return self.filter(position__gt=first, position__lte=first + size)

    def standing(self) -> Self:
        """Not removed, not a note: what counts as said."""
        return self.filter(hidden_at=None, deleted_at=None).exclude(kind="note")

    def shown_in_lists(self) -> Self:
        """What was said in threads that are shown in lists."""
        return self.standing().filter(thread__hidden_at=None, thread__deleted_at=None)

    def replies(self) -> Self:
        return self.filter(number__gt=1)

    def with_voices_of(self, member: Any) -> Self:
        """Adds what the member did with each post: `voted`, `kept` (a bookmark), `word` (True works, False broken)."""
        mine = {"post": OuterRef("pk")}
        words = rows_of("Confirmation").filter(member=member, **mine).exclude(voice="support")
        return self.annotate(
            voted=Exists(rows_of("Vote").filter(voter=member, **mine)),
            kept=Exists(rows_of("Bookmark").filter(member=member, **mine)),
            word=models.Subquery(words.values("works")[:1]),
        )


class LogEntryQuerySet(models.QuerySet):
    def after(self, seq: int, *, lane: str) -> Self:
        return self.filter(lane=lane, seq__gt=seq).order_by("seq")


class DraftQuerySet(models.QuerySet):
    def by(self, member: Any) -> Self:
        return self.filter(author=member)

    def for_place(self, member: Any, thread: Any = None) -> Self:
        """The member's draft of a reply to the thread, or of a new question."""
        return self.filter(author=member, thread=thread)


class ReadBeforeQuerySet(models.QuerySet):
    def of_thread(self, thread: Any) -> Self:
        """In the order of reading; threads that were deleted meanwhile are gone from it."""
        return self.filter(thread=thread, other__deleted_at=None).select_related("other").order_by("at", "pk")


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Files of posts the reader may read, and the reader's own that no post shows yet."""
        shown = Q(Exists(rows_of("Post").visible_to(reader).filter(pk=OuterRef("post_id"))))
        if not reader.is_authenticated:
            return self.filter(shown)
        return self.filter(shown | Q(post=None, uploader=reader))
