"""Both catalogues of the dataset meet the SHACL shapes of DCAT-AP 3.0.0, as pyshacl reads them."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.settings import PROJECT_ROOT, Settings
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.published import PUBLISHER, publish_seeds
from tests.support.table_programs import command_of

PROGRAM = PROJECT_ROOT / "tests/support/shapes_program.py"
VIOLATION = "http://www.w3.org/ns/shacl#Violation"
Results = Sequence[Sequence[str]]
pytestmark = [pytest.mark.tables, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def texts(
    seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The catalogue of a release and the one of a server, both with a publisher."""
    folder = publish_seeds(seeded_sqlite, tmp_path_factory.mktemp("published") / "out")
    with client_of(seeded_sqlite) as client:
        assert isinstance(client.app, FastAPI)
        settings: Settings = client.app.state.settings
        client.app.state.settings = settings.model_copy(update={"publisher": PUBLISHER})
        yield {
            "release": (folder / "dcat.jsonld").read_text(),
            "server": client.get("/v1/dataset.jsonld").text,
        }


def validated(folder: Path, *texts: str) -> list[Results]:
    """Return the results of each text."""
    paths = [folder / f"{number}.jsonld" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    command = [*command_of("python"), str(PROGRAM), *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
    printed: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    assert printed["shapes"] == 42
    found: list[Results] = printed["results"]
    return found


@pytest.mark.parametrize("name", ["release", "server"])
def test_there_is_no_violation(texts: dict[str, str], name: str, tmp_path: Path) -> None:
    [results] = validated(tmp_path, texts[name])

    assert [each for each in results if each[0] == VIOLATION] == []


@pytest.mark.parametrize("name", ["release", "server"])
def test_a_theme_without_its_label_is_a_violation(
    texts: dict[str, str], name: str, tmp_path: Path
) -> None:
    """The shapes see the fault that a catalogue had before."""
    catalog = json.loads(texts[name])
    del catalog["dataset"]["theme"]["skos:prefLabel"]

    [results] = validated(tmp_path, json.dumps(catalog))

    [fault] = [each for each in results if each[0] == VIOLATION]
    assert fault[1] == "http://www.w3.org/2004/02/skos/core#prefLabel"


def test_both_describe_the_same(texts: dict[str, str]) -> None:
    release, server = (json.loads(texts[name])["dataset"] for name in ("release", "server"))

    # A file of a release has a size and a digest; one of a server is made when a client asks.
    assert {*release} == {*server}
    assert {*release["distribution"][0]} - {*server["distribution"][0]} == {"byteSize", "checksum"}
    assert {*server["distribution"][0]} - {*release["distribution"][0]} == {"accessService"}
    for key in ("title", "description", "license", "language", "theme", "keyword", "temporal"):
        assert release[key] == server[key]
