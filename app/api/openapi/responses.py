"""What every answer has beside what its route says: headers, 304, and refusals before the route."""

from typing import Any

from app.api.http.headers import COUNTED, UNCOUNTED_PATHS, links, optional
from app.api.problems.base import Problem
from app.api.problems.catalogue import HeadersTooLarge, TooManyRequests, Unauthorized, UriTooLong
from app.api.problems.openapi import problem_answer

_FRAMEWORKS_DESCRIPTION = "Successful Response"
# What is long enough to be compressed has a `Vary`, a problem too.
_ON_ANY = ("Cache-Control", "Vary", "X-Request-Id")
_ON_READS = ("ETag",)
_ON_SOME_READS = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Language",
    "Last-Modified",
    "Link",
)
# A read that takes the parameter may answer with the header.
_WITH_PARAMETER = {"limit": "Link", "lang": "Content-Language"}
# With what any request may be answered before it comes to a route.
_REFUSALS: tuple[type[Problem], ...] = (Unauthorized, UriTooLong, TooManyRequests, HeadersTooLarge)
_NOT_MODIFIED = {
    "description": "The reader has this answer already: its entity tag is in `If-None-Match`. The "
    "headers are those that the answer would have.",
    "headers": links((*_ON_ANY, *_ON_READS, *COUNTED)) | optional(_ON_SOME_READS),
}
_MOVED = {
    "description": "The entity was merged into another: `Location` is the same of that one.",
    "headers": links((*_ON_ANY, *COUNTED, "Location")),
}
# What writes take under this name means something else.
_KNOWN_TAGS = "header.If-None-Match.read"
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "Entity tags of answers that the reader has: 304 if the same would come again "
    "(RFC 9110 §13.1.2).",
    "example": '"0123456789abcdef0123456789abcdef"',
}


def declare_answers(document: dict[str, Any]) -> None:
    """Declare, on every operation, what the program answers round its route."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            answers = operation["responses"]
            _remove_invented(answers)
            _describe(answers["200"], document["components"]["schemas"])
            if method == "get" and path not in UNCOUNTED_PATHS and not _is_stream(answers):
                _declare_caching(operation)
            answers.update(_refusals(path))
            for answer in answers.values():
                _add_headers(answer, path)
            operation["responses"] = dict(sorted(answers.items()))
    document["components"]["parameters"] = {_KNOWN_TAGS: _IF_NONE_MATCH}
    document["components"]["responses"] = {"NotModified": _NOT_MODIFIED, "Moved": _MOVED}


def _remove_invented(answers: dict[str, Any]) -> None:
    """Remove the framework's own 422, if it is that and not ours."""
    if "application/json" in answers.get("422", {}).get("content", {}):
        del answers["422"]


def _describe(answer: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say what is answered, where the route does not: what its schema says of itself."""
    if answer["description"] == _FRAMEWORKS_DESCRIPTION:
        media_type, content = next(iter(answer["content"].items()))
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        text = schemas[name]["description"] if name else f"As `{media_type}`."
        answer["description"] = text.partition("\n\n")[0]


def _is_stream(answers: dict[str, Any]) -> bool:
    """Whether the answer has no end, and so no tag."""
    return "text/event-stream" in answers["200"]["content"]


def _declare_caching(read: dict[str, Any]) -> None:
    """Declare the headers of a read, the 304, and the 308 of what can be merged."""
    parameters = read.setdefault("parameters", [])
    further = {parameter["name"] for parameter in parameters} & _WITH_PARAMETER.keys()
    answers = read["responses"]
    headers = links((*_ON_READS, *(_WITH_PARAMETER[name] for name in further)))
    answers["200"]["headers"] = {**headers, **answers["200"].get("headers", {})}
    answers["304"] = {"$ref": "#/components/responses/NotModified"}
    if "410" in answers:
        answers["308"] = {"$ref": "#/components/responses/Moved"}
    parameters.append({"$ref": f"#/components/parameters/{_KNOWN_TAGS}"})


def _refusals(path: str) -> dict[str, Any]:
    given = [p for p in _REFUSALS if path not in UNCOUNTED_PATHS or p is not TooManyRequests]
    return {str(int(problem.status)): problem_answer(problem) for problem in given}


def _add_headers(answer: dict[str, Any], path: str) -> None:
    if "$ref" not in answer:
        counted = () if path in UNCOUNTED_PATHS else COUNTED
        headers = {**links((*_ON_ANY, *counted)), **answer.get("headers", {})}
        answer["headers"] = dict(sorted(headers.items()))
