"""The fuzzer finds each lie that a test plants in the document, and none in the real document.

Each lie changes the declaration of another operation, so one run shows all lies.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fuzzing.runs import DOCUMENT, fuzz
from tests.support.answers import JsonObject

pytestmark = pytest.mark.fuzz

OPTIONS = ("--phases", "examples", "--exclude-checks", "EachSuccessIsReached", "--seed", "1")
Lie = Callable[[JsonObject], None]
# The heading above the failures of an operation in the output.
HEADING = re.compile(r"^_+ GET (\S+) _+$", re.MULTILINE)


def _operation(document: JsonObject, path: str) -> Any:
    return document["paths"][path]["get"]


def _rename_a_property(document: JsonObject) -> None:
    schema = document["components"]["schemas"]["TagDocument"]
    schema["properties"]["wider"] = schema["properties"].pop("broader")
    schema["required"] = ["wider" if key == "broader" else key for key in schema["required"]]


def _change_a_status(document: JsonObject) -> None:
    answers = _operation(document, "/v1/releases/{release_name}")["responses"]
    answers["202"] = answers.pop("200")


def _change_a_type(document: JsonObject) -> None:
    schema = document["components"]["schemas"]["PlaceDocument"]
    schema["properties"]["country"] = {"type": "integer"}


def _change_a_media_type(document: JsonObject) -> None:
    answer = _operation(document, "/v1/treaties/{treaty_id}")["responses"]["200"]
    answer["content"] = {"application/ld+json": answer["content"].pop("application/json")}


def _declare_a_header_that_no_response_has(document: JsonObject) -> None:
    answer = _operation(document, "/v1/vocabularies")["responses"]["200"]
    answer["headers"]["X-Total"] = {"required": True, "schema": {"type": "integer"}}


def _hide_a_header(document: JsonObject) -> None:
    answer = _operation(document, "/v1/sources/{source_id}")["responses"]["200"]
    del answer["headers"]["ETag"]


def _declare_a_parameter_that_the_server_refuses(document: JsonObject) -> None:
    colour = {"name": "colour", "in": "query", "required": True, "example": "red"}
    parameters = _operation(document, "/problems/{problem}")["parameters"]
    parameters.append({**colour, "schema": {"type": "string"}})


def _remove_a_member_of_an_enum(document: JsonObject) -> None:
    document["components"]["schemas"]["ParticipantKind"]["enum"].remove("person")


# Each lie with the path of the operation that shows it, and the check that finds it.
LIES: dict[Lie, tuple[str, str]] = {
    _rename_a_property: ("/v1/tags/{tag_id}", "Response violates schema"),
    _change_a_status: ("/v1/releases/{release_name}", "Undocumented status code"),
    _change_a_type: ("/v1/places/{place_id}", "Response violates schema"),
    _change_a_media_type: ("/v1/treaties/{treaty_id}", "Undocumented Content-Type"),
    _declare_a_header_that_no_response_has: (
        "/v1/vocabularies",
        "Missing required response headers",
    ),
    _hide_a_header: ("/v1/sources/{source_id}", "declared_headers"),
    _declare_a_parameter_that_the_server_refuses: (
        "/problems/{problem}",
        "Schema-valid request rejected",
    ),
    _remove_a_member_of_an_enum: ("/v1/participants/{participant_id}", "Response violates schema"),
}


def _options() -> Iterator[str]:
    document = json.loads(DOCUMENT.read_text())
    yield from OPTIONS
    for path, _ in LIES.values():
        yield from ("--include-operation-id", _operation(document, path)["operationId"])


def _failures(output: str) -> dict[str, str]:
    """Return the failures of each operation, by its path."""
    _, *parts = HEADING.split(output)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_lie_is_found(server: str, tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text())
    for lie in LIES:
        lie(document)
    (tmp_path / "openapi.json").write_text(json.dumps(document))

    done = fuzz(server, *_options(), document=tmp_path / "openapi.json")

    found = _failures(done.stdout)
    missed = [
        lie.__name__ for lie, (path, check) in LIES.items() if check not in found.get(path, "")
    ]
    assert missed == [], done.stdout
    assert done.returncode == 1
    assert len({path for path, _ in LIES.values()}) == len(LIES), "each path can show only one lie"


def test_the_real_document_passes(server: str) -> None:
    done = fuzz(server, *_options())

    assert done.returncode == 0, done.stdout
