"""The embedded forum as it is served, with a view that does nothing and without limits on how often."""

from forum.settings.embedded import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
RATE_LIMITS = SPAM_SIGNALS = NEWCOMER_LIMITS = False
