"""Redocly and Spectral accept openapi.json, and each rule of the project finds a planted mistake."""

import json
import shlex
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
import yaml

from tests.clients.tools import CLIENTS, DOCUMENT, attempt
from tests.support.answers import JsonObject

pytestmark = pytest.mark.clients

REDOCLY = CLIENTS / "redocly.yaml"
SPECTRAL = CLIENTS / "spectral.yaml"
# A mistake for a rule of the project: its place in the document, and the wrong value.
Mistakes = dict[str, tuple[tuple[str | int, ...], JsonObject | list[Any] | str]]
EVENTS = ("paths", "/v1/events", "get")
PLACES = ("paths", "/v1/places", "get")
IMPORTS = ("paths", "/v1/imports", "post")

FOR_SPECTRAL: Mistakes = {
    "operation-verb-noun": ((*EVENTS, "operationId"), "events"),
    "error-is-problem": (
        (*EVENTS, "responses", "400"),
        {"description": "Wrong.", "content": {"text/plain": {"schema": {"type": "string"}}}},
    ),
    "content-has-example": (
        (*PLACES, "responses", "200", "content", "application/json", "examples"),
        {},
    ),
    "json-is-named": (
        (*EVENTS, "responses", "200", "content", "application/json", "schema"),
        {"type": "object"},
    ),
    "enum-is-named": (
        (*PLACES, "parameters", 0),
        {"name": "colour", "in": "query", "schema": {"type": "string", "enum": ["red"]}},
    ),
    "path-kebab-case": (("paths", "/v1/eventSizes"), {}),
    "parameter-is-one-type": (
        (*PLACES, "parameters", 1),
        {"name": "size", "in": "query", "schema": {"anyOf": [{"type": "string"}]}},
    ),
    "parameter-snake-case": (
        (*PLACES, "parameters", 2),
        {"name": "pageSize", "in": "query", "schema": {"type": "integer"}},
    ),
    "schema-pascal-case": (("components", "schemas", "event_size"), {"type": "integer"}),
    "write-needs-key": ((*IMPORTS, "security"), []),
}
FOR_REDOCLY: Mistakes = {
    "request-mime-type": ((*IMPORTS, "requestBody", "content", "text/plain"), {}),
    "response-mime-type": ((*EVENTS, "responses", "200", "content", "text/html"), {}),
    "response-contains-header": ((*PLACES, "responses", "200", "headers"), {}),
    "path-segment-plural": (("paths", "/v1/event/{event_id}"), {}),
}


def _plant(folder: Path, mistakes: Mistakes) -> Path:
    """Write the document with all mistakes and only the paths that have one; return its file."""
    document = json.loads(DOCUMENT.read_text())
    planted = {path[1] for path, _ in mistakes.values()}
    document["paths"] = {url: item for url, item in document["paths"].items() if url in planted}
    for (*path, last), value in mistakes.values():
        node = document
        for key in path:
            node = node[key]
        node[last] = value
    copy = folder / "openapi.json"
    copy.write_text(json.dumps(document))
    return copy


class TestRedocly:
    def test_accepts_the_document(self) -> None:
        assert self._found(DOCUMENT) == []

    def test_each_rule_finds_its_mistake(self, tmp_path: Path) -> None:
        rules = yaml.safe_load(REDOCLY.read_text())["rules"]
        assert FOR_REDOCLY.keys() == {name for name, rule in rules.items() if rule is not False}

        found = self._found(_plant(tmp_path, FOR_REDOCLY))

        assert {problem["ruleId"] for problem in found} >= FOR_REDOCLY.keys()

    @staticmethod
    def _found(document: Path) -> list[JsonObject]:
        """Return the problems that Redocly finds in the document, warnings included."""
        command = ["redocly", "lint", "--config", str(REDOCLY), "--format", "json", str(document)]
        # By default it sends telemetry, and prints a notice about updates.
        quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
        # It exits before a pipe has taken more than 64 kB of a report; a file takes all of it.
        with NamedTemporaryFile() as file:
            attempt(["sh", "-c", f"{shlex.join(command)} > {file.name}"], CLIENTS, **quiet)
            output = Path(file.name).read_text()
        # Text for people precedes and follows the report.
        report, _ = json.JSONDecoder().raw_decode(output, output.index("{"))
        problems: list[JsonObject] = report["problems"]
        return problems


class TestSpectral:
    def test_accepts_the_document(self) -> None:
        assert self._found(DOCUMENT) == []

    def test_each_rule_finds_its_mistake(self, tmp_path: Path) -> None:
        rules = yaml.safe_load(SPECTRAL.read_text())["rules"]
        assert FOR_SPECTRAL.keys() == {name for name, rule in rules.items() if rule is not False}

        found = self._found(_plant(tmp_path, FOR_SPECTRAL))

        assert {problem["code"] for problem in found} >= FOR_SPECTRAL.keys()

    @staticmethod
    def _found(document: Path) -> list[JsonObject]:
        """Return the problems that Spectral finds in the document, hints included."""
        command = ["spectral", "lint", "--quiet", "--format", "json", "--ruleset", str(SPECTRAL)]
        found: list[JsonObject] = json.loads(attempt([*command, str(document)], CLIENTS).stdout)
        return found
