from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import doors
from .queries import TicketLinkQuerySet


class TicketLink(models.Model):
    """A thread, or one answer in it, is dealt with under a number in an outside ticket system. For the team's eyes."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="ticket_links")
    post = models.ForeignKey("threads.Post", models.SET_NULL, null=True, blank=True, related_name="ticket_links")
    system = models.CharField(_("ticket system"), max_length=20)
    number = models.CharField(_("number"), max_length=40)
    url = models.URLField(_("address"), blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    unlinked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    unlinked_at = models.DateTimeField(null=True, blank=True)

    objects = TicketLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket link")
        verbose_name_plural = _("ticket links")
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "system", "number"], condition=Q(unlinked_at=None), name="a_ticket_is_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} on #{self.thread_id}"

    @property
    def system_name(self) -> str:
        known = doors.SYSTEMS.get(self.system)
        return known.name if known else self.system
