from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.threads.queries import LogEntryQuerySet


class Lane(models.TextChoices):
    """Who may read a row. Each lane counts for itself, so that what only the team sees leaves no gap for others."""

    ALL = "all", _("everyone who may read the thread")
    TEAM = "team", _("the team")


class EntryKind(models.TextChoices):
    ASKED = "asked", _("asked")
    REPLIED = "replied", _("replied")
    EDITED = "edited", _("edited")
    DELETED = "deleted", _("deleted")
    RESTORED = "restored", _("restored")
    HIDDEN = "hidden", _("hidden")
    UNHIDDEN = "unhidden", _("shown again")
    ACCEPTED = "accepted", _("accepted")
    UNACCEPTED = "unaccepted", _("no longer accepted")
    CONFIRMED = "confirmed", _("confirmed")
    FAILED = "failed", _("did not help")
    WITHDRAWN = "withdrawn", _("confirmation withdrawn")
    RETITLED = "retitled", _("title or tags changed")
    LOCKED = "locked", _("locked")
    UNLOCKED = "unlocked", _("unlocked")
    PINNED = "pinned", _("pinned")
    UNPINNED = "unpinned", _("unpinned")
    MOVED = "moved", _("moved")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")
    MERGED = "merged", _("merged into another")
    UNMERGED = "unmerged", _("stands alone again")
    TOOK_IN = "took_in", _("took in another")
    SLOWED = "slowed", _("slow mode changed")
    PLANNED = "planned", _("time set")
    PLAN_DROPPED = "plan_dropped", _("time taken back")
    PLAN_SKIPPED = "plan_skipped", _("not done at its time")
    SPLIT_OFF = "split_off", _("posts moved out")
    SPLIT_FROM = "split_from", _("made of posts of another")
    MOVED_AWAY = "moved_away", _("posts moved to another")
    MOVED_HERE = "moved_here", _("posts of another moved here")
    HELPED_ELSEWHERE = "helped_elsewhere", _("helped by the solution elsewhere")
    HELPED_MERGED = "helped_merged", _("helped the asker of a merged question")
    GAVE_BACK = "gave_back", _("gave back another")
    THREAD_HIDDEN = "thread_hidden", _("thread hidden")
    THREAD_UNHIDDEN = "thread_unhidden", _("thread shown again")
    THREAD_DELETED = "thread_deleted", _("thread deleted")
    THREAD_RESTORED = "thread_restored", _("thread restored")
    WITH_SUPPORT = "with_support", _("with support")
    SEVERITY_CHANGED = "severity_changed", _("severity changed")
    COPIED_IN = "copied_in", _("colleague copied in")
    TAKEN_OUT = "taken_out", _("colleague taken out")
    ASIDE_OPENED = "aside_opened", _("private side talk begun")
    NOTED = "noted", _("internal note")
    TICKET_LINKED = "ticket_linked", _("ticket linked")
    TICKET_UNLINKED = "ticket_unlinked", _("ticket unlinked")
    TICKET_SOLVED = "ticket_solved", _("ticket solved")
    TICKET_LOST = "ticket_lost", _("ticket deleted elsewhere")
    PROMISED = "promised", _("promised")
    DELIVERED = "delivered", _("said that it is done")
    PROMISE_KEPT = "promise_kept", _("promise kept")
    PROMISE_LATE = "promise_late", _("promise came late")
    PROMISE_BROKEN = "promise_broken", _("promise broken")
    PROMISE_OVERDUE = "promise_overdue", _("promised time passed")
    DEADLINE_STATED = "deadline_stated", _("deadline stated")
    DEADLINE_DECIDED = "deadline_decided", _("deadline decided")
    OFFERED = "offered", _("offered more than was promised")
    OFFER_ACCEPTED = "offer_accepted", _("offer accepted")
    OFFER_DECLINED = "offer_declined", _("offer not needed")
    ESCALATED = "escalated", _("escalated")
    ESCALATION_TAKEN = "escalation_taken", _("escalation taken")
    WRITTEN_DOWN = "written_down", _("written down for the asker")


class LogEntry(models.Model):
    """One change to a thread: who, what, when, in the order 1, 2, 3 … of its lane. Ids only, never anyone's words.

    `state` and `post_kind` say how thread and post stood from then on, so that whose turn it was can be counted later.
    """

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="log")
    lane = models.CharField(max_length=4, choices=Lane, default=Lane.ALL)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EntryKind)
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=14, blank=True)
    post_kind = models.CharField(max_length=16, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        constraints = [
            models.UniqueConstraint(fields=["thread", "lane", "seq"], name="the_log_counts_each_change_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} {self.lane} {self.seq}: {self.kind}"
