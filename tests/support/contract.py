"""The committed OpenAPI document for tests: each operation with its references resolved."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from httpx2 import Response

from app.domain.vocabulary import EntityKind
from app.settings import PROJECT_ROOT
from tests.support.answers import JsonObject

COMMITTED = PROJECT_ROOT / "openapi.json"
DOCUMENT: JsonObject = json.loads(COMMITTED.read_text())
COMPONENTS: JsonObject = DOCUMENT["components"]
SCHEMAS: JsonObject = COMPONENTS["schemas"]


def resolved(node: JsonObject) -> JsonObject:
    """Return the node, or the component that it refers to."""
    if "$ref" not in node:
        return node
    kind, name = node["$ref"].split("/")[2:]
    found: JsonObject = COMPONENTS[kind][name]
    return found


def walk_nodes(node: Any) -> Iterator[JsonObject]:
    """Yield every object of a document or of a part of it, itself included, except values of examples."""
    if isinstance(node, dict):
        yield node
        is_example = "value" in node and node.keys() <= {"summary", "value"}
        for value in () if is_example else node.values():
            yield from walk_nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk_nodes(value)


def _complete(operation: JsonObject) -> JsonObject:
    answers = {
        status: {**answer, "headers": {n: resolved(h) for n, h in answer["headers"].items()}}
        for status, answer in (
            (status, resolved(answer)) for status, answer in operation["responses"].items()
        )
    }
    parameters = [resolved(parameter) for parameter in operation["parameters"]]
    return {**operation, "parameters": parameters, "responses": answers}


# By operation id: the path, the method and the operation.
OPERATIONS: dict[str, tuple[str, str, JsonObject]] = {
    operation["operationId"]: (path, method, _complete(operation))
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}
# Each parameter once, even if many operations share it.
PARAMETERS: dict[str, JsonObject] = {
    json.dumps(parameter): parameter
    for *_, operation in OPERATIONS.values()
    for parameter in operation["parameters"]
}
# The operations that need a key.
WRITES = {
    *(f"{verb}_{kind}" for verb in ("put", "patch", "withdraw", "revert") for kind in EntityKind),
    *("merge_event", "merge_participant", "import_records", "revert_import", "draft_events"),
}


def check_answer(answer: Response) -> None:
    """Fail if the operation does not declare the status or the media type of the answer."""
    request = answer.request
    operation = _find(request.method.lower().replace("head", "get"), request.url.path)
    if operation is None:
        return  # The path is not in the API.
    declared = operation["responses"].get(str(answer.status_code))
    sent = f"{request.method} {request.url}"
    assert declared is not None, f"{sent} answers {answer.status_code}, which is not declared"
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    if media_type and "content" in declared:
        assert media_type in declared["content"], f"{sent} answers {media_type}"


@cache
def _find(method: str, path: str) -> JsonObject | None:
    """Return the operation of a path; a fixed path precedes a template that matches it too."""
    for template, item in sorted(DOCUMENT["paths"].items(), key=_generality):
        fixed = re.split(r"\{\w+\}", template)
        if re.fullmatch("[^/]+".join(map(re.escape, fixed)), path):
            name = item.get(method, {}).get("operationId")
            return None if name is None else OPERATIONS[name][2]
    return None


def _generality(item: tuple[str, Any]) -> tuple[int, int]:
    template = item[0]
    return template.count("{"), -len(template)
