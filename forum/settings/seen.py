"""How the forum is seen while it runs: its log, its figures, and whom else it tells."""

from typing import Any

from forum.running.lines import known
from forum.settings.environment import env

# What is counted is told to whoever names this token, and to whoever asks a process itself from one of these networks.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
METRICS_FROM = env.list("METRICS_FROM", [])

# Told of what breaks and how long it took, if the packages are there (forum/running/outside.py).
SENTRY_DSN = env.str("SENTRY_DSN", "")
OTEL_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "")

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"known": {"()": lambda: known}},
    "formatters": {
        "line": {"()": "forum.running.lines.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "forum.running.lines.Json"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["known"]},
        "counted": {"class": "forum.running.figures.CountErrors", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "counted"], "level": LOG_LEVEL},
    # Ours alone: Django's default handlers would say everything twice, or by mail.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
