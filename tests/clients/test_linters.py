"""Redocly and Spectral find nothing in openapi.json; each rule that we wrote finds what it is for."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clients.tools import CLIENTS, DOCUMENT, attempt
from tests.support.answers import JsonObject

pytestmark = pytest.mark.clients

REDOCLY = CLIENTS / "redocly.yaml"
SPECTRAL = CLIENTS / "spectral.yaml"
# What a rule of ours is to find: a place in the document, and what stands there.
Damage = dict[str, tuple[tuple[str | int, ...], JsonObject | list[Any] | str]]
EVENTS = ("paths", "/v1/events", "get")
PLACES = ("paths", "/v1/places", "get")
IMPORTS = ("paths", "/v1/imports", "post")

FOR_SPECTRAL: Damage = {
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
FOR_REDOCLY: Damage = {
    "request-mime-type": ((*IMPORTS, "requestBody", "content", "text/plain"), {}),
    "response-mime-type": ((*EVENTS, "responses", "200", "content", "text/html"), {}),
    "response-contains-header": ((*PLACES, "responses", "200", "headers"), {}),
    "path-segment-plural": (("paths", "/v1/event/{event_id}"), {}),
}


def _damaged(folder: Path, damage: Damage) -> Path:
    """A copy of the document with all the damage done to it, without the paths that have none."""
    document = json.loads(DOCUMENT.read_text())
    damaged = {path[1] for path, _ in damage.values()}
    document["paths"] = {url: item for url, item in document["paths"].items() if url in damaged}
    for (*path, last), value in damage.values():
        node = document
        for key in path:
            node = node[key]
        node[last] = value
    copy = folder / "openapi.json"
    copy.write_text(json.dumps(document))
    return copy


class TestRedocly:
    def test_finds_nothing(self) -> None:
        assert self._found(DOCUMENT) == []

    def test_finds_what_it_was_told_to_look_for(self, tmp_path: Path) -> None:
        rules = yaml.safe_load(REDOCLY.read_text())["rules"]
        assert FOR_REDOCLY.keys() == {name for name, rule in rules.items() if rule is not False}

        found = self._found(_damaged(tmp_path, FOR_REDOCLY))

        assert {problem["ruleId"] for problem in found} >= FOR_REDOCLY.keys()

    @staticmethod
    def _found(document: Path) -> list[JsonObject]:
        """What Redocly has to say of the document, warnings among it."""
        command = ["redocly", "lint", "--config", str(REDOCLY), "--format", "json", str(document)]
        # It tells its maker who uses it, and its user what is new, unless it is told not to.
        quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
        said = attempt(command, CLIENTS, **quiet).stdout
        # Before it and after it comes what is for people.
        report, _ = json.JSONDecoder().raw_decode(said, said.index("{"))
        problems: list[JsonObject] = report["problems"]
        return problems


class TestSpectral:
    def test_finds_nothing(self) -> None:
        assert self._found(DOCUMENT) == []

    def test_finds_what_our_rules_are_for(self, tmp_path: Path) -> None:
        rules = yaml.safe_load(SPECTRAL.read_text())["rules"]
        assert FOR_SPECTRAL.keys() == {name for name, rule in rules.items() if rule is not False}

        found = self._found(_damaged(tmp_path, FOR_SPECTRAL))

        assert {problem["code"] for problem in found} >= FOR_SPECTRAL.keys()

    @staticmethod
    def _found(document: Path) -> list[JsonObject]:
        """What Spectral has to say of the document, hints among it."""
        command = ["spectral", "lint", "--quiet", "--format", "json", "--ruleset", str(SPECTRAL)]
        found: list[JsonObject] = json.loads(attempt([*command, str(document)], CLIENTS).stdout)
        return found
