"""Sentry and OpenTelemetry are for whoever names them; a package that is missing is named at the start."""

import pytest

from tests.architecture.test_settings import in_production


@pytest.mark.parametrize(("setting", "value", "package"), [
    ("SENTRY_DSN", "https://key@sentry.example/1", "pip install sentry-sdk"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "opentelemetry-exporter-otlp-proto-http"),
])  # fmt: skip
def test_a_missing_package_is_named_at_the_start(setting, value, package):
    refused = in_production("manage.py", "check", **{setting: value})

    assert refused.returncode != 0
    assert setting in refused.stderr.splitlines()[-1]
    assert package in refused.stderr.splitlines()[-1]
