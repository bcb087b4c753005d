"""The client by openapi-typescript and openapi-fetch: whole, typed, and run against a server."""

from pathlib import Path

import pytest
from answers import JsonObject
from clients.page import commands
from clients.tools import Server, run, run_scenario, workspace
from clients.typescript import Operation, declarations, operations, properties

GENERATE, CHECK, RUN = commands("typescript-fetch")
# What must not compile: the checker complains of each line that expects an error and has none.
MISUSE = """
import createClient from "openapi-fetch";
import type { paths } from "./timeline.js";

const timeline = createClient<paths, "application/json" | "application/problem+json">();
// @ts-expect-error: there is no such path
await timeline.GET("/v1/event", {});
// @ts-expect-error: there is no such parameter
await timeline.GET("/v1/events", { params: { query: { types: ["visit"] } } });
// @ts-expect-error: there is no such word
await timeline.GET("/v1/events", { params: { query: { type: ["visits"] } } });
// @ts-expect-error: the id is missing
await timeline.GET("/v1/events/{event_id}", {});
const { data, error } = await timeline.GET("/v1/events", {});
// @ts-expect-error: there is no such key
console.log(data?.items[0]?.name);
// @ts-expect-error: there is no such key
console.log(error?.message);
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the page's command has made the types."""
    folder = workspace(tmp_path_factory.mktemp("fetch"), "typescript-fetch")
    run(GENERATE, folder)
    return folder


@pytest.fixture(scope="module")
def declared(client: Path) -> JsonObject:
    """The generated types, key within key."""
    return declarations((client / "generated/timeline.ts").read_text())


class TestGenerated:
    def test_has_every_operation_with_its_parameters_and_answers(
        self, declared: JsonObject
    ) -> None:
        made = {
            name: Operation(
                frozenset(name for within in parts["parameters"].values() for name in within),
                frozenset(parts["responses"]),
            )
            for name, parts in declared["operations"].items()
        }

        assert made == operations()

    def test_has_every_schema_with_its_properties(self, declared: JsonObject) -> None:
        schemas = declared["components"]["schemas"]

        assert {name: {*schemas[name]} for name in properties()} == properties()


def test_types_are_checked_and_the_scenario_runs(client: Path, server: Server) -> None:
    (client / "generated/misuse.ts").write_text(MISUSE)

    assert run(CHECK, client) == ""
    run_scenario(RUN, client, server)
