"""Sentry and OpenTelemetry, for whoever has them: named in the environment, installed beside the forum, else absent."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from forum.running import lines
from forum.running.requests import HEADER

# Without the part for ASGI that for Django leaves out, without a word, whatever came through Daphne.
TRACED_WITH = ("exporter-otlp-proto-http", *(f"instrumentation-{what}" for what in ("asgi", "django", "psycopg")))
TRACING = " ".join(f"opentelemetry-{part}" for part in TRACED_WITH)
# What a trace would say of a page's address, and of who asked for it.
ADDRESS = ("http.url", "http.target", "url.full", "url.path", "url.query")
WHO = ("http.user_agent", "user_agent.original", "net.peer.ip", "client.address", "network.peer.address")


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
    """In the place of addresses, for the same reason; and nothing of who asked."""
    if span.is_recording():
        span.set_attributes(dict.fromkeys(ADDRESS, lines.view_of(request)) | dict.fromkeys(WHO, ""))
        # It stands around everything else, so what was being worked on is over by now.
        told = getattr(request, "scope", {}).get("request_id") or response.headers.get(HEADER, "")
        span.set_attribute("forum.work", told)


def needed(module: str, setting: str, packages: str) -> Any:
    try:
        return import_module(module)
    except ImportError as missing:
        raise ImproperlyConfigured(
            f"{setting} is set, but {missing.name} is not installed: pip install {packages}"
        ) from missing
