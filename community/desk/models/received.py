from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    MAIL = "mail", _("by mail")
    MESSAGE = "message", _("in a message")
    IN_PERSON = "in_person", _("in person")


class Received(models.Model):
    """A case that came to one of us privately, written down for everybody it concerns, with its true beginning."""

    thread = models.OneToOneField("threads.Thread", models.CASCADE, related_name="received")
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    came_at = models.DateTimeField(_("when it came"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("received privately")
        verbose_name_plural = _("received privately")

    def __str__(self) -> str:
        return f"#{self.thread_id} {self.channel}"


class Matter(models.TextChoices):
    """How two conversations stand to each other; sorted, the one that matters most comes first."""

    JOINED = "joined", _("one case")
    OFFERED = "offered", _("perhaps one case")
    APART = "apart", _("two cases")


class CasePair(models.Model):
    """Two conversations of the same asker or organisation about what may be one matter. Only support knows of it."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="+")
    # Begun before it.
    other = models.ForeignKey("threads.Thread", models.CASCADE, related_name="+")
    stands = models.CharField(max_length=10, choices=Matter, default=Matter.OFFERED)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("perhaps one case")
        verbose_name_plural = _("perhaps one case")
        constraints = [
            models.UniqueConstraint(fields=["thread", "other"], name="two_conversations_are_compared_once"),
            models.CheckConstraint(condition=~models.Q(thread=models.F("other")), name="a_case_is_compared_to_another"),
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} and #{self.other_id}: {self.stands}"


class SameCase(models.Model):
    """What came by a second way about a case that was there already. It can be made a case of its own again."""

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="same_cases")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey("spaces.Space", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField()
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    came_at = models.DateTimeField(_("when it came"))
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    # The case of its own that was made of it later.
    parted = models.OneToOneField("threads.Thread", models.SET_NULL, null=True, related_name="+")
    parted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("the same case by another way")
        verbose_name_plural = _("the same case by another way")
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "channel", "came_at", "title"], name="one_row_for_what_came_another_way"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.thread_id} {self.channel}"
