"""What moderators watch for: words and links, and what is read before it is published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.people.models import Trust


class WatchedAct(models.TextChoices):
    HOLD = "hold", _("Hold it for a moderator")
    MASK = "mask", _("Mask it")
    REFUSE = "refuse", _("Refuse it, and say why")
    WARN = "warn", _("Warn the writer once")


class WatchedWord(models.Model):
    """A word, a phrase or a domain, and what happens to a text that has it."""

    pattern = models.CharField(
        _("word, phrase or domain"),
        max_length=100,
        unique=True,
        help_text=_("“casino*” finds “casinos” too; “example.com” finds links there and to “shop.example.com”."),
    )
    act = models.CharField(_("what happens"), max_length=10, choices=WatchedAct, default=WatchedAct.HOLD)
    # None chosen: in all of them.
    spaces = models.ManyToManyField(
        "spaces.Space", blank=True, related_name="+", verbose_name=_("only in these spaces")
    )
    note = models.CharField(
        _("what to tell the writer"),
        max_length=200,
        blank=True,
        help_text=_("Shown when it is refused or warned of. The word itself is always named."),
    )
    is_on = models.BooleanField(_("switched on"), default=True)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["pattern"]

    def __str__(self) -> str:
        return self.pattern


class ApprovalRule(models.Model):
    """What a moderator reads before it is published: in one space, or, without a space, everywhere."""

    space = models.OneToOneField(
        "spaces.Space", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("space")
    )
    is_site_wide = models.BooleanField(default=False, editable=False)
    is_on = models.BooleanField(_("switched on"), default=False)
    everything = models.BooleanField(_("everything"), default=False)
    first_posts = models.PositiveSmallIntegerField(
        _("the first posts of a member"), default=0, help_text=_("How many; 0 is none.")
    )
    below_trust = models.PositiveSmallIntegerField(
        _("members with less trust than"), choices=Trust, default=Trust.NEW, help_text=_("“New here” is nobody.")
    )
    most_links = models.PositiveSmallIntegerField(
        _("more links than"), null=True, blank=True, help_text=_("Empty: links are not counted.")
    )
    languages = models.CharField(
        _("languages spoken here"),
        max_length=60,
        blank=True,
        help_text=_("Codes such as “en de”. Texts in others are held. Empty: all are welcome."),
    )
    links_in_edits = models.BooleanField(_("edits by new members that add links"), default=False)

    class Meta:
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        constraints = [
            models.UniqueConstraint(
                fields=["is_site_wide"], condition=Q(is_site_wide=True), name="one_rule_for_the_whole_site"
            ),
            models.CheckConstraint(
                condition=Q(is_site_wide=True, space=None) | Q(is_site_wide=False, space__isnull=False),
                name="rules_are_of_a_space_or_of_all",
            ),
        ]

    def __str__(self) -> str:
        return f"rule of {self.space_id or 'all'}"


class WatchMark(models.Model):
    """Changes whenever a rule or a watched word does, so that no process goes by what it remembers of before."""

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark
