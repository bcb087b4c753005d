"""What any request may be answered with before it comes to a route, for the OpenAPI document."""

from typing import Any

from app.api.problems import (
    HeadersTooLarge,
    Problem,
    TooManyRequests,
    Unauthorized,
    UriTooLong,
    declare,
)

# With the headers that each has of its own.
_REFUSALS: dict[type[Problem], tuple[str, ...]] = {
    Unauthorized: ("WWW-Authenticate",),
    UriTooLong: (),
    TooManyRequests: ("RateLimit", "RateLimit-Policy", "Retry-After"),
    HeadersTooLarge: (),
}
_HEADERS = {
    "RateLimit": "What is left of the limit, and for how many seconds "
    "(draft-ietf-httpapi-ratelimit-headers); on every counted answer of a server that has a limit.",
    "RateLimit-Policy": "The limit: how many requests in how many seconds.",
    "Retry-After": "In how many seconds to ask again.",
    "WWW-Authenticate": "What was wrong with the key (RFC 6750 §3).",
}


def declare_refusals(document: dict[str, Any]) -> None:
    """Declare them on every operation, by reference, as they are the same everywhere."""
    components = document["components"]
    components["responses"].update(
        {
            problem.__name__: {**declare(problem)[int(problem.status)], "headers": _links(names)}
            for problem, names in _REFUSALS.items()
        }
    )
    components["headers"].update(
        {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in _HEADERS.items()
        }
    )
    for item in document["paths"].values():
        for operation in item.values():
            responses = {**operation["responses"], **_references()}
            operation["responses"] = dict(sorted(responses.items()))


def _links(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _references() -> dict[str, Any]:
    return {
        str(int(problem.status)): {"$ref": f"#/components/responses/{problem.__name__}"}
        for problem in _REFUSALS
    }
