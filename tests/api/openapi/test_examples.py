"""Each operation of the OpenAPI document has a valid example that equals the real answer."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from jsonschema_rs import Draft202012Validator
from starlette.testclient import TestClient

from app.api.http.media_types import Parquet, Xlsx
from app.api.openapi.examples import Example, read_examples
from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.contract import COMPONENTS, DOCUMENT, OPERATIONS, resolved
from tests.support.databases import NewDatabase
from tests.support.examples import FOLDER, ask, ask_all, in_turn, is_same
from tests.support.rules import offenders

JsonObject = dict[str, Any]
READS = [example for example in read_examples() if not example.turn]
REMEDY = "the answer changed: run make examples"
# Not text, so it has no example.
BINARY = {"application/vnd.sqlite3", Parquet.media_type, Xlsx.media_type}


def _validator(schema: JsonObject) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": COMPONENTS}, validate_formats=True)


def _contents() -> Iterator[tuple[str, JsonObject]]:
    """Yield each media type of each body and of each successful answer, with a name for it."""
    for name, (_, _, operation) in OPERATIONS.items():
        answers = {s: a for s, a in operation["responses"].items() if s.startswith("2")}
        bodies = {"body": operation["requestBody"]} if "requestBody" in operation else {}
        for part_name, part in {**bodies, **answers}.items():
            for media_type, content in part["content"].items():
                if media_type not in BINARY:
                    yield f"{name} {part_name} {media_type}", content


def test_each_body_and_each_answer_has_valid_examples() -> None:
    def rule(content: JsonObject) -> None:
        values = [resolved(example)["value"] for example in content.get("examples", {}).values()]

        assert values, "write a request to a file in app/api/openapi/examples, then: make examples"
        errors = [
            str(error)
            for value in values
            for error in _validator(content["schema"]).iter_errors(value)
        ]
        assert errors == []

    assert offenders(dict(_contents()), rule) == []


def test_an_invalid_example_is_found() -> None:
    content = OPERATIONS["get_event"][2]["responses"]["200"]["content"]["application/json"]
    (example,) = content["examples"].values()
    value = resolved(example)["value"]

    for planted in ({"revision": 0}, {"created_at": "yesterday"}, {"type": "party"}):
        assert not _validator(content["schema"]).is_valid({**value, **planted})


def test_each_example_of_a_read_is_the_answer_over_the_seeds(seeded_client: TestClient) -> None:
    def rule(example: Example) -> None:
        _assert_is_answer(example, ask(seeded_client, example))

    assert offenders({example.name: example for example in READS}, rule) == []


@pytest.mark.thorough
def test_each_example_of_a_write_is_the_answer_over_the_seeds(seeds_in_sqlite: NewDatabase) -> None:
    """The writes run in their order, on a copy of the seeds."""
    with closing(Database(seeds_in_sqlite("examples"))) as copy:
        for shown, answered in zip(in_turn(), ask_all(copy), strict=True):
            _assert_is_answer(shown, answered)


def _assert_is_answer(shown: Example, answered: Example) -> None:
    assert (answered.status, answered.media_type) == (shown.status, shown.media_type)
    assert is_same(shown.answer, answered.answer), f"{shown.name}: {REMEDY}"


class TestVarying:
    def test_instants_and_digests_of_changes_may_differ(self) -> None:
        shown = {"seq": 1, "at": "2026-11-22T02:10:50.154438Z", "digest": "a" * 64}

        assert is_same(shown, {"seq": 1, "at": "2027-01-01T00:00:00Z", "digest": "b" * 64})

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param({"seq": 2, "date": "2026-11-22"}, id="number"),
            pytest.param({"seq": 1, "date": "2026-11-23"}, id="day"),
            pytest.param({"seq": 1}, id="missing key"),
        ],
    )
    def test_other_values_may_not_differ(self, other: JsonObject) -> None:
        assert not is_same({"seq": 1, "date": "2026-11-22"}, other)

    @pytest.mark.parametrize(
        "reference",
        [
            "T2  - Russia–DPRK Timeline\nPY  - 2026\nDA  - 2026/11/28/\nLA  - en\n",
            "@online{event-x,\n  title = {{Talks}},\n  date = {2026-11-28},\n",
            [
                {
                    "container-title": "Russia–DPRK Timeline",
                    "issued": {"date-parts": [[2026, 11, 28]]},
                }
            ],
        ],
        ids=["ris", "bibtex", "csl-json"],
    )
    def test_the_day_of_loading_may_differ_in_references(self, reference: Any) -> None:
        text = json.dumps(reference)
        later = text.replace("2026", "2027").replace("28", "17")
        of_source = text.replace("Russia", "Other").replace("event", "source")

        assert is_same(reference, json.loads(later))
        assert not is_same(reference, json.loads(of_source))

    def test_digests_of_evidence_may_not_differ(self) -> None:
        assert not is_same({"start": 1, "digest": "a" * 64}, {"start": 1, "digest": "b" * 64})


class TestRequests:
    def test_each_request_fits_its_operation(self) -> None:
        def rule(example: Example) -> None:
            path, method, operation = OPERATIONS[example.operation_id]
            example_method, url = example.request.split(" ")

            assert example_method == method.upper()
            parts = urlsplit(url)
            assert re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), parts.path)
            declared = {parameter["name"] for parameter in operation["parameters"]}
            assert {name for name, _ in parse_qsl(parts.query)} <= declared

        assert offenders({example.name: example for example in read_examples()}, rule) == []

    def test_every_required_parameter_has_a_valid_example(self) -> None:
        for name, (_, _, operation) in OPERATIONS.items():
            for parameter in operation["parameters"]:
                if parameter.get("required"):
                    assert "example" in parameter, (name, parameter["name"])
                    _validator(parameter["schema"]).validate(parameter["example"])


def test_the_files_of_examples_are_installed() -> None:
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    (pattern,) = project["tool"]["setuptools"]["package-data"]["app.api.openapi.examples"]

    assert {path.name for path in FOLDER.iterdir() if path.suffix not in (".py", "")} == {
        path.name for path in FOLDER.glob(pattern)
    }
    assert len(read_examples()) == len([*FOLDER.glob(pattern)])
    assert DOCUMENT["components"]["examples"]
