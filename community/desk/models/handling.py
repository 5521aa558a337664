from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.desk.queries import HandlingQuerySet
from community.threads.models import LONGEST_REASON

MEMBER = settings.AUTH_USER_MODEL
# Long enough to write an answer, short enough that nobody waits for one who went to lunch.
CLAIMED_FOR = timedelta(minutes=10)


class Queue(models.TextChoices):
    """Whose turn it is, as the desk sorts it. A thread stands in one of them or in none."""

    UNANSWERED = "unanswered", _("nobody has answered")
    CAME_BACK = "came_back", _("asker came back")
    OTHERS_WROTE = "others_wrote", _("others wrote, we did not")
    CONTRADICTION = "contradiction", _("contradicted")
    TO_CONFIRM = "to_confirm", _("to be confirmed")
    ASKER = "asker", _("waiting for the asker")


# In these it is our turn.
OURS = (Queue.UNANSWERED, Queue.CAME_BACK, Queue.OTHERS_WROTE, Queue.CONTRADICTION)


class Team(models.Model):
    """People of support who take care of something together."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    members = models.ManyToManyField(MEMBER, blank=True, related_name="teams", verbose_name=_("members"))

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Handling(models.Model):
    """How the desk stands to one thread: who has it in hand, what breaks next, until when it is put aside.

    Queue, since, what is next are read anew from the thread at every change of it; the rest is what people chose.
    A row is narrow and stands alone, so that queues of fifty thousand are counted without looking at their threads.
    """

    thread = models.OneToOneField("threads.Thread", models.CASCADE, primary_key=True, related_name="handling")
    # None: nobody waits. Asked as "is it null", so that the index of what is open holds nothing else.
    queue = models.CharField(max_length=13, choices=Queue, null=True, blank=True)
    # Since when the thread has stood as it stands, and when it came into this queue, or came back from being put aside.
    since = models.DateTimeField()
    entered_at = models.DateTimeField()
    # The next moment at which we break our word, passed or to come, and what breaks then.
    next_at = models.DateTimeField(null=True, blank=True)
    next_for = models.CharField(max_length=16, blank=True)

    assigned_to = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    assigned_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")
    # Who is writing an answer. It ends by itself.
    claimed_by = models.ForeignKey(MEMBER, models.CASCADE, null=True, blank=True, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snoozed_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    snoozed_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = HandlingQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread at the desk")
        verbose_name_plural = _("threads at the desk")
        indexes = [
            # Holds all that queues ask for, in the order in which they are read.
            models.Index(
                fields=["next_at", "since", "thread", "queue", "snoozed_until", "assigned_to", "team", "entered_at"],
                condition=Q(queue__isnull=False),
                name="desk_by_what_breaks_next",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(assigned_to=None) | Q(team=None), name="in_hand_of_one_or_of_a_team"),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="a_claim_ends_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until=None) | ~Q(snoozed_because=""), name="what_is_put_aside_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id}: {self.queue or 'nobody waits'}"

    def is_snoozed(self, at: datetime) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > at

    def is_claimed(self, at: datetime) -> bool:
        return self.claimed_until is not None and self.claimed_until > at

    def is_late(self, at: datetime) -> bool:
        return self.next_at is not None and self.next_at <= at
