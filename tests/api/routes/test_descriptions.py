"""The descriptions of the dataset match the dataset: frictionless and rdflib read both."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from frictionless import Package, Report
from rdflib import FOAF, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.formats.tables.event_columns import EVENT_COLUMNS
from app.settings import Settings
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.builders import make_cast, make_event, store
from tests.support.triples import graph_of, values

PACKAGE = "/v1/datapackage.json"
CATALOG = "/v1/dataset.jsonld"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
HOST = "http://testserver"
Rows = list[list[Any]]


def _resource(package: Any, name: str) -> Any:
    return next(each for each in package["resources"] if each["name"] == name)


def _validated(resources: list[dict[str, Any]]) -> Report:
    """Return frictionless's report on tables, given as rows with the column names first."""
    package = Package.from_descriptor({"name": "read", "resources": resources})
    report: Report = package.validate()
    return report


def _with_rows(resource: Any, rows: Rows) -> dict[str, Any]:
    """Return the described resource with its rows in place of its URL."""
    return {key: resource[key] for key in ("name", "type", "schema")} | {"data": rows}


def _faults(report: Report) -> set[tuple[str, str]]:
    found = report.flatten(["fieldName", "type"])
    return {(str(field), str(kind)) for field, kind in found}


OTHER_COLLECTIONS = [kind.collection for kind in EntityKind if kind is not EntityKind.EVENT]


class TestGetDataPackage:
    def test_is_a_data_package(self, seeded_client: TestClient) -> None:
        package = seeded_client.get(PACKAGE).json()

        assert list(Package.metadata_validate(package)) == []
        assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        assert package["licenses"] == [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0 International",
            }
        ]

    def test_has_the_number_of_the_last_change(self, seeded_client: TestClient) -> None:
        package = seeded_client.get(PACKAGE).json()
        changes = seeded_client.get("/v1/changes.ndjson").text.splitlines()
        newest = json.loads(changes[-1])

        assert package["version"] == str(newest["seq"])
        assert package["created"] == newest["at"]

    def test_names_files_that_exist(self, seeded_client: TestClient) -> None:
        package = seeded_client.get(PACKAGE).json()

        files = {each["path"]: each["mediatype"] for each in package["resources"]}
        assert len(files) == 11
        for url, media_type in files.items():
            answer = seeded_client.head(url)
            assert answer.status_code == 200
            assert answer.headers["content-type"].partition(";")[0] == media_type
        assert seeded_client.get(package["sources"][0]["path"]).status_code == 200
        assert seeded_client.get(package["homepage"]).status_code == 200

    def test_a_release_names_the_files_of_the_release(self, seeded_client: TestClient) -> None:
        package = seeded_client.get(f"{PACKAGE}?release=2026-11").json()

        assert {each["path"] for each in package["resources"]} == {
            f"{HOST}/v1/events.csv?lang=en&release=2026-11",
            f"{HOST}/v1/events.csv?columns=record&release=2026-11",
            *(f"{HOST}/v1/{name}.csv?release=2026-11" for name in OTHER_COLLECTIONS),
            f"{HOST}/v1/events.ndjson?release=2026-11",
            f"{HOST}/v1/dataset.sqlite?release=2026-11",
        }

    def test_an_empty_database_has_no_instant(self, client: TestClient) -> None:
        package = client.get(PACKAGE).json()

        assert package["version"] == "0"
        assert "created" not in package
        assert list(Package.metadata_validate(package)) == []

    def test_a_past_state_has_its_number(self, client: TestClient, database: Database) -> None:
        store(database, *make_cast())
        store(database, make_event())

        answer = client.get(f"{PACKAGE}?as_of=3")

        assert answer.json()["version"] == "3"
        assert "immutable" in answer.headers["cache-control"]
        assert client.get(PACKAGE).json()["version"] == "4"

    def test_has_an_etag_and_checks_the_release(self, seeded_client: TestClient) -> None:
        tag = seeded_client.get(PACKAGE).headers["etag"]

        assert seeded_client.get(PACKAGE, headers={"If-None-Match": tag}).status_code == 304
        assert seeded_client.get(f"{PACKAGE}?release=1990").status_code == 400


@pytest.fixture(scope="module")
def resource(seeded_client: TestClient) -> Any:
    """The package's description of the CSV."""
    return _resource(seeded_client.get(PACKAGE).json(), "events")


@pytest.fixture(scope="module")
def rows(seeded_client: TestClient, resource: Any) -> Rows:
    """The rows that the server sends, with the column names first."""
    text = seeded_client.get(resource["path"]).text
    return [*csv.reader(text.splitlines(keepends=True))]


class TestCsv:
    """The rows that the server sends match the package."""

    def test_every_column_is_described_in_order(self, resource: Any, rows: Rows) -> None:
        fields = resource["schema"]["fields"]

        assert [field["name"] for field in fields] == rows[0] == [*EVENT_COLUMNS]
        assert [field["name"] for field in fields if not field["description"]] == []

    @pytest.mark.thorough
    def test_every_sent_file_is_valid(self, seeded_client: TestClient, tmp_path: Path) -> None:
        resources = seeded_client.get(PACKAGE).json()["resources"]
        files = [each for each in resources if each["format"] == "csv"]
        for each in files:
            name = f"{each['name']}.csv"
            (tmp_path / name).write_bytes(seeded_client.get(each["path"]).content)
            each["path"] = name

        package = Package.from_descriptor(
            {"name": "read", "resources": files}, basepath=str(tmp_path)
        )

        report = package.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
        rows = {task.name: task.stats["rows"] for task in report.tasks}
        assert rows == {
            name: seeded_client.get(f"/v1/{path}?limit=0&total=exact").json()["page"]["total"]
            for name, path in {
                "events": "events",
                "event-records": "events",
                **{name: name for name in OTHER_COLLECTIONS},
            }.items()
        }
        assert rows["events"] > 1000

    @pytest.mark.parametrize(
        ("column", "cell", "fault"),
        [
            ("id", "", "constraint-error"),
            ("id", "No id", "constraint-error"),
            ("type", "party", "constraint-error"),
            ("start_earliest", "June 2024", "type-error"),
            ("date_uncertain", "perhaps", "type-error"),
            ("country", "Russia", "constraint-error"),
            ("latitude", "91", "constraint-error"),
            ("participant_ids", "", "constraint-error"),
            ("revision", "0", "constraint-error"),
            ("updated_at", "yesterday", "type-error"),
        ],
    )
    def test_an_error_is_found(
        self, resource: Any, rows: Rows, column: str, cell: str, fault: str
    ) -> None:
        head, first = rows[0], dict(zip(rows[0], rows[1], strict=True))

        report = _validated([_with_rows(resource, [head, [*(first | {column: cell}).values()]])])

        assert (column, fault) in _faults(report)


@pytest.fixture(scope="module")
def tables_of_seeds(
    seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], dict[str, dict[str, Any]]]]:
    """Yield a function that returns the described tables of the sent file, with their rows."""
    path = tmp_path_factory.mktemp("download") / "dataset.sqlite"
    with client_of(seeded_sqlite) as client:
        package = client.get(PACKAGE).json()
        path.write_bytes(client.get(_resource(package, "event")["path"]).content)
    described = [each for each in package["resources"] if each["format"] == "sqlite"]
    with closing(sqlite3.connect(path)) as connection:
        yield lambda: {each["name"]: _table_of_file(connection, each) for each in described}


def _table_of_file(connection: sqlite3.Connection, resource: Any) -> dict[str, Any]:
    cursor = connection.execute(f'SELECT * FROM "{resource["dialect"]["table"]}"')
    rows = [list(row) for row in cursor]
    return _with_rows(resource, [[column[0] for column in cursor.description], *rows])


class TestSqlite:
    """The rows of the file and their keys match the package."""

    def test_every_table_that_holds_data_is_described(
        self, tables_of_seeds: Callable[[], dict[str, dict[str, Any]]]
    ) -> None:
        described = tables_of_seeds()

        assert {*SQLModel.metadata.tables} - described.keys() == {
            "api_key",
            "import_answer",
            "import_run",
            "loaded_record",
            "pending_rebuild",
            "release",
        }
        assert [*described] == sorted(described)
        for resource in described.values():
            names = [field["name"] for field in resource["schema"]["fields"]]
            assert resource["data"][0] == names

    @pytest.mark.thorough
    def test_all_rows_and_keys_are_valid(
        self, tables_of_seeds: Callable[[], dict[str, dict[str, Any]]]
    ) -> None:
        described = tables_of_seeds()

        report = _validated([*described.values()])

        assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]
        rows = {task.name: task.stats["rows"] for task in report.tasks if "rows" in task.stats}
        assert rows["event"] > 1000
        assert rows["evidence"] > 50

    @pytest.mark.parametrize(
        ("table", "column", "cell", "fault"),
        [
            ("place", "precision", "street", "constraint-error"),
            ("place", "id", None, "primary-key"),
            ("participation", "participant_id", 1_000_000, "foreign-key"),
            ("evidence", "supports", "no list", "type-error"),
            ("event", "title", "no map", "type-error"),
            ("event", "start_earliest", "2024-06", "type-error"),
            ("event", "updated_at", "2024-06-18T10:00:00Z", "type-error"),
        ],
    )
    def test_an_error_is_found(
        self,
        tables_of_seeds: Callable[[], dict[str, dict[str, Any]]],
        table: str,
        column: str,
        cell: object,
        fault: str,
    ) -> None:
        described = tables_of_seeds()
        damaged = described[table]
        head, row = damaged["data"][:2]
        row[head.index(column)] = cell
        damaged["data"] = [head, row]
        referred = {key["reference"]["resource"] for key in damaged["schema"]["foreignKeys"]}
        whole = [described[name] for name in referred if name != table]
        for each in whole:
            each["schema"]["foreignKeys"] = []

        report = _validated([damaged, *whole])

        assert fault in {kind for _, kind in _faults(report)}


def _media_type(graph: Graph, distribution: Node) -> str:
    """Return the media type of a file, by the IRI that IANA gave it or by the label of its format."""
    for iri in values(graph, distribution, DCAT.mediaType):
        return str(iri).removeprefix("https://www.iana.org/assignments/media-types/")
    (kind,) = values(graph, distribution, DCT["format"])
    assert isinstance(kind, URIRef)
    assert values(graph, kind, RDF.type) == {DCT.MediaTypeOrExtent}
    (label,) = values(graph, kind, RDFS.label)
    return str(label)


class TestGetDatasetCatalog:
    DATASET = URIRef(f"{HOST}{CATALOG}#dataset")

    def _graph(self, client: TestClient, query: str = "") -> Graph:
        answer = client.get(f"{CATALOG}{query}")
        assert answer.headers["content-type"] == "application/ld+json"
        return graph_of(answer.text)

    def test_has_one_dataset_and_the_service_that_gives_it(self, seeded_client: TestClient) -> None:
        graph = self._graph(seeded_client)

        found = graph.query(
            """
            PREFIX dcat: <http://www.w3.org/ns/dcat#>
            SELECT ?dataset ?endpoint ?contract WHERE {
                ?catalog a dcat:Catalog; dcat:dataset ?dataset; dcat:service ?service.
                ?dataset a dcat:Dataset.
                ?service a dcat:DataService; dcat:servesDataset ?dataset;
                    dcat:endpointURL ?endpoint; dcat:endpointDescription ?contract.
            }
            """
        )

        endpoint, contract = URIRef(f"{HOST}/"), URIRef(f"{HOST}/openapi.json")
        assert [*found] == [(self.DATASET, endpoint, contract)]
        assert "openapi" in seeded_client.get(str(contract)).json()

    @pytest.mark.thorough
    def test_every_file_exists_in_its_media_type(self, seeded_client: TestClient) -> None:
        graph = self._graph(seeded_client)

        found = {}
        for each in values(graph, self.DATASET, DCAT.distribution):
            (url,) = values(graph, each, DCAT.downloadURL)
            found[str(url)] = _media_type(graph, each)
        answers = {url: seeded_client.head(url).headers["content-type"] for url in found}

        assert len(found) == 18
        assert {url: sent.partition(";")[0] for url, sent in answers.items()} == found

    def test_has_the_terms_languages_and_version_of_the_data(
        self, seeded_client: TestClient
    ) -> None:
        graph = self._graph(seeded_client)
        package = seeded_client.get(PACKAGE).json()

        licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
        licensed = (self.DATASET, *values(graph, self.DATASET, DCAT.distribution))
        assert {each for one in licensed for each in values(graph, one, DCT.license)} == {licence}
        languages = values(graph, self.DATASET, DCT.language)
        assert {str(each).rpartition("/")[2] for each in languages} == {"ENG", "FRA", "RUS", "KOR"}
        assert {str(each) for each in values(graph, self.DATASET, DCAT.version)} == {
            package["version"]
        }

    @pytest.mark.parametrize("publisher", ["", 'Institut d\'études "coréennes"'])
    def test_has_what_the_european_profile_requires(
        self, seeded_sqlite: Database, publisher: str
    ) -> None:
        """DCAT-AP 3.0 §7: a catalogue has a title, a description and a publisher with a name."""
        with client_of(seeded_sqlite) as client:
            assert isinstance(client.app, FastAPI)
            settings: Settings = client.app.state.settings
            client.app.state.settings = settings.model_copy(update={"publisher": publisher})
            graph = self._graph(client)

        catalog = URIRef(f"{HOST}{CATALOG}")
        for each in (catalog, self.DATASET):
            assert values(graph, each, DCT.title)
            assert values(graph, each, DCT.description)
            agents = values(graph, each, DCT.publisher)
            names = {name for agent in agents for name in values(graph, agent, FOAF.name)}
            assert {str(name) for name in names} == ({publisher} if publisher else set())
            assert [values(graph, agent, RDF.type) for agent in agents] == [{FOAF.Agent}] * len(
                names
            )

    def test_covers_the_days_of_its_events(self, seeded_client: TestClient) -> None:
        graph = self._graph(seeded_client)
        bounds = [
            json.loads(line)["date_bounds"]
            for line in seeded_client.get("/v1/events.ndjson").text.splitlines()
        ]

        first = min(each["start"]["earliest"] for each in bounds if each["start"]["earliest"])
        last = max(each["end"]["latest"] for each in bounds if each["end"]["latest"])
        (period,) = values(graph, self.DATASET, DCT.temporal)
        stated = [
            next(iter(values(graph, period, each))).toPython()  # type: ignore[attr-defined]  # A literal.
            for each in (DCAT.startDate, DCAT.endDate)
        ]
        assert [day.isoformat() for day in stated] == [first, last]

    @pytest.mark.parametrize(
        ("dates", "first", "last"),
        [
            pytest.param(["2018-10-22/..", "2018-11-01"], "2018-10-22", "2018-11-01", id="an end"),
            pytest.param(["2018-10-22/..", "2018-10"], "2018-10-01", "2018-10-31", id="a month"),
            pytest.param(["2018-11/..", "2018-10-01"], "2018-10-01", "2018-11-30", id="the newest"),
            pytest.param(["../2018-09", "2018-10-01"], "2018-09-01", "2018-10-01", id="the oldest"),
            pytest.param(["2018-10-22/.."], "2018-10-22", "2018-10-22", id="alone"),
        ],
    )
    def test_an_open_date_covers_no_more_than_is_known(
        self, client: TestClient, database: Database, dates: list[str], first: str, last: str
    ) -> None:
        stays = [make_event(f"2018-stay-{n}", date=date) for n, date in enumerate(dates)]
        store(database, *make_cast(), *stays)

        graph = self._graph(client)

        (period,) = values(graph, self.DATASET, DCT.temporal)
        assert {str(each) for each in values(graph, period, DCAT.startDate)} == {first}
        assert {str(each) for each in values(graph, period, DCAT.endDate)} == {last}

    def test_an_empty_database_covers_no_days(self, client: TestClient) -> None:
        graph = self._graph(client)

        assert values(graph, self.DATASET, DCT.temporal, DCT.modified) == set()
        assert {str(each) for each in values(graph, self.DATASET, DCAT.version)} == {"0"}

    def test_invents_no_publisher(self, seeded_client: TestClient) -> None:
        graph = self._graph(seeded_client)

        types = {str(each).rpartition("#")[2] for each in graph.objects(None, RDF.type)}
        assert values(graph, self.DATASET, DCT.publisher) == set()
        assert {each.rpartition("/")[2] for each in types} == {
            *("Catalog", "Dataset", "DataService", "Distribution", "PeriodOfTime"),
            *("Concept", "Document", "LicenseDocument", "LinguisticSystem"),
            *("MediaType", "MediaTypeOrExtent", "Resource"),
        }

    def test_a_release_names_the_files_of_the_release(self, seeded_client: TestClient) -> None:
        graph = self._graph(seeded_client, "?release=2026-11")

        urls = {str(each) for each in graph.objects(None, DCAT.downloadURL)}
        assert {url.rpartition("?")[2] for url in urls} == {"release=2026-11"}


class TestDescribedBy:
    """A file links to the description of its columns."""

    @pytest.mark.parametrize("path", ["/v1/events.csv", "/v1/dataset.sqlite"])
    @pytest.mark.parametrize("query", ["", "?release=2026-11"])
    def test_leads_from_a_file_to_its_description(
        self, seeded_client: TestClient, path: str, query: str
    ) -> None:
        answer = seeded_client.head(f"{path}{query}")

        assert answer.links["describedby"]["url"] == f"{HOST}{PACKAGE}{query}"
        described = seeded_client.get(answer.links["describedby"]["url"]).json()
        files = {each["path"].partition("?")[0] for each in described["resources"]}
        assert f"{HOST}{path}" in files
