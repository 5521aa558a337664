"""Sentry and OpenTelemetry, for whoever has them: named in the environment, installed beside the forum, else absent."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from forum.running import lines

TRACING = " ".join(
    f"opentelemetry-{part}"
    for part in ("exporter-otlp-proto-http", "instrumentation-django", "instrumentation-psycopg")
)


def begin() -> None:
    if settings.SENTRY_DSN:
        sentry = needed("sentry_sdk", "SENTRY_DSN", "sentry-sdk")
        sentry.init(
            dsn=settings.SENTRY_DSN,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=without_address,
            before_breadcrumb=lambda crumb, hint: None,
        )
    if settings.OTEL_ENDPOINT:
        trace()


def without_address(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Addresses, headers and cookies stay here: some have keys in them. The id leads to our own lines."""
    event.pop("request", None)
    event.setdefault("tags", {})["work"] = lines.work.get()
    return event


def trace() -> None:
    def part(module: str) -> Any:
        return needed(f"opentelemetry.{module}", "OTEL_EXPORTER_OTLP_ENDPOINT", TRACING)

    provider = part("sdk.trace").TracerProvider(
        resource=part("sdk.resources").Resource.create({"service.name": "forum"})
    )
    exporter = part("exporter.otlp.proto.http.trace_exporter").OTLPSpanExporter()
    provider.add_span_processor(part("sdk.trace.export").BatchSpanProcessor(exporter))
    part("trace").set_tracer_provider(provider)
    part("instrumentation.django").DjangoInstrumentor().instrument(response_hook=named_by_view)
    part("instrumentation.psycopg").PsycopgInstrumentor().instrument(skip_dep_check=True)


def named_by_view(span: Any, request: Any, response: Any) -> None:
    """In the place of addresses, for the same reason."""
    if span.is_recording():
        view = lines.view_of(request)
        for attribute in ("http.url", "http.target", "url.full", "url.path", "url.query"):
            span.set_attribute(attribute, view)
        span.set_attribute("forum.work", lines.work.get())


def needed(module: str, setting: str, packages: str) -> Any:
    try:
        return import_module(module)
    except ImportError as missing:
        raise ImproperlyConfigured(
            f"{setting} is set, but {missing.name} is not installed: pip install {packages}"
        ) from missing
