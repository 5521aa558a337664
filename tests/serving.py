"""The embedded settings, with style sheets and scripts straight from the source tree, so that nothing is collected."""

from forum.settings.embedded import *  # noqa: F403
from forum.settings.embedded import PASSWORD_HASHERS, STORAGES

STATIC_FROM_SOURCE = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# People whom the tests made sign in here too.
PASSWORD_HASHERS.append("django.contrib.auth.hashers.MD5PasswordHasher")
