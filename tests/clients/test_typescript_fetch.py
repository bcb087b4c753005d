"""The client by openapi-typescript and openapi-fetch is complete and typed, and runs its scenario."""

import json
from pathlib import Path

import pytest

from tests.clients.page import commands
from tests.clients.tools import Server, run, run_scenario, workspace
from tests.clients.typescript import Operation, declarations, operations, properties
from tests.support.answers import JsonObject

pytestmark = pytest.mark.clients

GENERATE, CHECK, RUN = commands("typescript-fetch")
# Wrong uses that must not compile: the compiler reports each `@ts-expect-error` without an error.
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
# Claims of the page that types cannot express.
UNTYPED = """
import createClient from "openapi-fetch";
import type { paths } from "./timeline.js";

type Media = "application/json" | "application/problem+json";
const { TIMELINE_URL: baseUrl = "", TIMELINE_KEY: key } = process.env;
const headers = { Authorization: `Bearer ${key}` };
const timeline = createClient<paths, Media>({ baseUrl, headers });
const query = { date: ["2024"] };
const csv = await timeline.GET("/v1/events.csv", { params: { query }, parseAs: "text" });
const text: string | undefined = csv.data;
const lines = await timeline.GET("/v1/events.ndjson", { params: { query }, parseAs: "stream" });
const stream: ReadableStream | null | undefined = lines.data;
const places = await timeline.GET("/v1/places", {});
const tag = places.response.headers.get("ETag") ?? "";
const conditional = { params: { header: { "If-None-Match": tag } } };
const { data, error, response } = await timeline.GET("/v1/places", conditional);
const imported = await timeline.POST("/v1/imports", {
  headers: { "Content-Type": "application/x-ndjson" },
  body: '{"places": []}\\n',
  bodySerializer: (body) => body,
});
const counted = imported.data?.total;
const none = [response.status, data, error];
console.log(JSON.stringify([text?.slice(0, 7), typeof stream?.getReader, none, counted]));
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the command of the page generated the types."""
    folder = workspace(tmp_path_factory.mktemp("fetch"), "typescript-fetch")
    run(GENERATE, folder)
    return folder


@pytest.fixture(scope="module")
def declared(client: Path) -> JsonObject:
    """The keys of the generated types, nested as declared."""
    return declarations((client / "generated/timeline.ts").read_text())


class TestGenerated:
    def test_has_every_operation_with_its_parameters_and_answers(
        self, declared: JsonObject
    ) -> None:
        generated = {
            name: Operation(
                frozenset(name for names in parts["parameters"].values() for name in names),
                frozenset(parts["responses"]),
            )
            for name, parts in declared["operations"].items()
        }

        assert generated == operations()

    def test_has_every_schema_with_its_properties(self, declared: JsonObject) -> None:
        schemas = declared["components"]["schemas"]

        assert {name: {*schemas[name]} for name in properties()} == properties()


def test_the_types_compile_and_the_scenario_runs(client: Path, server: Server) -> None:
    (client / "generated/misuse.ts").write_text(MISUSE)
    (client / "generated/untyped.ts").write_text(UNTYPED)

    assert run(CHECK, client) == ""
    run_scenario(RUN, client, server)
    environment = {"TIMELINE_URL": server.url, "TIMELINE_KEY": server.key}
    output = run("node build/generated/untyped.js", client, **environment)
    no_changes = {"created": 0, "updated": 0, "unchanged": 0, "withdrawn": 0, "restored": 0}
    assert json.loads(output) == ["id,type", "function", [304, None, ""], no_changes]
