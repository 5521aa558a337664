import os
import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import doors
from .queries import CopyQuerySet, TicketLinkQuerySet
from .sealed import seal, unseal


class SystemKind(models.TextChoices):
    """Names of products, the same in every language."""

    RT = "rt", "Request Tracker 5"
    ZAMMAD = "zammad", "Zammad"
    ZENDESK = "zendesk", "Zendesk"
    JIRA = "jira", "Jira"
    GITHUB = "github", "GitHub Issues"


class OutsideSystem(models.Model):
    """A ticket system of this installation and how to enter it. Secrets are sealed and never shown again."""

    slug = models.SlugField(_("short name"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=SystemKind)
    address = models.URLField(_("address"), help_text=_("For example https://tickets.example"))
    queue = models.CharField(_("queue"), max_length=100, help_text=_("Queue, group, project or repository."))
    account = models.CharField(_("account"), max_length=150, blank=True)
    sealed_secret = models.TextField(blank=True, editable=False)
    secret_from = models.CharField(
        _("secret from the environment"),
        max_length=80,
        blank=True,
        validators=[RegexValidator(r"\ATICKETS_[A-Z0-9_]+\Z")],
        help_text=_("A variable whose name begins with TICKETS_. It goes before a secret typed here."),
    )
    sealed_hook_secret = models.TextField(blank=True, editable=False)
    speaks_as = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("answers appear as"),
        related_name="+",
        help_text=_("A support agent. What is answered in a ticket appears in the thread under this name."),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("ticket system")
        verbose_name_plural = _("ticket systems")
        constraints = [models.CheckConstraint(condition=~Q(slug="console"), name="the_twin_has_no_row")]

    def __str__(self) -> str:
        return self.name

    def keep_secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret)

    def keep_hook_secret(self, secret: str) -> None:
        self.sealed_hook_secret = seal(secret)

    @property
    def secret(self) -> str:
        return (os.environ.get(self.secret_from, "") if self.secret_from else "") or unseal(self.sealed_secret)

    @property
    def hook_secret(self) -> str:
        return unseal(self.sealed_hook_secret)

    @property
    def place(self) -> doors.Place:
        return doors.Place(self.slug, self.name, self.address.rstrip("/"), self.queue, self.account, self.secret)


class TicketLink(models.Model):
    """A thread, or one answer in it, is dealt with under a number in an outside ticket system. For the team's eyes."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="ticket_links")
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="ticket_links")
    system = models.CharField(_("ticket system"), max_length=20)
    # Empty while the ticket is being made.
    number = models.CharField(_("number"), max_length=40, blank=True)
    remote_id = models.CharField(max_length=80, blank=True)
    url = models.URLField(_("address"), blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    unlinked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)

    progress = models.CharField(max_length=10, choices=doors.Progress, default=doors.Progress.OPEN)
    gone_at = models.DateTimeField(null=True, blank=True)
    # The last comment over there that we have looked at, and when we looked.
    seen = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Until when somebody speaks to the system about this ticket; so that two workers do not say the same.
    busy_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    close_asked_at = models.DateTimeField(null=True, blank=True)

    objects = TicketLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket link")
        verbose_name_plural = _("ticket links")
        indexes = [models.Index(fields=["system", "remote_id"], name="tickets_by_their_own_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "system", "number"], condition=Q(unlinked_at=None), name="a_ticket_is_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} on #{self.thread_id}"

    @property
    def system_name(self) -> str:
        return getattr(self, "system_called", None) or (doors.CONSOLE.name if self.system == "console" else self.system)

    @property
    def called(self) -> str:
        return self.number or _("being made")

    @property
    def is_solved(self) -> bool:
        return self.progress == doors.Progress.SOLVED


class Direction(models.TextChoices):
    OUT = "out", _("to the ticket")
    IN = "in", _("from the ticket")
    ABOUT = "say", _("about what stands in the ticket")


class CopyState(models.TextChoices):
    WAITING = "waiting", _("not yet sent")
    DONE = "done", _("copied")
    REFUSED = "refused", _("refused")
    DROPPED = "dropped", _("no longer needed")


class Word(models.TextChoices):
    """What is said over there about a copy that stands there already."""

    REMOVED = "removed", _("no longer to be read in the forum")
    SHOWN = "shown", _("to be read in the forum again")
    ERASED = "erased", _("without the data of a person")


class Copy(models.Model):
    """One thing said that stands, or shall stand, on both sides: the row that makes it happen once."""

    link = models.ForeignKey(TicketLink, models.CASCADE, related_name="copies")
    # Empty only while, or because, what was written in the ticket could not be posted.
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction)
    state = models.CharField(max_length=8, choices=CopyState, default=CopyState.WAITING)
    # Our key for what goes out; it stands in what we write over there.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    remote_id = models.CharField(max_length=80, blank=True)
    # For the first one of a ticket that we make: what the agent read and sent. For a word about a copy: which.
    opens = models.BooleanField(default=False)
    # Which edit of the post it says; 0 for the post as it was first copied. Words about it are counted by themselves.
    edit = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created_at"], condition=Q(state="waiting"), name="copies_not_yet_sent")]
        constraints = [
            models.UniqueConstraint(fields=["link", "post", "direction", "edit"], name="each_edit_is_copied_once"),
            models.UniqueConstraint(
                fields=["link", "remote_id"], condition=Q(direction="in"), name="a_comment_is_brought_once"
            ),
            models.UniqueConstraint(fields=["link"], condition=Q(opens=True), name="a_ticket_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.post_id} {self.state}"


class Delivery(models.Model):
    """A call of a webhook that was heard, so that the same one is not heard again."""

    system = models.ForeignKey(OutsideSystem, models.CASCADE, related_name="deliveries")
    signature = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "signature"], name="a_delivery_is_heard_once")]

    def __str__(self) -> str:
        return f"{self.system_id} {self.at:%Y-%m-%d %H:%M}"
