"""The client by Hey API is complete and typed, and runs its scenario."""

import json
import re
from pathlib import Path

import pytest

from tests.clients.page import commands
from tests.clients.tools import Server, run, run_scenario, workspace
from tests.clients.typescript import Operation, declarations, operations, properties
from tests.support.answers import JsonObject

pytestmark = pytest.mark.clients

GENERATE, CHECK, RUN = commands("typescript-hey-api")
# Wrong uses that must not compile: the compiler reports each `@ts-expect-error` without an error.
MISUSE = """
import * as timeline from "./sdk.gen.js";

// @ts-expect-error: there is no such operation
await timeline.listEvent();
// @ts-expect-error: there is no such parameter
await timeline.listEvents({ query: { types: ["visit"] } });
// @ts-expect-error: there is no such word
await timeline.listEvents({ query: { type: ["visits"] } });
// @ts-expect-error: the id is missing
await timeline.getEvent({});
const { data, error } = await timeline.listEvents();
// @ts-expect-error: there is no such key
console.log(data?.items[0]?.name);
// @ts-expect-error: there is no such key
console.log(error?.message);
"""
# Claims of the page that types cannot express.
UNTYPED = """
import { client } from "./client.gen.js";
import { exportEventsCsv, exportEventsNdjson, followChanges, listPlaces } from "./sdk.gen.js";

client.setConfig({ baseUrl: process.env["TIMELINE_URL"] ?? "" });
const query = { date: ["2024"] };
const { data: text = "" } = await exportEventsCsv({ query });
const { data: lines } = await exportEventsNdjson({ query });
const { response } = await listPlaces();
const headers = { "If-None-Match": response.headers.get("ETag") ?? "" };
const second = await listPlaces({ headers });
const none = [second.response.status, second.data, second.error];
const { stream } = await followChanges({ query: { after: 0 } });
const { value: change } = await stream.next();
console.log(JSON.stringify([text.slice(0, 7), lines instanceof Blob, none, typeof change]));
process.exit();
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the command of the page generated the client."""
    folder = workspace(tmp_path_factory.mktemp("hey"), "typescript-hey-api")
    run(GENERATE, folder)
    return folder


@pytest.fixture(scope="module")
def declared(client: Path) -> JsonObject:
    """The keys of the generated types, nested as declared."""
    return declarations((client / "generated/types.gen.ts").read_text())


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


class TestGenerated:
    def test_has_a_function_for_every_operation(self, client: Path) -> None:
        sdk = (client / "generated/sdk.gen.ts").read_text()

        assert sorted(re.findall(r"^export const (\w+) =", sdk, re.MULTILINE)) == sorted(
            _camel(name) for name in operations()
        )

    def test_has_every_operation_with_its_parameters_and_answers(
        self, declared: JsonObject
    ) -> None:
        # The client declares no 3xx: `fetch` follows redirects, and only a caller that sends
        # `If-None-Match` by hand gets a 304.
        declared_operations = {
            _pascal(name): Operation(
                operation.parameters, frozenset(s for s in operation.statuses if s[0] != "3")
            )
            for name, operation in operations().items()
        }

        generated = {
            name: Operation(
                frozenset(key for keys in declared[f"{name}Data"].values() for key in keys),
                frozenset(declared[f"{name}Responses"] | declared[f"{name}Errors"]),
            )
            for name in declared_operations
        }
        assert generated == declared_operations

    def test_has_every_schema_with_its_properties(self, declared: JsonObject) -> None:
        assert {name: {*declared[name]} for name in properties()} == properties()


def test_the_types_compile_and_the_scenario_runs(client: Path, server: Server) -> None:
    (client / "generated/misuse.ts").write_text(MISUSE)
    (client / "generated/untyped.ts").write_text(UNTYPED)

    assert run(CHECK, client) == ""
    run_scenario(RUN, client, server)
    output = run("node build/generated/untyped.js", client, TIMELINE_URL=server.url)
    assert json.loads(output) == ["id,type", True, [304, None, {}], "object"]
