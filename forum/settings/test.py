"""For pytest: everything is thrown away afterwards, and nothing waits."""

import atexit
import os
import shutil
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="forum-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

# Tests side by side share one Redis server, so each worker has a database and a channel prefix of its own.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if url := os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = f"{url.rpartition('/')[0]}/{int(WORKER.removeprefix('gw')) + 1}"

from forum.settings.base import *

SECRET_KEY = "not a secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SPAM_SIGNALS = NEWCOMER_LIMITS = False
RATE_LIMITS = ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
LETTERS_ARE_QUEUED = False
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STATIC_FROM_SOURCE = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if REDIS_URL:
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"tests-{WORKER}"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because tests with several threads or a server need several connections.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    # Nobody mourns a test database after a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )
else:
    # A pool would hold connections open while the test database is dropped.
    DATABASES["default"]["OPTIONS"].pop("pool")
