from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.people.policies import answers_officially, is_team
from community.threads.queries import BY_PIN, BY_TURN, LISTED, ThreadQuerySet

from .lengths import LONGEST_REASON
from .log import EntryKind, Lane, LogEntry

# What stands behind a thread's number in other addresses; a title of one of these words gets another one.
TAKEN_ADDRESSES = frozenset(
    {
        "call",
        "complaint",
        "curate",
        "deadline",
        "different",
        "draft",
        "flag",
        "follow",
        "helps",
        "me-too",
        "merged",
        "offer",
        "on",
        "promise",
        "read",
        "reply",
        "similar",
        "since",
        "state",
        "thanks",
        "ticket",
        "title",
        "unread",
    }
)


class Audience(models.TextChoices):
    """Who may read a thread. Members of a space: everyone of a space that only its members read."""

    EVERYONE = "everyone", _("everyone who may read the space")
    NAMED = "named", _("the asker, the people named and the team")
    ORGANISATION = "organisation", _("an organisation and support")
    TEAM = "team", _("the team")


class Genre(models.TextChoices):
    QUESTION = "question", _("question")
    DISCUSSION = "discussion", _("discussion")
    ANNOUNCEMENT = "announcement", _("announcement")


class State(models.TextChoices):
    """Whose turn it is, or how it ended. Nothing leaves a state by age alone."""

    WAITING_US = "waiting_us", _("waiting for us")
    WAITING_ASKER = "waiting_asker", _("waiting for the asker")
    WORKAROUND = "workaround", _("workaround known, solution owed")
    ANSWERED = "answered", _("answered, not confirmed")
    CONFIRMED = "confirmed", _("confirmed by the asker")
    UNKNOWN = "unknown", _("we do not know whether this helped")
    CLOSED = "closed", _("closed")
    OPEN = "open", _("open, nobody's turn")


class Thread(models.Model):
    """A conversation with an audience. Its number is its primary key; its row is the lock for every change to it."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(max_length=80, editable=False)
    genre = models.CharField(_("sort"), max_length=12, choices=Genre, default=Genre.QUESTION)
    space = models.ForeignKey("spaces.Space", models.PROTECT, related_name="threads")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads")
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.EVERYONE)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="threads",
        help_text=_("The customer whose service request it is."),
    )
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="threads_naming_me")
    product = models.ForeignKey("spaces.Product", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.ForeignKey("spaces.Version", models.SET_NULL, null=True, blank=True, related_name="+")
    platform = models.ForeignKey("spaces.Platform", models.SET_NULL, null=True, blank=True, related_name="+")
    tags = models.ManyToManyField("spaces.Tag", blank=True, related_name="threads")

    created_at = models.DateTimeField()
    last_post_at = models.DateTimeField()
    last_poster = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    state = models.CharField(max_length=14, choices=State, default=State.WAITING_US)
    state_since = models.DateTimeField()
    best = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    workaround = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    # Three facts, kept apart for ever: support accepted, the asker confirmed, others affected confirmed.
    accepted_by_support_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_asker_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.ForeignKey("spaces.Version", models.SET_NULL, null=True, blank=True, related_name="+")
    asker_says_no_at = models.DateTimeField(null=True, blank=True)
    others_confirmed_count = models.PositiveIntegerField(default=0)
    others_failed_count = models.PositiveIntegerField(default=0)

    post_count = models.PositiveIntegerField(default=0, help_text="the highest post number, removed ones included")
    reply_count = models.PositiveIntegerField(default=0, help_text="replies that can be read, notes left out")
    me_too_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    team_seq = models.PositiveIntegerField(default=0)

    pinned_at = models.DateTimeField(null=True, blank=True)
    # One reply each in so many minutes; 0: as often as one likes.
    slow_minutes = models.PositiveSmallIntegerField(default=0)
    # What happens next by itself, and when; written by those who keep the times.
    planned_act = models.CharField(max_length=8, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # The same question asked twice: this one leads there, keeps its own facts, and can be taken apart again.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    merged_count = models.PositiveIntegerField(default=0, help_text="how many are merged into this one")
    # Made of posts of another one; there a line keeps the place of each.
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="split_off")
    moved_count = models.PositiveIntegerField(default=0, help_text="how many of its numbers stand elsewhere now")
    # What its asker said of the solution there: his word on his own question, never counted there.
    said_of_elsewhere_at = models.DateTimeField(null=True, blank=True)
    works_as_elsewhere = models.BooleanField(null=True, blank=True)
    with_support_at = models.DateTimeField(null=True, blank=True)
    # What was promised next, and until when; without a time it rests while the asker is waited for.
    due_for = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    # Since when somebody waits here to talk to a person; empty while nobody does.
    called_at = models.DateTimeField(null=True, blank=True)

    # True on the very row that an action has just written, and on none that was looked up.
    is_fresh = False

    # What people say to each other, where a single word is rarely a name (community/people/forgetting.py).
    said_in_conversation = ("title", "slug")

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(fields=["-last_post_at", "-id"], name="threads_latest"),
            models.Index(fields=["space", "-last_post_at"], name="threads_latest_in_space"),
            models.Index(fields=["state", "state_since"], name="threads_longest_waiting"),
            models.Index(
                BY_PIN, F("last_post_at").desc(), F("id").desc(), condition=LISTED, name="threads_pinned_first"
            ),
            models.Index(BY_TURN, "state_since", "id", condition=LISTED, name="threads_by_turn"),
            models.Index(fields=["author", "-last_post_at"], name="threads_of_an_asker"),
            models.Index(fields=["due_at"], name="threads_by_what_is_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(closed_because=""), name="closed_threads_say_why"),
            models.CheckConstraint(condition=Q(hidden_at=None) | ~Q(hidden_because=""), name="hidden_threads_say_why"),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | ~Q(deleted_because=""), name="deleted_threads_say_why"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="a_thread_is_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(title=""), name="threads_have_a_title"),
            models.CheckConstraint(
                condition=Q(audience="organisation", organisation__isnull=False)
                | ~Q(audience="organisation") & Q(organisation=None),
                name="threads_of_an_organisation_name_it",
            ),
        ]

    # What stood in it when it was locked, by the name of the field; None where nobody holds it.
    as_locked: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"

    def save(self, *args, **kwargs):
        slug = slugify(self.title, allow_unicode=True)[:80].strip("-_") or "thread"
        self.slug = f"{slug}-thread" if slug in TAKEN_ADDRESSES else slug
        super().save(*args, **kwargs)

    def get_absolute_url(self, page: int = 1) -> str:
        """Where its words stand. Its address leads elsewhere while it is merged, so its own page has another one."""
        url = reverse("threads:merged", args=[self.pk]) if self.is_merged else self.address
        return f"{url}?page={page}" if page > 1 else url

    @property
    def address(self) -> str:
        """Its address for ever, merged or not."""
        return reverse("threads:detail", args=[self.pk, self.slug])

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def yes_of_elsewhere_at(self) -> Any:
        """When its asker said that the solution of the thread it was merged with helps him; None if he did not."""
        return self.said_of_elsewhere_at if self.works_as_elsewhere else None

    @property
    def no_of_elsewhere_at(self) -> Any:
        return self.said_of_elsewhere_at if self.works_as_elsewhere is False else None

    @property
    def is_question(self) -> bool:
        return self.genre == Genre.QUESTION

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_open_to_all(self) -> bool:
        """Whether a visitor may read it: what feeds, the sitemap and caches ask."""
        return self.audience == Audience.EVERYONE and not self.is_hidden and not self.is_deleted and self.space.is_open

    def is_inside(self, reader) -> bool:
        """Whether the reader is one of those who run the place, here: he reads notes and what was removed.

        A moderator who is a customer as well is a customer in the threads of his organisation.
        """
        return answers_officially(reader) if self.audience == Audience.ORGANISATION else is_team(reader)

    def move_to_state(self, state: State, at) -> None:
        """Enter a state; a state that goes on keeps the time at which it began."""
        if state != self.state:
            self.state, self.state_since = state, at

    def append(self, kind: EntryKind, *, by, at, post=None, lane: Lane = Lane.ALL) -> LogEntry:
        """Add the next row of the log. The caller holds the lock of this row and saves it afterwards."""
        if lane == Lane.TEAM:
            self.team_seq += 1
        else:
            self.seq += 1
        return LogEntry.objects.create(
            thread=self,
            lane=lane,
            seq=self.head(lane),
            kind=kind,
            post=post,
            actor=by,
            at=at,
            state=self.state,
            post_kind=post.kind if post else "",
        )

    def head(self, lane: str = Lane.ALL) -> int:
        """The number of the newest row in a lane, 0 before the first."""
        return self.team_seq if lane == Lane.TEAM else self.seq
