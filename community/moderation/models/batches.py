from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.models import LONGEST_REASON

from .seconds import came_in_time, can_be_undone


class BatchAct(models.TextChoices):
    LOCK = "lock", _("Lock")
    CLOSE = "close", _("Close")
    MOVE = "move", _("Move")
    MERGE = "merge", _("Merge")
    HIDE = "hide", _("Hide")
    TAG = "tag", _("Give a tag")
    UNTAG = "untag", _("Take a tag off")
    POSTS = "posts", _("Move posts")


# What is done to a whole thread, and so to many at once.
TO_MANY = tuple(act for act in BatchAct if act != BatchAct.POSTS)


class Batch(models.Model):
    """One decision about many threads, or many posts of one, carried out one by one and taken back as one."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=8, choices=BatchAct)
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, blank=True, related_name="+")
    into = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    # Nobody asks which batches gave a tag.
    tag = models.ForeignKey("spaces.Tag", models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    # Of moved posts: which, who follows because of them, and how the thread stood to which they came.
    moved = models.JSONField(default=dict, db_default={})
    at = models.DateTimeField()
    # When the last of them was done or refused; until when it can be taken back follows from it.
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.act} by {self.by_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:batch", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.finished_at is None or (self.undone_at is not None and self.undo_finished_at is None)

    def can_be_undone(self, at: datetime) -> bool:
        return self.undone_at is None and self.finished_at is not None and can_be_undone(self.finished_at, at)

    def came_in_time(self, at: datetime) -> bool:
        return self.undone_at is None and self.finished_at is not None and came_in_time(self.finished_at, at)


class ItemOutcome(models.TextChoices):
    WAITING = "", _("waits")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("taken back")
    KEPT = "kept", _("stays: somebody changed it since")


class BatchItem(models.Model):
    """One thread of a batch: what became of it, and how it stood before, so that it can be put back."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=8, choices=ItemOutcome, blank=True)
    # Why it was refused, in the words of the refusal.
    words = models.CharField(max_length=LONGEST_REASON, blank=True)
    # The number of the last change when it was done: with another one, somebody has gone on.
    seq = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=14, blank=True)
    state_since = models.DateTimeField(null=True)
    space = models.ForeignKey("spaces.Space", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("thread of a batch")
        verbose_name_plural = _("threads of a batch")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "thread"], name="a_thread_stands_in_a_batch_once")]

    def __str__(self) -> str:
        return f"#{self.thread_id}: {self.outcome or 'waits'}"
