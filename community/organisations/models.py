import uuid
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .codes import looks_like_a_code
from .queries import AgreementVersionQuerySet, InvitationQuerySet, OrganisationQuerySet, SeatQuerySet

invitations_signer = Signer(salt="community.organisations.invitation")


class Severity(models.TextChoices):
    """How much of the customer's work stands still; plans promise times by it."""

    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Plan(models.Model):
    """What a company can subscribe to."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    caller_seats = models.PositiveSmallIntegerField(
        _("seats for named callers"), help_text=_("Five in a basic plan, ten in an enhanced one.")
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A customer company. Its row is the lock for every change to its seats."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="organisations", verbose_name=_("plan"))
    subscription_code = models.CharField(
        _("subscription code"),
        max_length=40,
        unique=True,
        help_text=_("Only the organisation's people and support ever see it."),
    )
    starts_on = models.DateField(_("begins on"))
    expires_on = models.DateField(_("ends on"), help_text=_("The last day of the subscription."))
    welcome = models.TextField(_("first steps"), max_length=10_000, blank=True, help_text=_("Markdown."))
    welcome_html = models.TextField(blank=True, editable=False)
    account_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("account manager")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    founded_at = models.DateTimeField(editable=False)
    # Since when its people come in only with a second factor; its own administrator decides.
    second_factor_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("starts_on")), name="subscriptions_end_after_they_begin"
            ),
            models.CheckConstraint(condition=~Q(deputy=F("account_manager")), name="a_deputy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.slug])

    def clean(self) -> None:
        """Says of each field what is wrong with it, so that the form can show it there."""
        wrong = {}
        if self.starts_on and self.expires_on and self.expires_on < self.starts_on:
            wrong["expires_on"] = _("A subscription ends after it begins.")
        if self.subscription_code and not looks_like_a_code(self.subscription_code):
            wrong["subscription_code"] = _(
                "At least six characters without a space, one of them a digit or a hyphen: so it is found and masked."
            )
        for field in ("account_manager", "deputy"):
            if getattr(self, f"{field}_id") and not getattr(self, field).answers_officially:
                wrong[field] = _("Only support looks after organisations.")
        if self.deputy_id and self.deputy_id == self.account_manager_id:
            wrong["deputy"] = _("The deputy is somebody else than the account manager.")
        if wrong:
            raise ValidationError(wrong)

    def has_expired(self, today: date) -> bool:
        return today > self.expires_on

    def days_left(self, today: date) -> int:
        """Full days after today; negative once it has ended."""
        return (self.expires_on - today).days


class Domain(models.Model):
    """Where the people of an organisation have their e-mail addresses. A hint for those who invite, never a right."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=120)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [models.UniqueConstraint(Lower("name"), name="a_domain_belongs_to_one_organisation")]

    def __str__(self) -> str:
        return self.name


class SeatKind(models.TextChoices):
    CALLER = "caller", _("Named caller")
    READER = "reader", _("Secondary access")


class Seat(models.Model):
    """Somebody speaks for an organisation, or reads along. A seat that changes ends, and another one begins."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="seats")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    kind = models.CharField(_("kind"), max_length=8, choices=SeatKind)
    manages = models.BooleanField(_("manages the seats"), default=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member"], condition=Q(ended_at=None), name="one_seat_each_in_an_organisation"
            ),
            models.CheckConstraint(condition=Q(kind__in=SeatKind.values), name="seat_kinds_are_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.organisation_id}: {self.kind}"


class Invitation(models.Model):
    """A seat offered to an e-mail address, once. The link in the mail is signed, so no secret of it is kept here."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=8, choices=SeatKind)
    manages = models.BooleanField(default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_open_invitation_for_each_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation_id}"

    def get_absolute_url(self) -> str:
        return reverse("organisations:invitation", args=[self.token])

    @property
    def token(self) -> str:
        return invitations_signer.sign(str(self.pk))

    @classmethod
    def id_in(cls, token: str) -> int | None:
        """The number of the invitation a link was made for; None for a link that is not ours."""
        try:
            return int(invitations_signer.unsign(token))
        except (BadSignature, ValueError):
            return None

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class Agreement(models.Model):
    """What an organisation and we have signed, under one title however often it was written anew."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="agreements")
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", Lower("title"), name="one_agreement_of_each_title"),
        ]

    def __str__(self) -> str:
        return self.title


def stored_name(version: "AgreementVersion", filename: str) -> str:
    """Where the file lies: never a name that a person chose."""
    return f"agreements/{version.key.hex[:2]}/{version.key.hex}"


class AgreementVersion(models.Model):
    """The file of an agreement as it was at a time. A later one stands above it and never in its place."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=stored_name)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="bytes")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="versions_of_an_agreement_count_up"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("organisations:agreement", args=[self.agreement.organisation.slug, self.key, self.name])


class ExpiryReminder(models.Model):
    """That people were told of the end of a subscription, so that nobody is told twice."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="expiry_reminders")
    expires_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "expires_on", "days"], name="one_reminder_for_each_day_count"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.days} days before {self.expires_on}"
