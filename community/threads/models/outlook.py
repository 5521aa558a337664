from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitReason(models.TextChoices):
    """Why something takes time, in words that say what it waits for."""

    CAUSE = "cause", _("we look for the cause")
    ON_SITE = "on_site", _("a person must be on site")
    PART = "part", _("a part is on its way")
    OUTSIDE = "outside", _("somebody outside our house must act")
    RELEASE = "release", _("it comes with a release")
    OTHER = "other", _("another reason")


class PromiseStands(models.TextChoices):
    RUNNING = "running", _("running")
    DELIVERED = "delivered", _("done as we say, not confirmed")
    KEPT = "kept", _("kept")
    LATE = "late", _("late")
    BROKEN = "broken", _("broken")
    MOVED = "moved", _("replaced before it was due")


class DeadlineStands(models.TextChoices):
    MET = "met", _("our word comes before it")
    OPEN = "open", _("a person decides")
    ACCEPTED = "accepted", _("accepted")
    ALTERNATIVE = "alternative", _("something else was offered")
    DECLINED = "declined", _("declined")


class OfferStands(models.TextChoices):
    OPEN = "open", _("waits for the asker")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("not needed")


class Outlook(models.Model):
    """What an asker may look forward to: as much of it as the page of the thread shows, written by the desk.

    A thread without one was promised nothing, gives no reason and has no deadline.
    """

    thread = models.OneToOneField("threads.Thread", models.CASCADE, primary_key=True, related_name="outlook")

    promise_what = models.CharField(max_length=200, blank=True)
    # The window; without a beginning it is "until".
    promise_from = models.DateTimeField(null=True, blank=True)
    promise_until = models.DateTimeField(null=True, blank=True)
    promise_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    promise_stands = models.CharField(max_length=10, choices=PromiseStands, blank=True)
    # When the first was made, and when the first one was kept or came late: what "plan after" and "done after" count.
    planned_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    waits_because = models.CharField(max_length=10, choices=WaitReason, blank=True)
    waits_more = models.CharField(max_length=200, blank=True)

    deadline_at = models.DateTimeField(null=True, blank=True)
    deadline_stands = models.CharField(max_length=12, choices=DeadlineStands, blank=True)
    decide_by = models.DateTimeField(null=True, blank=True)

    offer_what = models.CharField(max_length=200, blank=True)
    offer_stands = models.CharField(max_length=10, choices=OfferStands, blank=True)

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")

    def __str__(self) -> str:
        return f"of #{self.thread_id}"

    @property
    def promises(self) -> bool:
        """Whether something is promised that has neither come nor failed."""
        return self.promise_stands in (PromiseStands.RUNNING, PromiseStands.DELIVERED)

    @property
    def why(self) -> str:
        """The reason in words: the writer's own where he gave some, in his language."""
        return self.waits_more or (self.get_waits_because_display() if self.waits_because else "")
