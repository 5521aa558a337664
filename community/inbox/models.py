from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .queries import NoticeQuerySet


class NoticeKind(models.TextChoices):
    REPLIED = "replied", _("replied")
    MENTIONED = "mentioned", _("mentioned you")
    ASKED_BACK = "asked_back", _("asks you something")
    PROPOSED = "proposed", _("proposes a solution: does it help?")
    ACCEPTED = "accepted", _("stands behind your answer")
    CONFIRMED = "confirmed", _("says that your answer works")
    FAILED = "failed", _("says that your answer did not help")
    CLOSED = "closed", _("closed this")
    REOPENED = "reopened", _("opened this again")
    MERGED = "merged", _("merged a question you follow into this")
    SPLIT_OFF = "split_off", _("made a thread of its own of posts in one you follow")
    MOVED_HERE = "moved_here", _("moved posts into a thread you follow")
    TIMER_SKIPPED = "timer_skipped", _("stays as it is, although the time you set has come")
    MERGED_YOURS = "merged_yours", _("merged your question with another: is it the same?")
    HELPS_TOO = "helps_too", _("There is a solution where your question leads: does it help you?")
    UNMERGED = "unmerged", _("took your question apart: it stands alone again")
    HANDED_OVER = "handed_over", _("has written a request for you to send")
    COPIED_IN = "copied_in", _("copied you in")
    REQUEST_OPENED = "request_opened", _("opened a request")
    ASIDE = "aside", _("talks with you about this in private")
    ASSIGNED = "assigned", _("gave you this")
    CALLED = "called", _("wants to talk to a person now")
    CALL_LATE = "call_late", _("waits longer for a person than was promised")
    ROTA_GAP = "rota_gap", _("Nobody is on shift in hours that we promised")
    CLOCK_RUNS = "clock_runs", _("most of the promised time has passed")
    CLOCK_LATE = "clock_late", _("the promised time has passed")
    DELIVERED = "delivered", _("says that what was promised is done: has it come?")
    JUDGED = "judged", _("says what became of the promise")
    PROMISE_DUE = "promise_due", _("what you promised is due soon")
    OVERDUE = "overdue", _("the promised time has passed: has it come?")
    DEADLINE = "deadline", _("needs it before our word: decide")
    UNDECIDED = "undecided", _("nobody has decided about a deadline")
    DECIDED = "decided", _("decided about your deadline")
    OFFERED = "offered", _("offers more than was promised")
    OFFER_ANSWERED = "offer_answered", _("answered your offer")
    ESCALATED = "escalated", _("calls for you")
    TAKEN = "taken", _("looks after it now")
    COMPLAINED = "complained", _("says that this did not help")
    HEARD = "heard", _("answered what you told support")
    THANKED = "thanked", _("thanks you: it is solved")
    PRAISED = "praised", _("thanks somebody of yours: it is solved")
    WRITTEN_DOWN = "written_down", _("wrote down what you told us")
    WARNED = "warned", _("a warning for you: read it")
    SILENCED = "silenced", _("you are silenced: read why, and appeal")
    SUSPENDED = "suspended", _("you are suspended: read why, and appeal")
    SANCTION_ENDED = "sanction_ended", _("this no longer stands")
    APPEAL_DECIDED = "appeal_decided", _("your appeal was decided")
    FLAG_UPHELD = "flag_upheld", _("your flag was right: read what was decided")
    FLAG_DECLINED = "flag_declined", _("your flag was declined: read why")
    POST_HIDDEN = "post_hidden", _("what you wrote was hidden: read why")
    TAKEN_AWAY = "taken_away", _("something of yours was taken away: read why")
    TRUST_ROSE = "trust_rose", _("you are trusted more now: read what you may")
    TRUST_SET = "trust_set", _("somebody decided about your trust: read why")
    TRUST_FELL = "trust_fell", _("you are trusted less now: read why")
    DATA_READY = "data_ready", _("can be fetched for seven days")
    HELD_APPROVED = "held_approved", _("a moderator has let it be posted")
    HELD_DECLINED = "held_declined", _("a moderator has not let it be posted: read why")


class NoticeGroup(models.TextChoices):
    """What a member chooses the way for."""

    MINE = "mine", _("What you asked and answered")
    NAMED = "named", _("Your name in a post")
    FOLLOWED = "followed", _("Threads that you follow")
    ORGANISATION = "organisation", _("Requests of your organisation")
    STANDING = "standing", _("What moderators decide about you")
    WORK = "work", _("Work at the desk and in moderation")


class Way(models.TextChoices):
    AT_ONCE = "at_once", _("Mail at once")
    DAILY = "daily", _("One mail a day")
    HERE = "here", _("Only in the inbox")


class Mailed(models.TextChoices):
    NEW = "new", _("not looked at yet")
    WAITS = "waits", _("waits for the mail of the day")
    SENDING = "sending", _("on its way")
    DONE = "done", _("mailed, or not to be mailed")


class Notice(models.Model):
    """Something a member is told. What is like it and unread is one row, which counts."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, related_name="+")
    # The first of the posts it is about, where reading begins, and the last.
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, related_name="+")
    last_post = models.ForeignKey("threads.Post", models.CASCADE, null=True, related_name="+")
    # Where it leads when it is about no thread, and what stands there.
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    # Who did it, the last of them where there are several; nobody where a clock did.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed = models.CharField(max_length=8, choices=Mailed, default=Mailed.NEW)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="notices_of_a_member"),
            models.Index(fields=["member"], condition=~Q(mailed=Mailed.DONE), name="notices_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "thread", "kind"],
                condition=Q(read_at=None, thread__isnull=False),
                name="one_unread_notice_for_each_thing",
            ),
            models.UniqueConstraint(
                fields=["member", "path", "kind"], condition=Q(thread=None), name="one_notice_for_each_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"

    @property
    def group(self) -> str:
        """What its mail is chosen by; nothing for what is never mailed from here."""
        return GROUP_OF.get(self.kind, "")

    @property
    def url(self) -> str:
        if self.post:
            return self.post.permalink
        return self.thread.get_absolute_url() if self.thread else self.path

    @property
    def about(self) -> str:
        """People's words: the title of what it is about."""
        return self.thread.title if self.thread else self.title


class MailWish(models.Model):
    """In which way a member wants to be told; without one the default of the group holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_wishes")
    group = models.CharField(max_length=12, choices=NoticeGroup)
    way = models.CharField(max_length=8, choices=Way)

    class Meta:
        verbose_name = _("wish about mail")
        verbose_name_plural = _("wishes about mail")
        constraints = [models.UniqueConstraint(fields=["member", "group"], name="one_wish_for_each_group")]

    def __str__(self) -> str:
        return f"{self.group} of {self.member_id}: {self.way}"


class MailRefusal(models.Model):
    """The mail server takes nothing for the member's address, and said so for good: it holds for that address."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_refusal"
    )
    address = models.EmailField()
    words = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")

    def __str__(self) -> str:
        return f"refused for {self.member_id}"


_KINDS = {
    NoticeGroup.MINE: """asked_back proposed accepted confirmed failed closed reopened merged_yours helps_too
        unmerged aside delivered judged overdue decided offered heard written_down thanked""",
    NoticeGroup.NAMED: "mentioned",
    NoticeGroup.FOLLOWED: "replied merged split_off moved_here",
    NoticeGroup.ORGANISATION: "handed_over request_opened copied_in taken",
    NoticeGroup.STANDING: """warned silenced suspended sanction_ended appeal_decided flag_upheld flag_declined
        post_hidden taken_away trust_set trust_rose trust_fell held_approved held_declined""",
    NoticeGroup.WORK: """assigned called call_late deadline undecided offer_answered complained timer_skipped
        praised""",
}
GROUP_OF = {kind: group for group, kinds in _KINDS.items() for kind in kinds.split()}
# Whoever is told of these gets a mail of its own: from the desk, or with where a member's own data is.
MAILED_BY_THE_DESK = frozenset({"rota_gap", "clock_runs", "clock_late", "promise_due", "escalated", "data_ready"})
