"""Settings that contradict each other, said at every start and by `manage.py check`, with what to set instead."""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import split_domain_port, validate_host

# Beside the pages a process holds a connection each for its sockets, its worker, the worker's leases and its schedule.
BESIDE_PAGES = 4
# What a measurement or a test does without.
FOR_STRANGERS = ("RATE_LIMITS", "SPAM_SIGNALS", "NEWCOMER_LIMITS")


@checks.register()
def settings_agree(**_: Any) -> list[checks.CheckMessage]:
    return [*about_the_database(), *about_the_address(), *about_mail(), *about_who_comes_in(), *about_figures()]


def about_the_database() -> Iterator[checks.CheckMessage]:
    if settings.PAGE_THREADS < 1:
        yield checks.Error("PAGE_THREADS is less than 1: no page could be made.", hint="Leave it out.", id="forum.E001")
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        return
    pool, needed = database["OPTIONS"].get("pool"), settings.PAGE_THREADS + BESIDE_PAGES
    if pool and pool["max_size"] < needed:
        yield checks.Warning(
            f"DATABASE_POOL is {pool['max_size']}, but {settings.PAGE_THREADS} pages (PAGE_THREADS) and what runs "
            f"beside them want {needed} connections at once: under load pages would answer 503.",
            hint=f"Set DATABASE_POOL to {needed} or more, or PAGE_THREADS to fewer.",
            id="forum.W001",
        )
    if not settings.REDIS_URL:
        yield checks.Warning(
            "PostgreSQL without REDIS_URL: a second process would not learn what the first one kept, counted or sent.",
            hint="Set REDIS_URL, or run a single `manage.py serve` and nothing beside it.",
            id="forum.W002",
        )


def about_the_address() -> Iterator[checks.CheckMessage]:
    url = urlsplit(settings.SITE_URL)
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not host or url.path or url.query:
        yield checks.Error(
            f"SITE_URL is {settings.SITE_URL}: links in mails and forms would lead nowhere.",
            hint="It is https:// and a host, without anything after it: https://community.example",
            id="forum.E002",
        )
    elif not validate_host(split_domain_port(url.netloc)[0], settings.ALLOWED_HOSTS):
        yield checks.Error(
            f"ALLOWED_HOSTS does not name {host}, the host of SITE_URL: every link in a mail would be refused.",
            hint=f"Add {host} to ALLOWED_HOSTS.",
            id="forum.E003",
        )
    if settings.SECURE_SSL_REDIRECT and url.scheme == "http":
        yield checks.Error(
            "SITE_URL begins with http://, but every page is sent on to https://.",
            hint=f"Set SITE_URL to https://{url.netloc}.",
            id="forum.E004",
        )
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXY_COUNT:
        yield checks.Warning(
            "TRUSTED_PROXY_COUNT is 0, so nobody is believed that he came through TLS: every page is sent on for ever.",
            hint="Set it to the number of your proxies that a request passes, 1 for nginx alone.",
            id="forum.W003",
        )


def about_mail() -> Iterator[checks.CheckMessage]:
    kind = settings.MAILERS["default"]["BACKEND"].rpartition(".")[0]
    if settings.SECURE_SSL_REDIRECT and not kind.endswith("smtp"):
        yield checks.Warning(
            "EMAIL_URL leads to no mail server: nobody can confirm his address or is told anything by mail.",
            hint="Set EMAIL_URL to submission://user:password@host:587 or smtp://host:25.",
            id="forum.W004",
        )


def about_who_comes_in() -> Iterator[checks.CheckMessage]:
    if is_for_strangers():
        if settings.DEBUG:
            yield checks.Error(
                f"DEVELOPING shows settings and tracebacks to everybody who comes to {settings.SITE_URL}.",
                hint="Leave DEVELOPING out.",
                id="forum.E005",
            )
        if settings.DEMO_SIGN_IN:
            yield checks.Warning(
                f"Whoever comes to {settings.SITE_URL} is let in by one click, also as an administrator.",
                hint="Set DEMO_SIGN_IN=0, or use forum.settings.production, which has no such door.",
                id="forum.W005",
            )
        if off := [name for name in FOR_STRANGERS if not getattr(settings, name)]:
            yield checks.Warning(
                f"{', '.join(off)} off: that is for measurements, and strangers come to {settings.SITE_URL}.",
                hint="Leave them out.",
                id="forum.W006",
            )


def is_for_strangers() -> bool:
    """Whether SITE_URL is an address of more than this machine."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost" and not host.endswith(".localhost")


def about_figures() -> Iterator[checks.CheckMessage]:
    for network in settings.METRICS_FROM:
        try:
            ip_network(network)
        except ValueError as trouble:
            yield checks.Error(f"METRICS_FROM: {trouble}.", hint="Write networks such as 10.0.0.0/8.", id="forum.E006")
