import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people import faces
from community.people.handles import check_shape, look_alike_key
from community.people.likeness import Likeness
from community.people.queries import MemberQuerySet

# How long an archive of somebody's own data can be fetched.
FETCHED_WITHIN = timedelta(days=7)


class Role(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    MODERATOR = "moderator", _("Moderator")
    AGENT = "agent", _("Support agent")
    ADMINISTRATOR = "administrator", _("Administrator")


TEAM = frozenset({Role.MODERATOR, Role.AGENT, Role.ADMINISTRATOR})
CURATORS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
OFFICIALS = frozenset({Role.AGENT, Role.ADMINISTRATOR})


class Trust(models.IntegerChoices):
    """Earned by peers, never given with a role."""

    NEW = 0, _("New here")
    KNOWN = 1, _("Known")
    HELPFUL = 2, _("Helpful")
    TRUSTED = 3, _("Trusted")


class LookAlikeKey(models.CharField):
    """Follows the handle on every way of saving, so that no way of saving can forget it."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        key = look_alike_key(model_instance.handle)
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        # For the database it is plain text; migrations import nothing of ours.
        return name, "django.db.models.CharField", args, kwargs


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, handle: str, email: str = "", password: str | None = None, **fields: Any) -> "Member":
        """Without a password the member cannot sign in with one, until a reset sets it."""
        member = self.model(handle=handle, email=email.strip().lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, handle: str, email: str = "", password: str | None = None, **fields: Any) -> "Member":
        standing = {"role": Role.ADMINISTRATOR, "is_staff": True, "is_superuser": True}
        return self.create_user(handle, email, password, **(standing | fields))

    def get_by_natural_key(self, handle: str | None) -> "Member":
        return self.get(handle__iexact=handle)


class Member(AbstractBaseUser, PermissionsMixin):
    handle = models.CharField(
        _("handle"),
        max_length=30,
        unique=True,
        validators=[check_shape],
        error_messages={"unique": _("This handle is taken, or looks like one that is.")},
    )
    handle_key = LookAlikeKey(max_length=30, unique=True, editable=False)
    # Blank for people known only from imported threads; everybody who signs up has one.
    email = models.EmailField(_("e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.CUSTOMER)
    trust = models.PositiveSmallIntegerField(_("trust"), choices=Trust, default=Trust.NEW)
    helped_count = models.PositiveIntegerField(_("people helped"), default=0)
    # Of these, how many before there was a word about each here: in a forum that this one took the place of.
    helped_before = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    bio = models.TextField(_("about"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the back office"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Why the member was deactivated, or, while active, why that was taken back.
    deactivated_because = models.TextField(blank=True, editable=False)
    # What stands against the member now, written by community.moderation; `until` None is for good. Kept on the row, so
    # that no policy has to ask for it. A time that has passed counts no more, whether or not it was cleared away.
    silenced_at = models.DateTimeField(null=True, blank=True, editable=False)
    silenced_until = models.DateTimeField(null=True, blank=True, editable=False)
    silenced_because = models.CharField(max_length=300, blank=True, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_because = models.CharField(max_length=300, blank=True, editable=False)
    # Kept in step by community.inbox, so that no page has to count.
    unread_notices = models.PositiveIntegerField(default=0, editable=False)
    # From then on nobody in particular: what was written stays, whose it was is gone.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Ids of those the member hears nothing from (Muting), so that no page of a thread has to ask.
    muted = models.JSONField(default=list, editable=False)
    # Part of what a session is checked against: raising it ends every session of the member.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_member_for_each_email_address"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="member_roles_are_known"),
            models.CheckConstraint(condition=Q(trust__lte=3), name="trust_is_0_to_3"),
            models.CheckConstraint(
                condition=Q(silenced_at=None, silenced_until=None, silenced_because="")
                | (~Q(silenced_at=None) & ~Q(silenced_because="")),
                name="silenced_members_read_why",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_until=None, suspended_because="")
                | (~Q(suspended_at=None) & ~Q(suspended_because="")),
                name="suspended_members_read_why",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(email="", name="", bio="", website="", is_active=False),
                name="nothing_is_kept_of_the_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return username.strip() if isinstance(username, str) else username

    @property
    def called(self) -> str:
        """What people call this member: the display name, else the handle."""
        return gettext("Former member") if self.erased_at else self.name or self.handle

    @property
    def is_team(self) -> bool:
        """Reads internal notes, and what is hidden or deleted."""
        return self.role in TEAM

    @property
    def curates(self) -> bool:
        """May hide, lock, move and close."""
        return self.role in CURATORS

    @property
    def answers_officially(self) -> bool:
        """Speaks for the company."""
        return self.role in OFFICIALS

    def is_silenced(self, at: datetime) -> bool:
        """Reads, and says nothing that others read."""
        return self.silenced_at is not None and (self.silenced_until is None or at < self.silenced_until)

    def is_suspended(self, at: datetime) -> bool:
        """Does not come in."""
        return self.suspended_at is not None and (self.suspended_until is None or at < self.suspended_until)

    @property
    def likeness(self) -> Likeness:
        stands = self.is_active and not self.is_suspended(clock.now())
        return Likeness(self.role if stands else Role.CUSTOMER)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "community.people.models.Member", f"{self.password}:{self.session_round}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.called

    def get_short_name(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        return reverse("people:profile", args=[self.handle])

    @property
    def face_url(self) -> str:
        """The picture, under an address that changes with it."""
        return f"{reverse('people:face', args=[self.handle])}?v={faces.version(self.handle, of_team=self.is_team)}"

    def natural_key(self) -> tuple[str]:
        return (self.handle,)


class Muting(models.Model):
    """Somebody wants to hear nothing from somebody else. It hides for the one who said so, and from nobody else."""

    by = models.ForeignKey(Member, models.CASCADE, related_name="mutings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    # The other one reaches the member no more either, and reads so when trying.
    blocks = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "member"], name="one_muting_each"),
            models.CheckConstraint(condition=~Q(by=models.F("member")), name="nobody_mutes_himself"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} hears nothing from {self.member_id}"


def archive_name(export: "Export", filename: str) -> str:
    """Where the archive lies: under a name that nobody guesses and that says nothing of the member."""
    return f"exports/{export.key.hex}.zip"


class Export(models.Model):
    """A member's own data, asked for by the member: made beside the request, fetched within seven days, then gone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=archive_name, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ready_at=None) | ~Q(file=""), name="what_is_ready_can_be_fetched"),
            models.UniqueConstraint(fields=["member"], condition=Q(ready_at=None), name="one_export_being_made_each"),
        ]

    def __str__(self) -> str:
        return f"data of {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("people:fetch_data", args=[self.key])

    @property
    def ends_at(self) -> datetime | None:
        return self.ready_at + FETCHED_WITHIN if self.ready_at else None


class SpentHandle(models.Model):
    """A handle whose owner has gone, so that nobody else is taken for that person: a keyed hash, the handle no more."""

    mark = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.mark


class Erasure(models.Model):
    """A member is forgotten: by whom and why, and, until every place was gone through, which words to look for."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="erasure")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    # The names and addresses: {"handle": …, "name": …, "emails": […]}. Gone with the last of what they lead to.
    words = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None, words__isnull=False) | Q(done_at__isnull=False, words__isnull=True),
                name="what_was_looked_for_is_forgotten_too",
            )
        ]

    def __str__(self) -> str:
        return f"erasure of {self.member_id}"

    @property
    def emails(self) -> list[str]:
        """The addresses that were the member's, as long as they are looked for."""
        return self.words["emails"] if self.words else []
