from django.db import models
from django.utils.translation import gettext_lazy as _


class MovedPost(models.Model):
    """The place of a post that stands in another thread now: its number stays here, so that pages and links do."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="moved_posts")
    number = models.PositiveIntegerField()
    post = models.ForeignKey("threads.Post", models.CASCADE, related_name="places_before")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("moved post")
        verbose_name_plural = _("moved posts")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="one_post_moved_from_each_number")]

    def __str__(self) -> str:
        return f"#{self.thread_id}/{self.number} moved"
