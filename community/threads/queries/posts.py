from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from community import prepared
from community.people.policies import answers_officially, curates, is_team

from .conditions import INSIDE, rows_of


def that_was_sent(member_id: int, token: str) -> models.QuerySet:
    return rows_of("Post").made_by(member_id, token).values_list("pk", flat=True)[:1]


class PostQuerySet(models.QuerySet):
    def sent_with(self, member: Any, token: str) -> bool:
        """Whether the form with this token has made a post already."""
        return bool(token) and bool(prepared.rows(that_was_sent, member.pk, prepared.Word(token)))

    def made_by(self, member: Any, token: str) -> Self:
        """What this form of the member's has made: a post or none. Forms have a token.

        That is said again in the query: only then is it looked up among posts that have one, and not among all that
        somebody ever wrote.
        """
        return self.filter(~Q(client_token=""), author=member, client_token=token)

    def visible_to(self, reader: Any, *, are_known: bool = False) -> Self:
        """Posts whose words this reader may read. `are_known`: it is asked of certain posts only, by their numbers."""
        # Exists and not "in": asked post by post, it stays quick however many threads there are. Of a sum PostgreSQL
        # cannot go from thread to posts: it takes spaces for rarer than they are, and would begin with all threads.
        thread = OuterRef("thread_id") + Value(0) if are_known else OuterRef("thread_id")
        posts = self.filter(Exists(rows_of("Thread").visible_to(reader).filter(pk=thread)))
        if answers_officially(reader):
            return posts
        if is_team(reader):
            # Whoever helps to run the community and is a customer as well reads there as a customer.
            return posts.exclude(INSIDE, thread__audience="organisation")
        posts = posts.exclude(kind="note").filter(deleted_at=None)
        if not reader.is_authenticated:
            return posts.filter(hidden_at=None)
        return posts.filter(Q(hidden_at=None) | Q(author=reader))

    def in_record_of(self, thread: Any, reader: Any) -> Self:
        """The record of a thread the reader may open, removed posts included: their place is kept by a line."""
        return self.in_record(thread.pk, with_notes=thread.is_inside(reader))

    def in_record(self, thread_id: int, *, with_notes: bool) -> Self:
        posts = self.filter(thread=thread_id)
        return (posts if with_notes else posts.exclude(kind="note")).in_order()

    def in_order(self) -> Self:
        return self.order_by("position", F("number").asc(nulls_last=True), "pk")

    def standing(self) -> Self:
        """Not removed, not a note: what counts as said."""
        return self.filter(hidden_at=None, deleted_at=None).exclude(kind="note")

    def shown_in_lists(self) -> Self:
        """What was said in threads that are shown in lists."""
        return self.standing().filter(thread__hidden_at=None, thread__deleted_at=None, thread__merged_into=None)

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

    def for_place(self, member: Any, thread: Any = None, organisation: Any = None) -> Self:
        """The member's draft of a reply to the thread, of the organisation's request, or of a new question."""
        return self.filter(author=member, thread=thread, organisation=organisation)


class ReadBeforeQuerySet(models.QuerySet):
    def of_thread(self, thread: Any) -> Self:
        """In the order of reading; threads that were deleted meanwhile are gone from it."""
        return self.filter(thread=thread, other__deleted_at=None).select_related("other").order_by("at", "pk")


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, reader: Any) -> Self:
        """Files of posts the reader may read, and the reader's own that no post shows yet.

        Those of a text that waits for a moderator are also for moderators, and so are those that were taken away.
        """
        if curates(reader):
            return self.once_visible_to(reader)
        own = Q(uploader=reader) if reader.is_authenticated else Q()
        return self.once_visible_to(reader).filter(Q(hidden_at=None) | own)

    def once_visible_to(self, reader: Any) -> Self:
        """Also those that were taken away; used to say why."""
        shown = Q(Exists(rows_of("Post").visible_to(reader).filter(pk=OuterRef("post_id"))))
        if not reader.is_authenticated:
            return self.filter(shown)
        not_yet = Q(post=None, uploader=reader)
        if curates(reader):
            not_yet |= Q(post=None, held_at__isnull=False)
        return self.filter(shown | not_yet)
