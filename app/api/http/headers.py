"""The headers of answers, as the OpenAPI document declares them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

_TEXT = {"type": "string"}
_SECONDS = {"type": "integer", "minimum": 0}


class Header(NamedTuple):
    """A header: what it says, the schema of its value, and whether it is there on each answer that has it declared."""

    text: str
    schema: dict[str, Any]
    required: bool = True


HEADERS = {
    "Accept": Header("The media types that the path takes.", _TEXT, required=False),
    "Accept-Encoding": Header("The codings of bodies that are taken.", _TEXT, required=False),
    "Allow": Header("The methods that the path answers.", _TEXT),
    "Accept-Ranges": Header("That parts of the file can be asked for (RFC 9110 §14.3).", _TEXT),
    "Cache-Control": Header("How long the answer may be kept (RFC 9111).", _TEXT),
    "Content-Disposition": Header("A name for the file, to save it under (RFC 6266).", _TEXT),
    "Content-Language": Header("The one language that the answer's texts are in.", _TEXT),
    "Content-Location": Header(
        "The URL of the document in the answer, to which the `ETag` belongs.", _TEXT
    ),
    "Content-Range": Header("Which part it is, and how long the whole is (RFC 9110 §14.4).", _TEXT),
    "ETag": Header(
        "A strong entity tag: the same tag, the same bytes (RFC 9110). With `If-None-Match` it "
        "saves sending them again; to change what is there, it goes into `If-Match`.",
        {"type": "string", "pattern": '^"[^"]+"$'},
    ),
    "Idempotent-Replayed": Header(
        "`true` where the answer is that of the first import with this `Idempotency-Key`.",
        {"type": "string", "pattern": "^true$"},
        required=False,
    ),
    "Last-Modified": Header("When the newest change in it was made (RFC 9110).", _TEXT),
    "Link": Header(
        'Where to go from here (RFC 8288): `rel="next"` is the next page and absent on the last; '
        '`rel="alternate"` is the same list as JSON, `rel="describedby"` what its columns hold; the '
        "root has the relations of the API.",
        _TEXT,
        required=False,
    ),
    "Location": Header("The URL of what is new, or of what is to be asked instead.", _TEXT),
    "RateLimit": Header(
        "What is left of the limit, and for how many seconds "
        "(draft-ietf-httpapi-ratelimit-headers), where the server has a limit.",
        _TEXT,
        required=False,
    ),
    "RateLimit-Policy": Header(
        "The limit: how many requests in how many seconds.", _TEXT, required=False
    ),
    "Retry-After": Header("In how many seconds to ask again.", _SECONDS),
    "Vary": Header(
        "The request headers that another answer could follow from, where there are any.",
        _TEXT,
        required=False,
    ),
    "WWW-Authenticate": Header("What was wrong with the key (RFC 6750 §3).", _TEXT),
    "X-Accel-Buffering": Header("`no`: a proxy is to pass on each event as it comes.", _TEXT),
    "X-Request-Id": Header(
        "The id of the request in the server's log: the caller's own, or a new one.", _TEXT
    ),
}
# What a server with a rate limit adds to whatever it answers, but for the paths that it never counts:
# those who ask whether it is well are never turned away.
COUNTED = ("RateLimit", "RateLimit-Policy")
UNCOUNTED_PATHS = ("/healthz", "/readyz")


def links(names: Iterable[str]) -> dict[str, Any]:
    """The headers of an answer, by reference to the components."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def optional(names: Iterable[str]) -> dict[str, Any]:
    """Headers that this answer may have and others always have, so not by reference."""
    return {
        name: {"description": HEADERS[name].text, "schema": HEADERS[name].schema}
        for name in sorted(names)
    }


def sends(*names: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: the headers that it sends of its own."""
    return {status: {"headers": links(names)}}


def header_components(names: Iterable[str]) -> dict[str, Any]:
    """The components that `links` refers to."""
    return {
        name: {
            "description": HEADERS[name].text,
            "required": HEADERS[name].required,
            "schema": HEADERS[name].schema,
        }
        for name in sorted(names)
    }
