from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import Role, Trust
from community.threads.models import LONGEST_REASON, State

from ..queries import DecisionQuerySet
from .flags import FlagReason, Outcome
from .held import HeldBecause
from .kinds import FOR_GOOD, SanctionKind


class Verb(models.TextChoices):
    UPHELD_FLAG = "upheld_flag", _("upheld a flag")
    DECLINED_FLAG = "declined_flag", _("declined a flag")
    HID_POST = "hid_post", _("hid a post")
    SHOWED_POST = "showed_post", _("showed a post again")
    DELETED_POST = "deleted_post", _("deleted a post")
    RESTORED_POST = "restored_post", _("restored a post")
    TOOK_FILE = "took_file", _("took a file away")
    GAVE_FILE_BACK = "gave_file_back", _("showed a file again")
    CLEARED_PROFILE = "cleared_profile", _("cleared a profile")
    EDITED_POST = "edited_post", _("edited a post")
    HID_THREAD = "hid_thread", _("hid a thread")
    SHOWED_THREAD = "showed_thread", _("showed a thread again")
    LOCKED = "locked", _("locked a thread")
    UNLOCKED = "unlocked", _("unlocked a thread")
    PINNED = "pinned", _("pinned a thread")
    UNPINNED = "unpinned", _("unpinned a thread")
    MOVED = "moved", _("moved a thread")
    CLOSED = "closed", _("closed a thread")
    REOPENED = "reopened", _("reopened a thread")
    SLOWED = "slowed", _("changed how often one may reply")
    SET_TIMER = "set_timer", _("set a time for a thread")
    DROPPED_TIMER = "dropped_timer", _("took back a time that was set")
    SPLIT = "split", _("moved posts to a thread of their own")
    MOVED_POSTS = "moved_posts", _("moved posts to another thread")
    TAGGED = "tagged", _("gave a thread a tag")
    UNTAGGED = "untagged", _("took a tag off a thread")
    MERGED = "merged", _("merged a thread")
    UNMERGED = "unmerged", _("took a merged thread apart")
    CHANGED_ROLE = "changed_role", _("changed a role")
    DEACTIVATED = "deactivated", _("deactivated a member")
    REACTIVATED = "reactivated", _("let a member come back")
    ERASED = "erased", _("erased an account")
    WARNED = "warned", _("warned a member")
    SILENCED = "silenced", _("silenced a member")
    SUSPENDED = "suspended", _("suspended a member")
    ENDED_EARLY = "ended_early", _("took back a decision about a member")
    RAN_OUT = "ran_out", _("has run out")
    UPHELD_ON_APPEAL = "upheld_on_appeal", _("let a decision stand after an appeal")
    APPROVED_HELD = "approved_held", _("let something held be posted")
    DECLINED_HELD = "declined_held", _("declined something held")
    CLEARED_WAVE = "cleared_wave", _("cleared a wave away")
    DISMISSED_WAVE = "dismissed_wave", _("said that it is no wave")
    RESTORED_WAVE = "restored_wave", _("took back the clearing of a wave")
    FREED_ACCOUNT = "freed_account", _("let an account write again")
    LIFTED_ON_APPEAL = "lifted_on_appeal", _("took back a decision after an appeal")
    FLAGS_HID = "flags_hid", _("flags of several members hid a post")
    KEPT_ANSWER = "kept_answer", _("kept an answer that some say fails")
    HANDED_OVER = "handed_over", _("handed a contradiction to support")
    TRUST_ROSE = "trust_rose", _("trust has risen by rule")
    TRUST_FELL = "trust_fell", _("trust has fallen by rule")
    SET_TRUST = "set_trust", _("set the trust of a member")
    RELEASED_TRUST = "released_trust", _("let rules decide about trust again")
    CHANGED_WORD = "changed_word", _("changed what is watched")
    CHANGED_RULE = "changed_rule", _("changed what is read before it is published")
    CHANGED_LIMITS = "changed_limits", _("changed what one may put into a post")
    CHANGED_TRUST = "changed_trust_rule", _("changed how trust is earned and lost")
    UNDID = "undid", _("took back a decision within seconds")


CORRECTED, HELD = "corrected", "held"
# What stands before and after such a decision, by key.
SAID_IN_WORDS: dict[str, dict[str, Any]] = {
    Verb.UPHELD_FLAG: dict(FlagReason.choices) | dict(Outcome.choices),
    Verb.DECLINED_FLAG: dict(FlagReason.choices) | dict(Outcome.choices),
    Verb.APPROVED_HELD: dict(HeldBecause.choices) | {CORRECTED: _("corrected")},
    Verb.DECLINED_HELD: dict(HeldBecause.choices),
    Verb.UNDID: dict(Outcome.choices) | {"declined": _("declined"), "approved": _("approved")},
    Verb.TRUST_ROSE: {str(key): label for key, label in Trust.choices},
    Verb.TRUST_FELL: {str(key): label for key, label in Trust.choices},
    Verb.SET_TRUST: {str(key): label for key, label in Trust.choices} | {HELD: _("held")},
    Verb.CLOSED: dict(State.choices),
    Verb.CHANGED_ROLE: dict(Role.choices),
    Verb.SILENCED: {FOR_GOOD: _("for good")},
    Verb.SUSPENDED: {FOR_GOOD: _("for good")},
    Verb.ENDED_EARLY: dict(SanctionKind.choices),
    Verb.RAN_OUT: dict(SanctionKind.choices),
    Verb.UPHELD_ON_APPEAL: dict(SanctionKind.choices),
    Verb.LIFTED_ON_APPEAL: dict(SanctionKind.choices),
}
KEYS_APART = ", "


class Decision(models.Model):
    """One act of moderation, never changed afterwards: who, what, when, why, and what it changed."""

    verb = models.CharField(max_length=20, choices=Verb)
    # Nobody where a time that was set has come.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions")
    thread = models.ForeignKey("threads.Thread", models.CASCADE, null=True, related_name="decisions")
    post = models.ForeignKey("threads.Post", models.CASCADE, null=True, related_name="decisions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions_about_me")
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["-at"], name="decisions_newest")]

    def __str__(self) -> str:
        return f"{self.verb} by {self.actor_id}"

    @property
    def was(self) -> str:
        return self.in_words(self.before)

    @property
    def became(self) -> str:
        return self.in_words(self.after)

    @property
    def reason(self) -> str:
        """Somebody's own words, or the house's in the language of whoever reads."""
        if self.verb == Verb.MERGED:
            return _("The same problem as #%(number)s.") % {"number": self.after.removeprefix("#")}
        return self.because

    def in_words(self, kept: str) -> str:
        """What is kept are keys, so that each reads them in a language of their own; names stay as they are."""
        words = SAID_IN_WORDS.get(Verb(self.verb), {})
        return ", ".join(str(words.get(key, key)) for key in kept.split(KEYS_APART)) if words else kept
