"""Check that the document and the responses announce each deprecation, as docs/api/stability.md says."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.compatibility.nodes import JsonObject, Operation, operations, resolve

NOTICE = timedelta(days=365)
HEADERS = ("Deprecation", "Link", "Sunset")
_SENTENCE = re.compile(r"Deprecated since (\d{4}-\d\d-\d\d), kept until (\d{4}-\d\d-\d\d): \S+")


def find_unannounced(document: JsonObject) -> Iterator[str]:
    """Yield each deprecated part without its sentence, and each operation without its headers."""
    for node in _deprecated(document):
        if (dates := _dates(node)) is None:
            yield f"{_name(node)}: no sentence 'Deprecated since DATE, kept until DATE: …'"
        elif dates[1] - dates[0] < NOTICE:
            yield f"{_name(node)}: less than {NOTICE.days} days"
    for operation in operations(document).values():
        if operation.node.get("deprecated"):
            yield from _find_undeclared_headers(document, operation)


def find_wrong_headers(operation: JsonObject, headers: Mapping[str, str]) -> Iterator[str]:
    """Yield each header that a deprecated operation's response lacks, or that contradicts the sentence."""
    since, until = _dates(operation) or (datetime.now(UTC),) * 2
    if headers.get("Deprecation") != f"@{int(since.timestamp())}":  # RFC 9745
        yield "Deprecation"
    if headers.get("Sunset") != format_datetime(until, usegmt=True):  # RFC 8594
        yield "Sunset"
    if not re.search(r'<[^>]+>; *rel="deprecation"', headers.get("Link", "")):
        yield "Link"


def _find_undeclared_headers(document: JsonObject, operation: Operation) -> Iterator[str]:
    for status, answer in operation.node["responses"].items():
        declared = resolve(document, answer).get("headers", {})
        missing = [name for name in HEADERS if name not in declared]
        if status.startswith("2") and missing:
            yield f"{operation.id} {status}: no {', '.join(missing)}"


def _deprecated(node: Any) -> Iterator[JsonObject]:
    """Yield every operation, parameter and schema with `deprecated: true`."""
    if isinstance(node, dict):
        if node.get("deprecated") is True:
            yield node
        node = [*node.values()]
    if isinstance(node, list):
        for each in node:
            yield from _deprecated(each)


def _dates(node: JsonObject) -> tuple[datetime, datetime] | None:
    """Return the start of the deprecation and the earliest removal, both at midnight UTC."""
    if (found := _SENTENCE.search(node.get("description", ""))) is None:
        return None
    since, until = (datetime.fromisoformat(date).replace(tzinfo=UTC) for date in found.groups())
    return since, until


def _name(node: JsonObject) -> str:
    return str(node.get("operationId") or node.get("name") or node.get("description") or node)
