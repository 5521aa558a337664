"""Settings of a server at which one address always breaks: tests.safety.broken."""

from tests.serving import *  # noqa: F403

ROOT_URLCONF = "tests.safety.broken"
