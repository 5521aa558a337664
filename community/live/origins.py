"""Whose page opened this socket. A browser sends cookies along whoever asks, so the page's origin must be ours."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

SECURE = {"ws": "http", "wss": "https", "http": "http", "https": "https"}


def is_ours(scope: dict) -> bool:
    """Whether the handshake names exactly one Origin and it is this site: same scheme, same host, same port."""
    origins = headers(scope, b"origin")
    hosts = headers(scope, b"host")
    if len(origins) != 1 or len(hosts) != 1:
        return False
    return origins[0] in {written(settings.SITE_URL), spoken_to(scope, hosts[0])} - {""}


def spoken_to(scope: dict, host: str) -> str:
    """The origin this request was sent to, "" when its Host is not one of ours."""
    host = host.lower()
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return ""
    return written(f"{scheme_of(scope)}://{host}")


def scheme_of(scope: dict) -> str:
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        said = headers(scope, header.removeprefix("HTTP_").replace("_", "-").lower().encode())
        if said:
            return "https" if said[0].split(",")[0].strip() == secure else "http"
    return SECURE.get(scope.get("scheme", "ws"), "http")


def written(address: str) -> str:
    """The origin of an address as browsers write it: no default port, no path."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    if port is None or (parts.scheme, port) in {("http", 80), ("https", 443)}:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"


def headers(scope: dict, name: bytes) -> list[str]:
    return [value.decode("latin1") for key, value in scope["headers"] if key == name]
