"""A lie in the document is found: the fuzzing of its operation fails, where that of the truth passes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.fuzzing.runs import DOCUMENT, fuzz
from tests.support.answers import JsonObject

OPTIONS = ("--phases", "examples", "--exclude-checks", "EachSuccessIsReached", "--seed", "1")
Lie = Callable[[JsonObject], None]


def _operation(document: JsonObject, path: str) -> Any:
    return document["paths"][path]["get"]


def _rename_a_property(document: JsonObject) -> None:
    schema = document["components"]["schemas"]["EventDocument"]
    schema["properties"]["heading"] = schema["properties"].pop("title")
    schema["required"] = ["heading" if key == "title" else key for key in schema["required"]]


def _change_a_status(document: JsonObject) -> None:
    answers = _operation(document, "/v1/places/{place_id}")["responses"]
    answers["202"] = answers.pop("200")


def _change_a_type(document: JsonObject) -> None:
    schema = document["components"]["schemas"]["PlaceDocument"]
    schema["properties"]["country"] = {"type": "integer"}


def _change_a_media_type(document: JsonObject) -> None:
    answer = _operation(document, "/v1/treaties/{treaty_id}")["responses"]["200"]
    answer["content"] = {"application/ld+json": answer["content"].pop("application/json")}


def _declare_a_header_that_is_never_sent(document: JsonObject) -> None:
    answer = _operation(document, "/v1/places/{place_id}")["responses"]["200"]
    answer["headers"]["X-Total"] = {"required": True, "schema": {"type": "integer"}}


def _hide_a_header(document: JsonObject) -> None:
    answer = _operation(document, "/v1/sources/{source_id}")["responses"]["200"]
    del answer["headers"]["ETag"]


def _declare_a_parameter_that_is_refused(document: JsonObject) -> None:
    colour = {"name": "colour", "in": "query", "required": True, "example": "red"}
    parameters = _operation(document, "/v1/places/{place_id}")["parameters"]
    parameters.append({**colour, "schema": {"type": "string"}})


def _leave_out_a_member(document: JsonObject) -> None:
    document["components"]["schemas"]["EventType"]["enum"].remove("meeting")


# Each with an operation that shows it, and the check that finds it.
LIES = {
    _rename_a_property: ("get_event", "Response violates schema"),
    _change_a_status: ("get_place", "Undocumented status code"),
    _change_a_type: ("get_place", "Response violates schema"),
    _change_a_media_type: ("get_treaty", "Undocumented Content-Type"),
    _declare_a_header_that_is_never_sent: ("get_place", "Missing required response headers"),
    _hide_a_header: ("get_source", "declared_headers"),
    _declare_a_parameter_that_is_refused: ("get_place", "Schema-valid request rejected"),
    _leave_out_a_member: ("get_event", "Response violates schema"),
}


def _options(operations: set[str]) -> Iterator[str]:
    yield from OPTIONS
    for operation in sorted(operations):
        yield from ("--include-operation-id", operation)


def test_each_lie_is_found_and_the_truth_passes(server: str, tmp_path: Path) -> None:
    truth = json.loads(DOCUMENT.read_text())
    told = tmp_path / "openapi.json"

    missed = []
    for lie, (operation, found) in LIES.items():
        document = json.loads(json.dumps(truth))
        lie(document)
        told.write_text(json.dumps(document))
        done = fuzz(server, *_options({operation}), document=told)
        if done.returncode != 1 or found not in done.stdout:
            missed.append((lie.__name__, done.stdout))
    passed = fuzz(server, *_options({operation for operation, _ in LIES.values()}))

    assert missed == []
    assert passed.returncode == 0, passed.stdout
