from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.queries import DraftQuerySet, ReadBeforeQuerySet

MEMBER = settings.AUTH_USER_MODEL


class Vote(models.Model):
    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="votes")
    voter = models.ForeignKey(MEMBER, models.CASCADE, related_name="votes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "voter"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.voter_id} for {self.post_id}"


class MeToo(models.Model):
    """Somebody else has the same problem, and on which version."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="me_toos")
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="me_toos")
    version = models.ForeignKey("spaces.Version", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="one_me_too_each")]

    def __str__(self) -> str:
        return f"{self.member_id} too on #{self.thread_id}"


class Follow(models.Model):
    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="follows")
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="one_follow_each")]

    def __str__(self) -> str:
        return f"{self.member_id} follows #{self.thread_id}"


class Bookmark(models.Model):
    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="bookmarks")
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="bookmarks")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_bookmark_each")]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.post_id}"


class ReadMark(models.Model):
    """How far a member has read: the number of the last post seen."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="read_marks")
    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="one_read_mark_each")]

    def __str__(self) -> str:
        return f"{self.member_id} read #{self.thread_id} to {self.number}"


class ReadBefore(models.Model):
    """What an asker read, of what was offered, before sending the question all the same. For the team's eyes."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="read_before")
    # Another thread, whose title is read where it stands; or an article, by the words it had.
    other = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    objects = ReadBeforeQuerySet.as_manager()

    class Meta:
        verbose_name = _("read before asking")
        verbose_name_plural = _("read before asking")
        constraints = [
            models.UniqueConstraint(fields=["thread", "other"], name="a_thread_is_read_before_once"),
            models.CheckConstraint(
                condition=models.Q(other=None) ^ models.Q(url=""), name="a_thread_or_an_article_is_read_before"
            ),
        ]

    def __str__(self) -> str:
        return f"before #{self.thread_id}: {self.url or self.other_id}"


class Draft(models.Model):
    """What somebody has begun to write, kept on the server: one for each place where it would be posted."""

    author = models.ForeignKey(MEMBER, models.CASCADE, related_name="drafts")
    # Empty for what begins a thread: a question or, with an organisation, its service request.
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, blank=True, related_name="drafts")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=16, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField()

    said_in_conversation = ("title", "body")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["author", "thread"], name="one_draft_each_thread"),
            models.UniqueConstraint(
                fields=["author"],
                condition=models.Q(thread=None, organisation=None),
                name="one_draft_of_a_question_each",
            ),
            models.UniqueConstraint(fields=["author", "organisation"], name="one_draft_of_a_request_each"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.author_id}"


class SavedFilter(models.Model):
    """A list of threads that a member has given a name: what its address says."""

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["saved_at"]
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_saved_filter_each_name")]

    def __str__(self) -> str:
        return f"{self.name} of {self.member_id}"

    @property
    def url(self) -> str:
        return reverse("threads:list") + (f"?{self.query}" if self.query else "")
