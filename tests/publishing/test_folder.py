"""`timeline release publish`: the files in the folder, that it is reproducible, and refusals."""

import csv
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from frictionless import Package
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from typer.testing import Result

from app.proving.log_copy import ProvedCopy, read_lines
from app.tables.database import Database
from app.writing.releases import create_release
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.commands import run
from tests.support.published import IDENTITY, names_in, publish_seeds
from tests.support.triples import graph_of

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SCHEMA = Namespace("https://schema.org/")


def publish(database: Database, *arguments: str, **environment: str) -> Result:
    """Run the command with a publisher and an address."""
    url = database.url.render_as_string(hide_password=False)
    settings = IDENTITY | environment
    return run("release", "publish", *arguments, database_url=url, **settings)


def release(database: Database, name: str = "2026-11") -> None:
    """Store an event and its cast, and name the state."""
    store(database, *make_cast())
    store(database, make_event())
    with database.write() as connection:
        create_release(connection, name)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class TestFolder:
    def test_every_file_has_its_digest(self, database: Database, tmp_path: Path) -> None:
        release(database)

        result = publish(database, str(tmp_path / "out"))

        assert (result.exit_code, result.output) == (0, f"{tmp_path}/out: release 2026-11\n")
        files = contents(tmp_path / "out")
        lines = files.pop("SHA256SUMS").decode().splitlines()
        assert lines == [f"{sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]

    def test_every_description_names_the_files_of_data(
        self, database: Database, tmp_path: Path
    ) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        named = names_in(tmp_path / "out")
        data = {
            path.name
            for path in (tmp_path / "out").iterdir()
            if path.suffix in {".csv", ".ndjson", ".nt"}
        }

        assert named["datapackage.json"] == named["croissant.json"] == named["dcat.jsonld"] == data
        assert named["csv-metadata.json"] == {name for name in data if name.endswith(".csv")}
        assert named["README.md"] == {path.name for path in (tmp_path / "out").iterdir()} - {
            "README.md"
        }

    def test_the_log_proves_itself(self, database: Database, tmp_path: Path) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        lines = (tmp_path / "out/changes.ndjson").read_bytes().splitlines()
        state = json.loads((tmp_path / "out/release.json").read_text())
        log = ProvedCopy(read_lines(lines), state["seq"])
        rows = [*log.rows()]

        assert len(rows) == len(lines) == state["seq"]
        assert log.digest == state["digest"]

    @pytest.mark.parametrize(
        ("contact", "term", "value"),
        [
            ("data@example.org", VCARD.hasEmail, "mailto:data@example.org"),
            ("https://example.org/ask", VCARD.hasURL, "https://example.org/ask"),
        ],
    )
    def test_the_catalogue_says_whom_to_ask(
        self, database: Database, tmp_path: Path, contact: str, term: URIRef, value: str
    ) -> None:
        release(database)
        publish(database, str(tmp_path / "out"), TIMELINE_CONTACT=contact)

        graph = graph_of((tmp_path / "out/dcat.jsonld").read_text())

        [point] = graph.objects(None, DCAT.contactPoint)
        assert {*graph.objects(point, RDF.type)} == {VCARD.Kind}
        assert [str(each) for each in graph.objects(point, term)] == [value]
        assert [str(each) for each in graph.objects(point, VCARD.fn)] == ["Example Institute"]
        [theme] = graph.objects(None, DCAT.theme)
        assert str(theme).endswith("/data-theme/INTR")
        assert Literal("diplomacy", lang="en") in graph.objects(None, DCAT.keyword)

    def test_names_the_state(self, database: Database, tmp_path: Path) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        state = json.loads((tmp_path / "out/release.json").read_text())

        listed = run(
            "release", "list", database_url=database.url.render_as_string(hide_password=False)
        )
        assert (state["name"], state["seq"]) == ("2026-11", 4)
        assert state["digest"] in listed.output
        assert f"sha256:{state['digest']}" in (tmp_path / "out/CITATION.cff").read_text()

    def test_stays_the_same_after_later_changes(self, database: Database, tmp_path: Path) -> None:
        release(database)
        publish(database, str(tmp_path / "before"))
        store(database, make_place("omsk"))
        with database.write() as connection:
            create_release(connection, "later")

        publish(database, str(tmp_path / "after"), "--release", "2026-11")
        publish(database, str(tmp_path / "newest"))

        assert contents(tmp_path / "before") == contents(tmp_path / "after")
        assert json.loads((tmp_path / "newest/release.json").read_text())["name"] == "later"

    def test_replaces_an_empty_folder(self, database: Database, tmp_path: Path) -> None:
        release(database)
        (tmp_path / "out").mkdir()

        assert publish(database, str(tmp_path / "out")).exit_code == 0
        assert [path.name for path in tmp_path.iterdir() if path.name != "out"] == []

    def test_fills_an_empty_folder_behind_a_link(self, database: Database, tmp_path: Path) -> None:
        release(database)
        (tmp_path / "out").mkdir()
        (tmp_path / "link").symlink_to("out")

        assert publish(database, str(tmp_path / "link")).exit_code == 0
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "out/release.json").is_file()


class TestRefusals:
    def _refused(self, result: Result, reason: str) -> None:
        assert (result.exit_code, result.output) == (1, f"{reason}\n")

    def test_a_folder_with_files(self, database: Database, tmp_path: Path) -> None:
        release(database)
        (tmp_path / "mine.txt").write_text("kept")

        self._refused(
            publish(database, str(tmp_path)),
            f"{tmp_path} is not an empty folder: give a new or an empty one",
        )
        assert contents(tmp_path) == {"mine.txt": b"kept"}

    def test_a_file(self, database: Database, tmp_path: Path) -> None:
        release(database)
        (tmp_path / "file").write_text("kept")

        result = publish(database, str(tmp_path / "file"))

        self._refused(result, f"{tmp_path}/file is not an empty folder: give a new or an empty one")

    def test_an_unknown_release(self, database: Database, tmp_path: Path) -> None:
        release(database)

        result = publish(database, str(tmp_path / "out"), "--release", "2025-01")

        self._refused(result, "there is no release '2025-01'; there are 2026-11")
        assert list(tmp_path.iterdir()) == []

    def test_a_database_without_releases(self, database: Database, tmp_path: Path) -> None:
        result = publish(database, str(tmp_path / "out"))

        self._refused(result, "there is no release: timeline release create NAME makes one")

    def test_a_folder_within_none(self, database: Database, tmp_path: Path) -> None:
        release(database)

        result = publish(database, str(tmp_path / "a/b"))

        self._refused(result, f"{tmp_path}/a/b was not written: No such file or directory")

    def test_a_full_disk(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release(database)

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("app.publishing.folder.os.fsync", refuse)
        result = publish(database, str(tmp_path / "out"))

        self._refused(result, f"{tmp_path}/out was not written: No space left on device")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("variable", ["TIMELINE_PUBLISHER", "TIMELINE_PUBLIC_URL"])
    def test_an_unknown_publisher(self, database: Database, tmp_path: Path, variable: str) -> None:
        result = publish(database, str(tmp_path / "out"), **{variable: ""})

        reason = "is not set: citations, catalogues and IRIs contain it"
        self._refused(result, f"{variable} {reason}")


class TestReaders:
    """Libraries that nobody here wrote read the folder; tests/publishing/test_readers.py has more."""

    def test_frictionless_accepts_the_package(self, database: Database, tmp_path: Path) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        report = Package(str(tmp_path / "out/datapackage.json")).validate()

        assert report.valid, report.flatten(["title", "type", "message"])
        assert report.stats["tasks"] == 19

    def test_frictionless_writes_the_tables_to_sqlite(
        self, database: Database, tmp_path: Path
    ) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))
        package = Package(str(tmp_path / "out/datapackage.json"))
        for name in package.resource_names:
            if package.get_resource(name).format != "csv":
                package.remove_resource(name)

        package.publish(f"sqlite:///{tmp_path}/tables.db")

        with closing(sqlite3.connect(tmp_path / "tables.db")) as written:
            rows = written.execute("SELECT treaty_id FROM events").fetchall()
        assert rows == [(None,)]

    def test_rdflib_reads_the_graph(self, database: Database, tmp_path: Path) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        graph = Graph().parse(tmp_path / "out/timeline.nt")

        assert len(list(graph.subjects(RDF.type, SCHEMA.Event))) == 1
        [period] = graph.objects(predicate=DCT.temporal)
        day = graph.value(period, DCAT.startDate)
        with (tmp_path / "out/events.csv").open(newline="") as file:
            [row] = csv.DictReader(file)
        assert str(day) == row["start_earliest"]

    def test_the_catalogue_has_what_dcat_ap_requires(
        self, database: Database, tmp_path: Path
    ) -> None:
        release(database)
        publish(database, str(tmp_path / "out"))

        graph = graph_of((tmp_path / "out/dcat.jsonld").read_text())

        required = {
            DCAT.Catalog: [DCT.title, DCT.description, DCT.publisher, DCAT.dataset],
            DCAT.Dataset: [DCT.title, DCT.description, DCT.publisher, DCAT.distribution],
            DCAT.Distribution: [DCAT.accessURL, DCT.description, DCT["format"], DCT.license],
        }
        missing = [
            (node, predicate)
            for kind, predicates in required.items()
            for node in graph.subjects(RDF.type, kind)
            for predicate in predicates
            if graph.value(node, predicate) is None
        ]
        assert missing == []
        sums = {str(value) for value in graph.objects(predicate=SPDX.checksumValue)}
        files = contents(tmp_path / "out")
        assert sums == {
            sha256(files[name]).hexdigest() for name in names_in(tmp_path / "out")["dcat.jsonld"]
        }


@pytest.mark.thorough
def test_both_engines_give_the_same_bytes(
    seeded_sqlite: Database, seeded_postgresql: Database, tmp_path: Path
) -> None:
    publish_seeds(seeded_sqlite, tmp_path / "sqlite")
    publish_seeds(seeded_postgresql, tmp_path / "postgresql")

    assert contents(tmp_path / "sqlite") == contents(tmp_path / "postgresql")
    report = Package(str(tmp_path / "sqlite/datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])[:5]
