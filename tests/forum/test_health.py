import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client


def test_a_living_process_answers_whatever_host_the_probe_names(client: Client):
    answer = client.get("/health/live", headers={"host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_means_that_database_and_cache_work(client: Client):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "ok"})


@pytest.mark.django_db
def test_a_database_that_fails_is_named_without_its_words(client: Client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("password=secret")

    monkeypatch.setattr(connection, "cursor", fail)

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"database": "failed", "cache": "ok"})


@pytest.mark.django_db
def test_a_cache_that_forgets_is_named_and_we_work_without_it(client: Client, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: None)

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "cache": "failed"})


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_a_probe_only_reads(client: Client, address):
    assert client.post(address).status_code == 405
