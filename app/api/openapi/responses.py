"""Pass over the answers: headers, 304 and 308, and refusals that happen before a route is called."""

import re

from app.api.http.headers import COUNTED, UNCOUNTED_PATHS, links, optional
from app.api.openapi.walk import Node
from app.api.problems.base import Problem
from app.api.problems.catalogue import HeadersTooLarge, TooManyRequests, Unauthorized, UriTooLong
from app.api.problems.openapi import problem_answer

_FASTAPI_DESCRIPTION = "Successful Response"
# Problems have `Vary` as well: any body that is long enough gets compressed.
_ON_ANY = ("Cache-Control", "Vary", "X-Request-Id")
# Every answer that was made from data, problems included.
_FROM_DATA = ("Timeline-Seq",)
_ON_READS = ("ETag",)
_ON_SOME_READS = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Language",
    "Last-Modified",
    "Link",
)
# A read that takes the parameter may answer with the header.
_WITH_PARAMETER = {"limit": "Link", "id": "Link", "lang": "Content-Language"}
# Middleware can answer any request with one of these.
_REFUSALS: tuple[type[Problem], ...] = (Unauthorized, UriTooLong, TooManyRequests, HeadersTooLarge)
_RECORD = re.compile(r"/v1/[a-z]+/\{[a-z]+_id\}")
_NOT_MODIFIED = {
    "description": "The client already holds this answer: `If-None-Match` names its entity tag. The "
    "headers are those of the full answer.",
    "headers": links((*_ON_ANY, *_FROM_DATA, *_ON_READS, *COUNTED)) | optional(_ON_SOME_READS),
}
_MOVED = {
    "description": "The entity was merged into another: `Location` is this path for the other "
    "entity.",
    "headers": links((*_ON_ANY, *_FROM_DATA, *COUNTED, "Location")),
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "Entity tags of answers that the client holds. If the answer would be the same as "
    "one of them, it is a 304 without a body (RFC 9110 §13.1.2).",
    "example": '"0123456789abcdef0123456789abcdef"',
}
_READ_HEADERS = {
    # Writes take a header of the same name with another meaning, so the component's name tells them apart.
    "header.If-None-Match.read": _IF_NONE_MATCH,
}


def declare_answers(document: Node) -> None:
    """Declare, on every operation, the answers and headers that middleware adds to its route."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            answers = operation["responses"]
            _remove_default_422(answers)
            _describe(answers["200"], document["components"]["schemas"])
            if method == "get" and path not in UNCOUNTED_PATHS and not _is_stream(answers):
                _declare_caching(operation, path)
            answers.update(_refusals(path))
            for answer in answers.values():
                _add_headers(answer, path)
            operation["responses"] = dict(sorted(answers.items()))
    document["components"]["parameters"] = _READ_HEADERS
    document["components"]["responses"] = {"NotModified": _NOT_MODIFIED, "Moved": _MOVED}


def _remove_default_422(answers: Node) -> None:
    """Remove FastAPI's own 422, which is plain JSON; a 422 of this API is a problem document."""
    if "application/json" in answers.get("422", {}).get("content", {}):
        del answers["422"]


def _describe(answer: Node, schemas: Node) -> None:
    """Describe an answer whose route has no description with the first paragraph of its schema."""
    if answer["description"] == _FASTAPI_DESCRIPTION:
        media_type, content = next(iter(answer["content"].items()))
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        text = schemas[name]["description"] if name else f"As `{media_type}`."
        answer["description"] = text.partition("\n\n")[0]


def _is_stream(answers: Node) -> bool:
    """Return whether the answer is an endless stream, which has no entity tag."""
    return "text/event-stream" in answers["200"]["content"]


def _declare_caching(read: Node, path: str) -> None:
    """Declare the headers of a read, its 304, and the 308 of an entity that can be merged."""
    parameters = read.setdefault("parameters", [])
    further = {parameter["name"] for parameter in parameters} & _WITH_PARAMETER.keys()
    answers = read["responses"]
    # A record links to its page.
    of_record = ("Link",) if _RECORD.fullmatch(path) else ()
    headers = links((*_ON_READS, *of_record, *(_WITH_PARAMETER[name] for name in further)))
    answers["200"]["headers"] = {**headers, **answers["200"].get("headers", {})}
    answers["304"] = {"$ref": "#/components/responses/NotModified"}
    if "410" in answers:
        answers["308"] = {"$ref": "#/components/responses/Moved"}
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in _READ_HEADERS]


def _refusals(path: str) -> Node:
    possible = [p for p in _REFUSALS if path not in UNCOUNTED_PATHS or p is not TooManyRequests]
    return {str(int(problem.status)): problem_answer(problem) for problem in possible}


def _add_headers(answer: Node, path: str) -> None:
    if "$ref" not in answer:
        served = () if path in UNCOUNTED_PATHS else (*_FROM_DATA, *COUNTED)
        headers = {**links((*_ON_ANY, *served)), **answer.get("headers", {})}
        answer["headers"] = dict(sorted(headers.items()))
