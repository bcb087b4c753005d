"""Response headers, as the OpenAPI document declares them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0}


class Header(NamedTuple):
    """A header: its description, its value's schema, and whether each response that declares it has it."""

    text: str
    schema: dict[str, Any]
    required: bool = True


HEADERS = {
    "Accept": Header("The media types that the path accepts.", _TEXT, required=False),
    "Accept-Encoding": Header(
        "The content codings of bodies that the path accepts.", _TEXT, required=False
    ),
    "Allow": Header("The methods that the path supports.", _TEXT),
    "Accept-Ranges": Header(
        "`bytes`: the client can request parts of the file (RFC 9110 §14.3).", _TEXT
    ),
    "Cache-Control": Header("How long caches may keep the response (RFC 9111).", _TEXT),
    "Content-Disposition": Header("The name under which to save the file (RFC 6266).", _TEXT),
    "Content-Language": Header("The language of the response's texts.", _TEXT),
    "Content-Location": Header(
        "The URL of the document in the response, to which the `ETag` belongs.", _TEXT
    ),
    "Content-Range": Header(
        "The part of the file in this response, and the size of the file (RFC 9110 §14.4).", _TEXT
    ),
    "ETag": Header(
        "A strong entity tag: equal tags mean equal bytes (RFC 9110). Send it as `If-None-Match` to "
        "receive a 304 if nothing changed, and as `If-Match` to change the entity.",
        {"type": "string", "pattern": '^"[^"]+"$'},
    ),
    "Idempotent-Replayed": Header(
        "`true` if this repeats the response to the first import with this `Idempotency-Key`.",
        {"type": "string", "pattern": "^true$"},
        required=False,
    ),
    "Last-Modified": Header(
        "The time of the newest change in the file (RFC 9110); absent for a minute after it.",
        _TEXT,
        required=False,
    ),
    "Link": Header(
        'Related resources (RFC 8288): `rel="next"` is the next page, absent on the last, and `rel="prev"` the one before; '
        '`rel="alternate"` is the same list as JSON, or the page of the record for people; `rel="describedby"` describes the columns; '
        '`rel="canonical"` with an `anchor` leads from a merged entity that the request names to the '
        "entity that took its place; the root lists the relations of the API.",
        _TEXT,
        required=False,
    ),
    "Location": Header("The URL of the new entity, or the URL to request instead.", _TEXT),
    "RateLimit": Header(
        "The requests that remain, and the seconds until the limit resets "
        "(draft-ietf-httpapi-ratelimit-headers); absent if the server has no limit.",
        _TEXT,
        required=False,
    ),
    "RateLimit-Policy": Header(
        "The limit: requests, and the seconds of its window.", _TEXT, required=False
    ),
    "Retry-After": Header("Seconds to wait before the next attempt.", _NUMBER),
    "Timeline-Seq": Header(
        "The `seq` of the last change that the answer's state holds; absent if it needed no data. Sent as "
        "the header `Timeline-At-Least` of any read, it gets an answer from a state that holds this change, or a "
        "503 `behind`.",
        _NUMBER,
        required=False,
    ),
    "Vary": Header(
        "The request headers that the response depends on; absent if it depends on none.",
        _TEXT,
        required=False,
    ),
    "WWW-Authenticate": Header("Why the server refused the key (RFC 6750 §3).", _TEXT),
    "X-Accel-Buffering": Header(
        "`no`: proxies must forward each event at once, without buffering.", _TEXT
    ),
    "X-Request-Id": Header(
        "The id of the request in the server's log: the id that the client sent, or a new one.",
        _TEXT,
    ),
}
# Headers that a server with a rate limit adds to every response, except on the paths that it never
# counts: health checks are never refused.
COUNTED = ("RateLimit", "RateLimit-Policy")
UNCOUNTED_PATHS = ("/healthz", "/readyz")


def links(names: Iterable[str]) -> dict[str, Any]:
    """Return the headers of a response, as references to the components."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def optional(names: Iterable[str]) -> dict[str, Any]:
    """Return headers that this response may lack; in full, because the components require them."""
    return {
        name: {"description": HEADERS[name].text, "schema": HEADERS[name].schema}
        for name in sorted(names)
    }


def sends(*names: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Return the entry of a route's `responses` that declares the headers of its answer."""
    return {status: {"headers": links(names)}}


def header_components(names: Iterable[str]) -> dict[str, Any]:
    """Return the components that `links` refers to."""
    return {
        name: {
            "description": HEADERS[name].text,
            "required": HEADERS[name].required,
            "schema": HEADERS[name].schema,
        }
        for name in sorted(names)
    }
