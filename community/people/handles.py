"""Handles: how they are written, which look alike, which nobody may take."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

HANDLE = r"[A-Za-z0-9][A-Za-z0-9_-]{2,29}"
check_shape = RegexValidator(
    rf"\A{HANDLE}\Z",
    _("Use 3 to 30 letters (a to z), digits, dashes or underscores, and begin with a letter or a digit."),
    code="shape",
)

# What a hurried reader takes for one another, after case is folded: first pairs of letters, then single ones.
# Dashes and underscores are dropped, so that "red-fox", "red_fox" and "redfox" are one name.
LOOK_ALIKE_PAIRS = {"rn": "m", "vv": "w"}
LOOK_ALIKE_LETTERS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "-": None, "_": None})

# Names that speak for the house, name a part of it, or would read as an address of ours.
# fmt: off
RESERVED = frozenset(
    {
        "abuse", "account", "accounts", "admin", "administrator", "administrators", "agent", "agents", "all",
        "anonymous", "api", "bot", "billing", "cms", "community", "contact", "deleted", "desk", "everyone", "faq",
        "feedback", "former-member", "forthright", "forum", "guest", "health", "help", "helpdesk", "here",
        "hostmaster", "info", "inbox", "legal", "live", "login", "logout", "mail", "maintenance", "me", "media",
        "member", "members", "mod", "moderation", "moderator", "moderators", "new", "news", "nobody", "none",
        "noreply", "no-reply", "notice", "notifications", "null", "official", "operator", "owner", "password",
        "people", "postmaster", "press", "privacy", "profile", "relay", "relay-desk", "relay-support", "relay-team",
        "root", "safety", "sales", "search", "security", "settings", "signin", "signup", "spaces", "staff",
        "static", "status", "support", "supportdesk", "supportteam", "sysadmin", "system", "tags", "team",
        "the-desk", "threads", "ticket", "tickets", "undefined", "unknown", "user", "username", "users", "verified",
        "webmaster", "www", "you",
    }
)
# fmt: on


def look_alike_key(handle: str) -> str:
    """The same text for every handle that a reader could take for this one."""
    key = handle.casefold()
    for pair, letter in LOOK_ALIKE_PAIRS.items():
        key = key.replace(pair, letter)
    # A name of dashes only never passes the shape, yet rows must not share an empty key.
    return key.translate(LOOK_ALIKE_LETTERS) or key


_RESERVED_KEYS = frozenset(look_alike_key(name) for name in RESERVED)
# "support-berlin" or "desk-7" would pass for one of us, "former-member-12" for somebody who left.
_RESERVED_BEGINNINGS = tuple(
    look_alike_key(name) for name in ("admin", "moderator", "support", "official", "former-member")
)


def is_reserved(handle: str) -> bool:
    key = look_alike_key(handle)
    if is_reserved_word(key) or key.startswith(_RESERVED_BEGINNINGS):
        return True
    return handle.casefold().replace("_", "-").startswith(("desk-", "relay-"))


def is_reserved_word(key: str) -> bool:
    """Whether this look-alike key is, as a whole, one of the reserved names."""
    return key in _RESERVED_KEYS


def check_reserved(handle: str) -> None:
    """Raises ValidationError for a name that would speak for the house."""
    if is_reserved(handle):
        raise ValidationError(_("This handle is reserved. Please choose another."), code="reserved")


def of_somebody_gone(member_id: int) -> str:
    """Stands for who gave up the account; nobody can choose it."""
    return f"former-member-{member_id}"


def spent_mark(handle: str) -> str:
    """Stands for the handle, and all that look like it, where it must not be read."""
    return salted_hmac("community.people.handles", look_alike_key(handle), algorithm="sha256").hexdigest()
