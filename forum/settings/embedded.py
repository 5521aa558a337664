"""The default: needs nothing but Python and keeps everything below DATA_DIR."""

from django.utils.translation import gettext_lazy as _

from forum.settings.base import *
from forum.settings.environment import env, kept_secret

SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(DATA_DIR / "secret_key")
DEMO_SIGN_IN = env.bool("DEMO_SIGN_IN", True)
DEMO_PEOPLE = [
    ("fenwick-it", _("customer")),
    ("fenwick-dispatch", _("her colleague with secondary access")),
    ("harbour-dental", _("second customer")),
    ("tallow", _("peer")),
    ("osier", _("moderator")),
    ("desk-2", _("support agent")),
    ("halla", _("account manager")),
    ("keeper", _("administrator")),
]

if env.bool("DEVELOPING", False):
    DEBUG = True
    STATIC_FROM_SOURCE = True
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
