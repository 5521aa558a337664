"""The forum as it is served, with a view that does nothing, without limits on how often, and countable."""

from forum.settings.embedded import *  # noqa: F403
from forum.settings.embedded import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
RATE_LIMITS = SPAM_SIGNALS = NEWCOMER_LIMITS = False
MIDDLEWARE.insert(0, "tests.bench.counting.CountingMiddleware")
