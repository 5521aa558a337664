from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from community.prose import excerpt
from community.prose.stems import language_of, stems_in
from community.threads.queries import PostQuerySet

from .lengths import LONGEST_REASON

# Twenty posts are one screenful of work on a phone and keep a page's address stable for ever.
PAGE_SIZE = 20


# Characters of a post that the index reads: all but what was pasted from a machine.
MOST_INDEXED = 50_000


class Kind(models.TextChoices):
    """What a post is for. It steers whose turn it is; a kind word never empties a queue."""

    INFORMATION = "information", _("Information")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    QUESTION = "question", _("Question back")
    WORKAROUND = "workaround", _("Workaround")
    SOLUTION = "solution", _("Solution")
    NOTE = "note", _("Internal note")


class Post(index.Indexed, models.Model):
    """One thing somebody said. Its HTML is made once, when it is written, and is the same for every reader."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="posts")
    # Notes have no number, so that what only the team sees leaves no gap; they stand behind the post at their position.
    number = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.INFORMATION)
    is_official = models.BooleanField(default=False)
    client_token = models.CharField(max_length=64, blank=True)

    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    # When it came from another thread, behind what was said here by then.
    came_at = models.DateTimeField(null=True, blank=True)
    revision_count = models.PositiveIntegerField(default=0)
    vote_count = models.PositiveIntegerField(default=0)

    # Voices heard on this post; the thread's three facts are counted from the same rows.
    accepted_by_support_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_asker_at = models.DateTimeField(null=True, blank=True)
    asker_says_no_at = models.DateTimeField(null=True, blank=True)
    others_confirmed_count = models.PositiveIntegerField(default=0)
    others_failed_count = models.PositiveIntegerField(default=0)

    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # Nobody has looked yet: flags have done it by themselves.
    hidden_for_now = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    # The long texts stand last: a database reads a row from the front, and most questions do not need the words.
    body = models.TextField(_("text"))
    html = models.TextField()

    # True on the very row that an action has just written, and on none that was looked up.
    is_fresh = False

    objects = PostQuerySet.as_manager()

    # The index is fed by the search context, in the transaction of each change, and not by saving.
    # As of a thread: a single word is rarely a name.
    said_in_conversation = ("body", "html")
    search_auto_update = False
    search_fields = (index.SearchField("title"), index.SearchField("indexed_words"))

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["thread", "position", "id"], name="posts_in_order"),
            models.Index(fields=["author", "-created_at"], name="posts_of_an_author"),
            # What came within the last minutes, whoever wrote it.
            models.Index(fields=["created_at"], name="posts_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_post_each_number"),
            models.UniqueConstraint(
                fields=["author", "client_token"], condition=~Q(client_token=""), name="one_post_each_client_token"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="posts_say_something"),
            models.CheckConstraint(condition=Q(hidden_at=None) | ~Q(hidden_because=""), name="hidden_posts_say_why"),
            models.CheckConstraint(condition=Q(deleted_at=None) | ~Q(deleted_because=""), name="deleted_posts_say_why"),
            models.CheckConstraint(
                condition=Q(kind="note", number=None) | (~Q(kind="note") & Q(number__gte=1)),
                name="all_but_notes_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by_support_at=None) | Q(hidden_at=None, deleted_at=None),
                name="an_accepted_answer_can_be_read",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id}/{self.number or f'{self.position} note'}"

    def get_absolute_url(self) -> str:
        return f"{self.thread.get_absolute_url(self.page)}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"post-{self.pk}"

    @property
    def page(self) -> int:
        """The page of the thread this post stands on, for ever."""
        return max(0, self.position - 1) // PAGE_SIZE + 1

    @property
    def permalink(self) -> str:
        return reverse("threads:post", args=[self.pk])

    @property
    def stands_since(self) -> Any:
        return self.came_at or self.created_at

    @property
    def is_note(self) -> bool:
        return self.kind == Kind.NOTE

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_removed(self) -> bool:
        """Hidden or deleted: a line with the reason stands in its place."""
        return self.hidden_at is not None or self.deleted_at is not None

    @property
    def people_helped(self) -> int:
        """How many customers say that it works for them."""
        return self.others_confirmed_count + (self.confirmed_by_asker_at is not None)

    @property
    def title(self) -> str:
        """What the index knows the question by; replies are found by their own words."""
        if not self.is_first:
            return ""
        # A title is too short to tell its language.
        language = language_of(f"{self.thread.title} {excerpt(self.html, MOST_INDEXED)}")
        return f"{self.thread.title} {stems_in(self.thread.title, language=language)}"

    @cached_property
    def indexed_words(self) -> str:
        """What the index knows it by: its text, and the stems of its words. To make an entry asks for it five times."""
        text = excerpt(self.html, MOST_INDEXED)
        return f"{text} {stems_in(text, language=language_of(text))}"

    @property
    def offers_a_way(self) -> bool:
        return self.kind in (Kind.SOLUTION, Kind.WORKAROUND)


class Revision(models.Model):
    """What a post said before an edit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField()

    said_in_conversation = ("title", "body")

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_revision_each_number")]

    def __str__(self) -> str:
        return f"{self.post} revision {self.number}"
