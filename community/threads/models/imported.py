from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedThread(models.Model):
    """Where an imported thread came from, so that importing it again adds nothing."""

    source = models.CharField(max_length=60)
    foreign_id = models.CharField(max_length=100)
    thread = models.OneToOneField("threads.Thread", models.CASCADE, related_name="imported")
    created_at = models.DateTimeField()
    post_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("imported thread")
        verbose_name_plural = _("imported threads")
        constraints = [
            models.UniqueConstraint(fields=["source", "foreign_id"], name="one_thread_each_foreign_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.foreign_id}"


class ImportedAuthor(models.Model):
    """Who stands here for an author of the place that threads were imported from."""

    source = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("imported author")
        verbose_name_plural = _("imported authors")
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="one_member_each_foreign_author")]

    def __str__(self) -> str:
        return f"{self.source} {self.name}"
