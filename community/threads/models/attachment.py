import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.queries import AttachmentQuerySet

from .lengths import LONGEST_REASON


def stored_name(attachment: "Attachment", filename: str) -> str:
    """Where the file lies: never a name that a person chose."""
    return f"attachments/{attachment.key.hex[:2]}/{attachment.key.hex}"


class Attachment(models.Model):
    """A picture or file. Until a post shows it, only the one who brought it can open it, and who decides about it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, blank=True, related_name="attachments")
    file = models.FileField(upload_to=stored_name)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    # Since when a moderator decides about the text that shows it; meanwhile moderators open it too.
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Taken away by moderators: only they and whoever brought it open it, everybody else reads why.
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_because = models.CharField(max_length=LONGEST_REASON, blank=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["post", "created_at"], name="attachments_not_yet_posted")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("threads:attachment", args=[self.key, self.name])

    @property
    def markdown(self) -> str:
        """What shows it in a text."""
        return f"{'!' if self.is_image else ''}[{self.name}]({self.get_absolute_url()})"

    @property
    def is_image(self) -> bool:
        return self.width is not None
