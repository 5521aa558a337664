"""What members wanted to say and a moderator reads first. It is no post: no list, search, feed or count knows of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON, Audience

from ..queries import HeldQuerySet

MEMBER = settings.AUTH_USER_MODEL


class HeldKind(models.TextChoices):
    QUESTION = "question", _("question")
    REPLY = "reply", _("reply")
    EDIT = "edit", _("edit")
    TITLE = "title", _("new title")


class HeldState(models.TextChoices):
    WAITING = "waiting", _("waits for a moderator")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")


class HeldBecause(models.TextChoices):
    """Why something was held. Its author reads the same."""

    EVERYTHING = "everything", _("everything new here is read by a moderator first")
    FIRST_POSTS = "first_posts", _("it is among your first posts")
    TRUST = "trust", _("members who are new here are read by a moderator first")
    LINKS = "links", _("it has many links")
    LANGUAGE = "language", _("it is in a language that is not spoken here")
    LINKS_ADDED = "links_added", _("the edit adds links")
    WORD = "word", _("it has a word or link that moderators look at")
    SPAM = "spam", _("it looks like advertising")
    TRAP = "trap", _("a field that people do not see was filled in")
    ACCOUNT = "account", _("a moderator looks at your account first")
    WAVE = "wave", _("others have sent the same within minutes")


class Held(models.Model):
    """A question, reply or edit as it was typed, until somebody decides. Approved, the ordinary action says it."""

    by = models.ForeignKey(MEMBER, models.CASCADE, related_name="held")
    what = models.CharField(max_length=10, choices=HeldKind)
    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="+")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="held")
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, blank=True, related_name="held")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # What else the action takes, as ids and plain words.
    fields = models.JSONField(default=dict, blank=True)
    # Keys of HeldBecause, each with what only moderators read: [["word", "casino"], …].
    reasons = models.JSONField(default=list)
    token = models.CharField(max_length=64, blank=True)
    wave = models.ForeignKey("moderation.Wave", models.SET_NULL, null=True, blank=True, related_name="held")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HeldState, default=HeldState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Its author, where he took it back.
    decided_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    # What became of it, where that is not what was typed.
    posted = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    corrected_title = models.CharField(max_length=200, blank=True)
    corrected_body = models.TextField(blank=True)

    said_in_conversation = ("title", "body", "corrected_title", "corrected_body")

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("held text")
        verbose_name_plural = _("held texts")
        indexes = [
            models.Index(fields=["at"], condition=Q(state="waiting"), name="held_and_waiting"),
            models.Index(fields=["by", "-at"], name="held_of_a_member"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["by", "token"], condition=~Q(token=""), name="one_held_text_for_a_form"),
            models.UniqueConstraint(
                fields=["by", "post"], condition=Q(state="waiting", what="edit"), name="one_waiting_edit_for_a_post"
            ),
            models.UniqueConstraint(
                fields=["by", "thread"],
                condition=Q(state="waiting", what="title"),
                name="one_waiting_title_for_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & ~Q(decided_at=None)),
                name="held_texts_wait_until_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decided_because=""), name="declined_texts_say_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.by_id}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:held", args=[self.pk])

    @property
    def place(self) -> dict[str, Any]:
        """Where a case about it is."""
        for_support = self.thread is not None and self.thread.audience == Audience.ORGANISATION
        return {"space": self.space, "for_support": for_support}

    @property
    def is_waiting(self) -> bool:
        return self.state == HeldState.WAITING

    @property
    def because(self) -> list[Any]:
        """Why it was held, in words that its author reads."""
        return [HeldBecause(key).label for key, _more in self.reasons]

    @property
    def called(self) -> str:
        """A line by which its author knows it."""
        return self.title or " ".join(self.body.split())[:80]
