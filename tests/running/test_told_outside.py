"""Sentry and OpenTelemetry are told of errors and pages of a real server, with the id of the request and no secret."""

import http.client
import json

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.architecture.test_settings import in_production
from tests.running.receiving import receiving
from tests.server import LOCAL, Server

TYPED = {"Cookie": "sessionid=zqcookie", "Authorization": "Bearer zqtoken", "User-Agent": "zqbrowser"}


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
def test_an_error_and_its_trace_arrive_with_the_id_of_the_request_and_nothing_that_was_sent(tmp_path):
    with receiving() as receiver:
        at = f"{LOCAL}:{receiver.server_port}"
        server = Server(
            tmp_path,
            "--web-only",
            DJANGO_SETTINGS_MODULE="tests.running.failing",
            SENTRY_DSN=f"http://key@{at}/1",
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{at}",
        )
        server.start()
        asking = http.client.HTTPConnection(LOCAL, server.port)
        asking.request("GET", "/broken/?key=zqkey", "body=zqbody", TYPED)
        answer = asking.getresponse()
        request_id = answer.headers["X-Request-ID"]
        asking.close()
        # What is left to say is said before it ends.
        server.stop()

    assert answer.status == 500
    [event] = [event for body in receiver.to("/api/1/envelope/") for event in events(body)]
    assert event["tags"]["work"] == request_id
    assert event["exception"]["values"][0]["type"] == "RuntimeError"
    [span] = [span for span in spans(receiver.to("/v1/traces")) if span.get("forum.work") == request_id]
    assert (span["http.route"], span["url.path"], span["net.peer.ip"]) == ("broken/", "tests.safety.broken.broken", "")
    sent = b"".join(body for _path, body in receiver.taken).decode(errors="replace")
    assert [word for word in ("zqcookie", "zqtoken", "zqbrowser", "zqkey", "zqbody") if word in sent] == []


WITHOUT = """
import sys
sys.modules[{module!r}] = None
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check"])
"""


@pytest.mark.parametrize(("setting", "value", "module", "package"), [
    ("SENTRY_DSN", "https://key@sentry.example/1", "sentry_sdk", "pip install sentry-sdk"),
    (
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318", "opentelemetry",
        "opentelemetry-exporter-otlp-proto-http",
    ),
])  # fmt: skip
def test_a_missing_package_is_named_at_the_start(setting, value, module, package):
    refused = in_production("-c", WITHOUT.format(module=module), **{setting: value})

    assert refused.returncode != 0
    assert setting in refused.stderr.splitlines()[-1]
    assert package in refused.stderr.splitlines()[-1]


def events(envelope: bytes) -> list[dict]:
    lines = [json.loads(line) for line in envelope.splitlines() if line.startswith(b"{")]
    return [line for line in lines if "exception" in line]


def spans(bodies: list[bytes]) -> list[dict]:
    """The attributes of each."""
    return [
        {each.key: each.value.string_value for each in span.attributes}
        for body in bodies
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
