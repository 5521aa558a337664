from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.organisations.models import Severity

from .queries import HandoverQuerySet, ServiceRequestQuerySet

# How long a closed request can be opened again by those whose it is.
REOPENED_WITHIN = timedelta(days=14)
# People who answer first hand on what they cannot solve; named callers need not go through them.
FIRST_LEVEL, SECOND_LEVEL = 1, 2


class Contact(models.TextChoices):
    WRITTEN = "written", _("Answer me here, in writing")
    CALL = "call", _("Call me back")


class ServiceRequest(models.Model):
    """What makes a thread of an organisation a request. Title, text, state and who reads it are the thread's."""

    thread = models.OneToOneField("threads.Thread", models.CASCADE, related_name="service_request")
    severity = models.CharField(_("severity"), max_length=8, choices=Severity, default=Severity.MEDIUM)
    level = models.PositiveSmallIntegerField(_("level"), default=SECOND_LEVEL)
    contact = models.CharField(_("how to answer"), max_length=8, choices=Contact, default=Contact.WRITTEN)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    # When its opener was told by mail under which number it runs.
    receipt_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        constraints = [
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="severities_are_known"),
            models.CheckConstraint(
                condition=~Q(contact=Contact.CALL) | ~Q(telephone=""), name="who_is_called_has_a_telephone"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("requests:detail", args=[self.pk])

    @property
    def number(self) -> str:
        """What people say on the telephone and write in mails."""
        return f"R-{self.pk}"

    @property
    def reopened_until(self) -> datetime | None:
        """The last moment at which its people can open it again; None while it is open."""
        return self.thread.closed_at + REOPENED_WITHIN if self.thread.closed_at else None


class CopiedIn(models.Model):
    """A colleague of the same organisation who is told of all that is said, as the asker is. Reading it, he could."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="copied_in")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Whoever followed by his own choice goes on when he is taken out.
    followed_before = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("colleague copied in")
        verbose_name_plural = _("colleagues copied in")
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="a_colleague_is_copied_in_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in #{self.thread_id}"


class Handover(models.Model):
    """What somebody without a seat for it has written, given to a named caller who may send it."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    # What came of it.
    thread = models.ForeignKey("threads.Thread", models.SET_NULL, null=True, blank=True, related_name="+")

    said_in_conversation = ("title", "body")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft handed over")
        verbose_name_plural = _("drafts handed over")

    def __str__(self) -> str:
        return f"{self.writer_id} to {self.caller_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('requests:new', args=[self.organisation.slug])}?handed={self.pk}"
