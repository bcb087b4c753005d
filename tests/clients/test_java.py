"""The Java client by OpenAPI Generator is complete, compiles without warnings, and runs its scenario.

Maven would fetch Jackson. The jar of the generator holds it, so these tests fetch nothing.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.clients.page import PAGE, commands
from tests.clients.tools import Server, find_tool, run, run_scenario, workspace
from tests.support.answers import EXAMPLE_IDS
from tests.support.contract import OPERATIONS, SCHEMAS

pytestmark = pytest.mark.clients

GENERATE, _MAVEN, CHECK, RUN = commands("java")
LIBRARIES = "generated/target/lib"
# The warnings that the generator may print, any number of times, each with its reason.
WARNINGS = {
    # It prints this for every document of OpenAPI 3.1.
    (
        "o.o.codegen.DefaultCodegen - OpenAPI 3.1 support is still in beta. To report an issue"
        " related to 3.1 spec, please kindly open an issue in the Github repo:"
        " https://github.com/openAPITools/openapi-generator."
    ),
    # A closed object: it reads the `false` of `additionalProperties: false` as a reference, and
    # generates correct code all the same.
    "o.o.codegen.utils.ModelUtils - Failed to get the schema name: null",
    # It takes the name of the text `file` for a class, and generates a String all the same.
    (
        "o.o.c.languages.AbstractJavaCodegen - File (reserved word) cannot be used as model name."
        " Renamed to ModelFile"
    ),
    # Its Markdown pages have no example for a body that is an object.
    "o.o.c.languages.AbstractJavaCodegen - Ignoring complex example on request body",
}
# Short programs are faster without the second compiler of the JVM.
BRIEF = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
# Jackson deprecates two methods that the generator calls; the class that reads the union has no
# `serialVersionUID`.
LINT = "-Xlint:all,-deprecation,-serial -Werror -encoding UTF-8"
# The one class that a client needs and that the jar lacks; jakarta.annotation-api 1.3.5 has it.
GENERATED = """package javax.annotation;
public @interface Generated { String value(); String comments() default ""; }
"""
# Reads an event of a later version, a part of a present event, and a file.
READER = """
import java.nio.file.*;
import java.util.List;
import timeline.client.ApiClient;
import timeline.client.api.*;
import timeline.client.model.*;

public class Reader {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("TIMELINE_URL"));
        byte[] text = Files.readAllBytes(Path.of("event.json"));
        EventDocument event = client.getObjectMapper().readValue(text, EventDocument.class);
        System.out.println(event.getId() + " " + event.getStatus().name());
        EventPage page = new EventsApi(client).listEvents(EventsApi.APIListEventsRequest.newBuilder()
            .fields(List.of(EventField.TITLE)).id(List.of(event.getId())).build());
        System.out.println(page.getItems().get(0).getTitle().getEn());
        Path data = new ChangesApi(client).exportDataset(null, null, null, null, null).toPath();
        System.out.println(new String(Files.readAllBytes(data), 0, 13));
    }
}
"""
REQUEST = re.compile(
    r"HttpRequest\.Builder (\w+)RequestBuilder\((.*?)return localVarRequestBuilder;", re.DOTALL
)
# The path, the method, and the parameters in the path, the query and the headers.
PARTS = re.compile(
    r'String localVarPath = "([^"]+)"|\.method\("(\w+)"|\.replace\("\{(\w+)\}"'
    r'|parameterToPairs\((?:"multi", )?"([\w-]+)"|\.header\("([\w-]+)"'
)


class Client(NamedTuple):
    """The folder of the generated client, and the output of the generator."""

    folder: Path
    log: str

    def read(self, package: str) -> dict[str, str]:
        """Return the source of each class of a package, by its name."""
        files = self.folder.glob(f"generated/src/main/java/timeline/client/{package}/*.java")
        return {path.stem: path.read_text() for path in files}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """The client as Maven would leave it: generated, compiled, with its libraries beside it."""
    find_tool("javac")
    folder = workspace(tmp_path_factory.mktemp("java"), "java")
    client = Client(folder, run(GENERATE, folder, JDK_JAVA_OPTIONS=BRIEF))
    environment = Path(find_tool("openapi-generator-cli")).parent.parent
    (jar,) = environment.glob("lib/*/site-packages/openapi_generator_cli/openapi-generator.jar")
    (folder / LIBRARIES).mkdir(parents=True)
    (folder / LIBRARIES / "jackson.jar").symlink_to(jar)
    annotation = folder / "generated/src/main/java/javax/annotation/Generated.java"
    annotation.parent.mkdir(parents=True)
    annotation.write_text(GENERATED)
    sources = " ".join(str(path) for path in folder.glob("generated/src/main/java/**/*.java"))
    _compile(f"javac {LINT} -cp '{LIBRARIES}/*' -d generated/target/classes {sources}", folder)
    return client


def _compile(command: str, folder: Path) -> None:
    # The jar also holds annotation processors, which a client does not have.
    run(command, folder, JDK_JAVAC_OPTIONS="-proc:none", JAVA_TOOL_OPTIONS=BRIEF)


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


class TestGenerated:
    def test_the_generator_prints_only_the_expected_warnings(self, client: Client) -> None:
        warnings = re.findall(r"^\[main\] (?:WARN|ERROR) +(.*)$", client.log, re.MULTILINE)

        assert {*warnings} == WARNINGS

    def test_has_every_operation_with_its_parameters(self, client: Client) -> None:
        generated = {
            name: {part for found in PARTS.findall(body) for part in found if part}
            for text in client.read("api").values()
            for name, body in REQUEST.findall(text)
        }

        assert {name: parts - {"Accept", "Content-Type"} for name, parts in generated.items()} == {
            _camel(name): {
                path,
                method.upper(),
                *(each["name"] for each in operation["parameters"]),
            }
            for name, (path, method, operation) in OPERATIONS.items()
        }

    def test_has_each_object_with_its_properties_and_no_invented_class(
        self, client: Client
    ) -> None:
        generated = {
            name: {*re.findall(r'String JSON_PROPERTY_[\w$]+ = "(.+)";', text)}
            for name, text in client.read("model").items()
        }

        assert generated.keys() - SCHEMAS.keys() == {"AbstractOpenApiSchema"}
        objects = {n: {*s["properties"]} for n, s in SCHEMAS.items() if "properties" in s}
        assert {name: generated[name] for name in objects} == objects

    def test_has_each_enum_with_its_members_and_one_for_future_members(
        self, client: Client
    ) -> None:
        models = client.read("model")

        for name, schema in SCHEMAS.items():
            if "enum" in schema:
                members = re.findall(r'^  [A-Z0-9_]+\("(.+)"\)[,;]$', models[name], re.MULTILINE)
                assert members == [*schema["enum"], "unknown_default_open_api"]

    def test_the_page_names_its_artifact(self, client: Client) -> None:
        section = PAGE.read_text().partition("\n## Java\n")[2]
        pom = (client.folder / "generated/pom.xml").read_text()

        named = re.search(r"<dependency>(.*?)</dependency>", section, re.DOTALL)
        assert named is not None
        artifact = dict(re.findall(r"^    <(groupId|artifactId|version)>(.+)</", pom, re.MULTILINE))
        assert dict(re.findall(r"<(\w+)>(.+)</", named[1])) == artifact
        assert "'{groupId}:{artifactId}:{version}'".format(**artifact) in section


def test_the_scenario_compiles_and_runs(client: Client, server: Server) -> None:
    _compile(CHECK, client.folder)

    run_scenario(RUN, client.folder, server)


def test_reads_unknown_members_and_keys_and_an_answer_that_is_not_json(
    client: Client, server: Server
) -> None:
    event = httpx.get(f"{server.url}/v1/events/{EXAMPLE_IDS['event_id']}").json()
    newer = {**event, "status": "rumoured", "mood": {"of": "the day"}}
    (client.folder / "event.json").write_text(json.dumps(newer))
    (client.folder / "Reader.java").write_text(READER)
    program = f"java {BRIEF} -cp 'generated/target/classes:{LIBRARIES}/*' Reader.java"

    output = run(program, client.folder, TIMELINE_URL=server.url)

    assert output.splitlines() == [
        f"{event['id']} UNKNOWN_DEFAULT_OPEN_API",
        event["title"]["en"],
        "SQLite format",
    ]
