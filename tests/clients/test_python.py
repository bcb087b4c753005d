"""The Python client by openapi-python-client is complete and typed, and runs its scenario."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clients.page import commands
from tests.clients.tools import Server, run, run_scenario, workspace
from tests.support.answers import JsonObject
from tests.support.contract import OPERATIONS, SCHEMAS

pytestmark = pytest.mark.clients

GENERATE, CHECK, RUN = commands("python")
STATUS = re.compile(r"response\.status_code == (\d+)")
PARAMETER = re.compile(r'(?:params|headers)\["([\w-]+)"\] =')
IN_PATH = re.compile(r"\{(\w+)\}")
# Reads a place of a later version, and prints it again.
NEWER = """
import json, sys
from timeline_client.models import PlacePrecision, PlaceReference

place = PlaceReference.from_dict(json.loads(sys.argv[1]))
assert place.precision == "street" and place.precision not in list(PlacePrecision)
assert place["weather"] == "fine"
print(json.dumps(place.to_dict()))
"""
# Sends a file and receives two; the client treats all three as bytes.
BYTES = """
import io, json, os
from timeline_client import AuthenticatedClient
from timeline_client.api.changes import export_changes_ndjson, export_dataset
from timeline_client.api.imports import import_records
from timeline_client.types import File

client = AuthenticatedClient(os.environ["TIMELINE_URL"], token=os.environ["TIMELINE_KEY"])
line = export_changes_ndjson.sync(client=client).payload.readline()
place = {"id": "wonsan-pier", "names": {"en": "Pier"}, "country": "KP", "precision": "site"}
body = json.dumps({"places": [{**place, "latitude": 40.03, "longitude": 128.18}]}).encode()
sent = import_records.sync(client=client, body=File(io.BytesIO(body + b"\\n\\n")), dry_run=True)
dataset = export_dataset.sync(client=client).payload.read()
print(json.loads(line)["seq"], sent.total.created, dataset[:15].decode())
"""
# Names that the generator invents for maps, which have no name in the document.
MAPS = {
    "DataPackageResourcesItem",
    "DatasetCatalogContext",
    "EventPageFacets",
    "EventPageHighlights",
    "LinkedEventContext",
    "PartialEventPageFacets",
    "PartialEventPageHighlights",
    "ParticipantDocumentIdentifiers",
    "ParticipantPatchIdentifiers",
    "ParticipantRecordIdentifiers",
    "PlaceDocumentIdentifiers",
    "PlacePatchIdentifiersType0",
    "PlaceRecordIdentifiers",
    "ProofBundleParameters",
    "RecordsArticles",
}


class Operation(NamedTuple):
    """The statuses and parameters of an operation, as declared or as generated."""

    statuses: set[str]
    parameters: set[str]


def _declared(operation: JsonObject) -> Operation:
    parameters = {parameter["name"] for parameter in operation["parameters"]}
    return Operation({*operation["responses"]}, parameters)


def _generated(module: str) -> Operation:
    url = re.search(r'"url": "(.*)"', module)
    assert url is not None
    parameters = {*PARAMETER.findall(module), *IN_PATH.findall(url[1])} - {"Content-Type"}
    return Operation({*STATUS.findall(module)}, parameters)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the command of the page generated the client, without a warning."""
    folder = workspace(tmp_path_factory.mktemp("python"), "python")

    assert run(GENERATE, folder) == "Generating timeline_client\n"

    return folder


class TestGenerated:
    def test_has_every_operation_with_its_parameters_and_statuses(self, client: Path) -> None:
        modules = (client / "timeline_client/api").glob("*/[!_]*.py")

        assert {path.stem: _generated(path.read_text()) for path in modules} == {
            name: _declared(operation) for name, (*_, operation) in OPERATIONS.items()
        }

    def test_has_a_class_for_each_schema(self, client: Path) -> None:
        models = (client / "timeline_client/models/__init__.py").read_text()
        classes = re.findall(r"^from \.\w+ import (\w+)$", models, re.MULTILINE)

        assert {*classes} - MAPS == {name for name, s in SCHEMAS.items() if _is_class(s)}

    def test_the_client_and_the_scenario_pass_the_type_checker(self, client: Path) -> None:
        assert run(CHECK, client).startswith("Success: no issues found")

    def test_keeps_unknown_members_and_keys(self, client: Path) -> None:
        place = {"id": "moscow", "name": {"en": "Moscow"}, "country": "RU"}
        location = {"latitude": 55.8, "longitude": 37.6, "precision": "street"}
        newer = {**place, **location, "weather": "fine"}

        assert json.loads(run(["python", "-c", NEWER, json.dumps(newer)], client)) == newer


def _is_class(schema: JsonObject) -> bool:
    """Whether the schema becomes a class: a union becomes its members, and a list stays a list."""
    return schema.get("type") == "object" or "enum" in schema


def test_the_scenario_runs(client: Path, server: Server) -> None:
    run_scenario(RUN, client, server)


def test_sends_and_receives_bytes_unchanged(client: Path, server: Server) -> None:
    environment = {"TIMELINE_URL": server.url, "TIMELINE_KEY": server.key}

    assert run(["python", "-c", BYTES], client, **environment) == "1 1 SQLite format 3\n"
