"""Every address of the site, found by walking its tables of contents."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

# What stands in an address where a value belongs, for those that number or word alone would not fit.
FITTING = {"key": str(UUID(int=1)), "uidb36": "1", "section": "threads"}


def everywhere() -> Iterator[tuple[str, URLPattern]]:
    yield from _below(get_resolver().url_patterns, "")


def _below(patterns: list[URLPattern | URLResolver], above: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        shape, names = normalize(pattern.pattern.regex.pattern)[0]
        address = above + shape.removeprefix("/") % {name: FITTING.get(name, "1") for name in names}
        if isinstance(pattern, URLPattern):
            yield f"/{address}", pattern
        else:
            yield from _below(pattern.url_patterns, address)
