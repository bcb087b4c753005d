"""The checks of settings: each has the name of its setting, and returns the value or raises ValueError."""

import re
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import ValidationInfo

from app.domain.values import check_one_line

# The characters of a URL (RFC 3986). Headers of responses hold some of these addresses, within `<>`.
_URL: Final = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
_BEYOND_ASCII: Final = (
    "letters beyond ASCII are percent-encoded, and in a host written in Punycode (xn--…)"
)


def _is_url(text: str) -> bool:
    """Return whether it is a URL of the web, with a possible host and port."""
    try:
        parts = urlsplit(text)
        return bool(_URL.fullmatch(text) and parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _has_exporter() -> bool:
    try:
        return find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


def _is_replica(url: str) -> bool:
    from sqlalchemy.exc import ArgumentError

    from app.tables.engines import read_url

    try:
        return url.startswith(("postgresql:", "postgresql+psycopg:")) and bool(read_url(url))
    except ArgumentError:
        return False


def _is_redis(url: str) -> bool:
    """Return whether a connection can be made of the URL; this opens none."""
    from redis.asyncio import ConnectionPool

    try:
        parts = urlsplit(url)
        pool: Any = ConnectionPool.from_url(url.removeprefix("redis+"))
        pool.make_connection()
        return parts.scheme == "redis+unix" or not parts.netloc or parts.port is not None
    except (TypeError, ValueError):
        return False


def check_by(text: str) -> str:
    """Return the name for the change log, which must be one line."""
    return check_one_line(text) if text else text


def check_read_urls(urls: str, info: ValidationInfo) -> str:
    """Return the URLs of replicas, which only a database of PostgreSQL has."""
    # The URLs may hold passwords, so they are not repeated.
    if not all(map(_is_replica, urls.split())):
        raise ValueError("expected URLs such as postgresql://replica/timeline, with spaces between")
    if urls and not info.data.get("database_url", "").startswith("postgresql"):
        raise ValueError(
            "only PostgreSQL has replicas, and TIMELINE_DATABASE_URL names an SQLite file: unset it, or "
            "name the primary in TIMELINE_DATABASE_URL"
        )
    return urls


def check_quotes_url(url: str) -> str:
    """Return the address of a provider of quotes."""
    if url and not _is_url(url):
        # The address may hold a secret, so it is not repeated.
        raise ValueError("expected an address such as https://example.org/quotes")
    return url


def check_public_url(url: str) -> str:
    """Return the address above every path, which has no query."""
    if url and (not _is_url(url) or "?" in url or "#" in url):
        raise ValueError(
            "expected an address such as https://example.org/timeline, without a query; "
            f"{_BEYOND_ASCII}"
        )
    return url


def check_event_page(url: str) -> str:
    """Return the template of the pages of events, which has `{id}`."""
    page = url.replace("{id}", "id").replace("{language}", "en")
    if url and ("{id}" not in url or not _is_url(page)):
        raise ValueError(
            "expected an address such as https://example.org/{language}/{id}, with {id}; "
            f"{_BEYOND_ASCII}"
        )
    return url


def check_trusted_proxies(text: str) -> str:
    """Return the addresses and networks of proxies, or `*`."""
    addresses = filter(None, map(str.strip, text.split(","))) if text != "*" else ()
    for address in addresses:
        parse = ip_network if "/" in address else ip_address
        try:
            parse(address)
        except ValueError as error:
            raise ValueError(
                f"{error}: expected addresses and networks, such as 127.0.0.1,10.0.0.0/8"
            ) from None
    return text


def check_rate_limit(text: str) -> str:
    """Return the rate, such as `100/minute`, or an empty text."""
    if text:
        from limits import parse_many  # Slow to import, and most servers set no limit.

        try:
            (rate,) = parse_many(text)
        except ValueError:
            raise ValueError(f"{text!r}: expected a rate such as 100/minute or 5000/hour") from None
        if rate.amount < 1:
            raise ValueError(f"{text!r} allows no request; the number must be at least 1")
    return text


def check_metrics_port(port: int) -> int:
    """Return the port; metrics need a library."""
    if port and find_spec("prometheus_client") is None:
        raise ValueError(
            "it needs the package prometheus-client: install russia-dprk-timeline[metrics]"
        )
    return port


def check_traces_url(url: str) -> str:
    """Return the address of a collector; traces need a library."""
    if url:
        if not _is_url(url):
            raise ValueError("expected http://host:4318/v1/traces")
        if not _has_exporter():
            raise ValueError(
                "it needs the package opentelemetry-exporter-otlp-proto-http: "
                "install russia-dprk-timeline[traces]"
            )
    return url


def check_rate_limit_storage(url: str) -> str:
    """Return the URL of the place where requests are counted."""
    if url != "memory://":
        if not url.startswith(("redis://", "rediss://", "redis+unix://")):
            raise ValueError("expected memory:// or redis://host:6379/0")
        if find_spec("redis") is None:
            raise ValueError("it needs the package redis: install russia-dprk-timeline[redis]")
        if not _is_redis(url):
            # The URL may hold a password, so it is not repeated.
            raise ValueError("expected redis://host:6379/0, with a port and known options")
    return url
