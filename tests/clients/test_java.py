"""The Java client: made and compiled once, without a warning, and run.

Maven would fetch Jackson. The generator's own jar holds it, so nothing is fetched here.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from answers import EXAMPLE_IDS, JsonObject
from clients.page import PAGE, commands
from clients.tools import DOCUMENT, Server, find_tool, run, run_scenario, workspace

DOCUMENTED: JsonObject = json.loads(DOCUMENT.read_text())
# Programs that live as briefly as these are quicker without the second compiler.
BRIEF = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
# What the generator says of every document of 3.1, and of each in which an object is closed:
# it takes the `false` of `additionalProperties: false` for a reference, and then does the right thing.
WARNINGS = [
    (
        "o.o.codegen.DefaultCodegen - OpenAPI 3.1 support is still in beta. To report an issue"
        " related to 3.1 spec, please kindly open an issue in the Github repo:"
        " https://github.com/openAPITools/openapi-generator."
    ),
    "o.o.codegen.utils.ModelUtils - Failed to get the schema name: null",
]
# The one class that a client needs and that jar has not. It is in jakarta.annotation-api 1.3.5.
GENERATED = """package javax.annotation;
public @interface Generated { String value(); String comments() default ""; }
"""
# Reads an event as the client does, and says what it made of its status.
READER = """import timeline.client.model.EventDocument;
public class Reader {
    public static void main(String[] arguments) throws Exception {
        var mapper = new timeline.client.ApiClient().getObjectMapper();
        EventDocument event = mapper.readValue(new java.io.File("event.json"), EventDocument.class);
        System.out.println(event.getId() + " " + event.getStatus().name());
    }
}
"""


class Client(NamedTuple):
    """The folder in which the client was made, and what the generator said."""

    folder: Path
    log: str

    @property
    def sources(self) -> Path:
        return self.folder / "generated/src/main/java"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """The client as Maven would leave it: made, compiled, and beside it what it needs."""
    find_tool("javac")
    folder = workspace(tmp_path_factory.mktemp("java"), "java")
    client = Client(folder, run(_command("openapi-generator-cli"), folder, JDK_JAVA_OPTIONS=BRIEF))
    library = folder / "generated/target/lib"
    library.mkdir(parents=True)
    environment = Path(find_tool("openapi-generator-cli")).parent.parent
    (jar,) = environment.glob("lib/*/site-packages/openapi_generator_cli/openapi-generator.jar")
    (library / "jackson.jar").symlink_to(jar)
    annotation = client.sources / "javax/annotation/Generated.java"
    annotation.parent.mkdir(parents=True)
    annotation.write_text(GENERATED)
    # The generator still calls two methods that Jackson deprecates, and what reads a union has no
    # serialVersionUID.
    lint = [
        "-Xlint:all,-deprecation,-serial",
        "-Werror",
        "-encoding",
        "UTF-8",
        "-cp",
        f"{library}/*",
    ]
    sources = [str(path) for path in client.sources.rglob("*.java")]
    _compile(["javac", *lint, "-d", str(library.parent / "classes"), *sources], folder)
    return client


def _command(program: str) -> str:
    """The line of the docs that calls this program."""
    (command,) = (line for line in commands("java") if line.split()[0] == program)
    return command


def _compile(command: str | list[str], folder: Path) -> None:
    # The jar holds annotation processors too, which are no part of a client.
    run(command, folder, JDK_JAVAC_OPTIONS="-proc:none", JAVA_TOOL_OPTIONS=BRIEF)


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


class TestGenerated:
    def test_without_a_warning_but_two(self, client: Client) -> None:
        said = re.findall(r"^\[main\] (?:WARN|ERROR) +(.*)$", client.log, re.MULTILINE)

        assert said == WARNINGS

    def test_has_every_operation(self, client: Client) -> None:
        code = "".join(path.read_text() for path in client.sources.glob("timeline/client/api/*"))

        methods = set(re.findall(r"^  public \S+ (\w+)\(", code, re.MULTILINE))
        wanted = {
            _camel(o["operationId"]) for p in DOCUMENTED["paths"].values() for o in p.values()
        }
        assert {name for name in methods if not name.endswith("WithHttpInfo")} >= wanted

    def test_has_no_model_that_the_document_does_not_name(self, client: Client) -> None:
        models = {path.stem for path in client.sources.glob("timeline/client/model/*")}

        assert models - DOCUMENTED["components"]["schemas"].keys() == {"AbstractOpenApiSchema"}

    def test_is_the_artifact_that_the_docs_name(self, client: Client) -> None:
        section = PAGE.read_text().partition("\n## Java\n")[2]
        named = re.findall(r"<(groupId|artifactId|version)>(.+?)<", section)

        pom = (client.folder / "generated/pom.xml").read_text()
        assert named == [
            (tag, re.findall(f"^    <{tag}>(.+?)<", pom, re.MULTILINE)[0]) for tag, _ in named
        ]
        assert f"{named[0][1]}:{named[1][1]}:{named[2][1]}" in section


class TestScenario:
    def test_passes(self, client: Client, server: Server) -> None:
        _compile(_command("javac"), client.folder)

        run_scenario(_command("java"), client.folder, server)


def test_what_a_client_does_not_know_yet_it_tolerates(client: Client, server: Server) -> None:
    event = httpx.get(f"{server.url}/v1/events/{EXAMPLE_IDS['event_id']}").json()
    newer = {**event, "status": "rumoured", "mood": {"of": "the day"}}
    (client.folder / "event.json").write_text(json.dumps(newer))
    (client.folder / "Reader.java").write_text(READER)
    path = "generated/target/classes:generated/target/lib/*"

    said = run(["java", "-cp", path, "Reader.java"], client.folder)

    assert said == f"{event['id']} UNKNOWN_DEFAULT_OPEN_API\n"
