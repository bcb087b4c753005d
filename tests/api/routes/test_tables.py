"""Tables hold the rows of the lists, and can be loaded again."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet as parquet_files
from starlette.testclient import TestClient

from app.documents.dataset import DatasetFacts
from app.domain.vocabulary import EntityKind
from app.formats.catalog.data_package import Files
from app.formats.catalog.dataset_catalog import write_dataset_catalog
from app.formats.tables import xlsx
from app.records.models import RECORD_MODELS
from app.records.parsing.files import iter_records, read_files
from app.tables.database import Database
from app.writing.imports.load import load_records
from app.writing.upkeep.export import export_records
from tests.support.answers import walk_items
from tests.support.builders import make_cast, make_event, store
from tests.support.contract import OPERATIONS
from tests.support.office import CSV, convert
from tests.support.replay import shown_problem

ENTITIES = [kind for kind in RECORD_MODELS if kind is not EntityKind.EVENT]
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def _rows(client: TestClient, url: str, delimiter: str = ",") -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    text = StringIO(answer.text, newline="")
    return [*csv.DictReader(text, delimiter=delimiter, strict=True)]


@pytest.mark.parametrize("kind", ENTITIES)
def test_a_table_holds_the_entities_of_the_list(
    seeded_client: TestClient, kind: EntityKind
) -> None:
    path = f"/v1/{kind.collection}"

    rows = _rows(seeded_client, f"{path}.csv")

    items = [*walk_items(seeded_client, f"{path}?limit=200")]
    stamped = ("id", "revision", "updated_at")
    assert [[row[name] for name in stamped] for row in rows] == [
        [str(item[name]) for name in stamped] for item in items
    ]


@pytest.mark.parametrize(
    "query",
    [
        "participants{}?q=Kim&kind=person",
        "participants{}?name=김정은",
        "participants{}?q=Kim&sort=name",
        "places{}?country=KP",
        "places{}?q=pyong",
        "offices{}?q=premier",
        "treaties{}?q=treaty&sort=-date",
        "publishers{}?q=tass",
        "tags{}?q=sum",
        "offices{}?rank=foreign_minister",
        "treaties{}?in_force_on=2000&certainty=certain",
        "sources{}?house=kcna&language=en",
        "publishers{}?kind=agency",
        "tags{}?broader=military",
    ],
)
def test_a_table_takes_the_filters_of_the_list(seeded_client: TestClient, query: str) -> None:
    rows = _rows(seeded_client, f"/v1/{query.format('.csv')}")

    ids = [item["id"] for item in walk_items(seeded_client, f"/v1/{query.format('')}&limit=200")]
    assert ids and [row["id"] for row in rows] == ids


@pytest.mark.parametrize("path", ["participations", *(kind.collection for kind in EntityKind)])
def test_a_table_takes_each_parameter_that_chooses_the_entities(path: str) -> None:
    listed = _parameters("/v1/events" if path == "participations" else f"/v1/{path}")

    of_pages = {"limit", "cursor", "total"}
    of_views = {"activity", "facet_limit", "facet_q", "facets", "fields", "highlight", "view"}
    assert listed - of_pages - of_views <= _parameters(f"/v1/{path}.csv")


def _parameters(path: str) -> set[str]:
    (operation,) = (each for other, _, each in OPERATIONS.values() if other == path)
    return {each["name"] for each in operation["parameters"] if each["in"] == "query"}


@pytest.mark.thorough
@pytest.mark.parametrize("name", DELIMITERS)
@pytest.mark.parametrize(
    "path", ["events", "participations", *(kind.collection for kind in ENTITIES)]
)
def test_the_delimiter_changes_no_cell(seeded_client: TestClient, path: str, name: str) -> None:
    query = "date=2024-06" if path in ("events", "participations") else "bom=false"
    url = f"/v1/{path}.csv?{query}"

    rows = _rows(seeded_client, f"{url}&delimiter={name}", DELIMITERS[name])

    assert rows == _rows(seeded_client, url)


def test_an_unknown_delimiter_is_refused(seeded_client: TestClient) -> None:
    answer = seeded_client.get("/v1/places.csv?delimiter=;")

    assert answer.status_code == 400
    assert "expected one of: comma, semicolon, tab" in answer.json()["detail"]


def test_a_table_leads_to_the_list(seeded_client: TestClient) -> None:
    answer = seeded_client.get("/v1/places.csv?country=KP&delimiter=tab&bom=true")

    link = answer.links["alternate"]["url"]
    assert link == "http://testserver/v1/places?country=KP"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="places.csv"'


@pytest.mark.parametrize("path", ["places.csv", "participations.csv", "events.csv?columns=record"])
def test_the_etag_lasts_until_a_write(client: TestClient, database: Database, path: str) -> None:
    store(database, *make_cast(), make_event())
    first = client.get(f"/v1/{path}")
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get(f"/v1/{path}", headers=known)
    store(database, make_event("2024-11-02-talks"))

    assert again.status_code == 304
    assert client.get(f"/v1/{path}", headers=known).status_code == 200


def test_a_participation_has_a_row(seeded_client: TestClient) -> None:
    query = "participant=sergey-lavrov&date=2024-11"
    events = [*walk_items(seeded_client, f"/v1/events?{query}")]

    rows = _rows(seeded_client, f"/v1/participations.csv?{query}&lang=ko")

    assert [
        (row["event_id"], row["participant_id"], row["role"], row["office_id"]) for row in rows
    ] == [
        (event["id"], part["id"], part["role"], part["office"]["id"] if part["office"] else "")
        for event in events
        for part in event["participants"]
    ]
    lavrov = next(row for row in rows if row["participant_id"] == "sergey-lavrov")
    assert lavrov["participant_name"] == "세르게이 라브로프"


class TestRecords:
    """`columns=record` has every language and all evidence."""

    @pytest.mark.thorough
    def test_every_kind_can_be_loaded_again(
        self, database: Database, seeded: Database, seeded_client: TestClient, tmp_path: Path
    ) -> None:
        for kind in RECORD_MODELS:
            answer = seeded_client.get(
                f"/v1/{kind.collection}.csv?delimiter=semicolon&bom=true"
                + ("&columns=record" if kind is EntityKind.EVENT else "")
            )
            (tmp_path / f"{kind.collection}.csv").write_bytes(answer.content)

        load_records(database, iter_records([tmp_path]), "test")

        with database.stream() as loaded, seeded.stream() as stored:
            assert [*export_records(loaded)] == [*export_records(stored)]

    @pytest.mark.office
    def test_a_spreadsheet_changes_nothing(self, seeded_client: TestClient, tmp_path: Path) -> None:
        exported = seeded_client.get("/v1/events.csv?columns=record&bom=true").content
        path = tmp_path / "events.csv"
        path.write_bytes(exported)

        saved = convert(path, f"csv:{CSV},,0,false,true", f"--infilter={CSV},,0,false,false")

        before, after = read_files([path]), read_files([saved / "events.csv"])
        assert (saved / "events.csv").read_bytes() != exported
        assert [each.record for each in after[0]] == [each.record for each in before[0]]
        assert before[0] and before[1] == after[1] == []

    def test_takes_no_language(self, seeded_client: TestClient) -> None:
        url = "/v1/events.csv?columns=record&date=2024-11"

        answer = seeded_client.get(url, headers={"Accept-Language": "fr"})
        refused = seeded_client.get(f"{url}&lang=fr")

        assert answer.headers["Content-Language"] == "en, fr, ru, ko"
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["parameter"] == "lang"


class TestWorkbook:
    def test_holds_the_events_of_the_list(self, seeded_client: TestClient) -> None:
        query = "type=letter&date=2024&lang=ru"

        answer = seeded_client.get(f"/v1/events.xlsx?{query}")

        sheets = load_workbook(BytesIO(answer.content), read_only=True)
        ids = [event["id"] for event in walk_items(seeded_client, f"/v1/events?{query[:21]}")]
        assert [row[0] for row in sheets["events"].iter_rows(min_row=2, values_only=True)] == ids
        assert answer.headers["Content-Language"] == "ru"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="events.xlsx"'

    def test_with_too_many_rows_is_refused(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-talks"))
        monkeypatch.setattr(xlsx, "MAX_ROWS", 3)

        answer = client.get("/v1/events.xlsx")

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/too-many-results"
        assert "the sheet 'participations' needs more: narrow" in answer.json()["detail"]


class TestParquet:
    @pytest.mark.parametrize(
        ("name", "query"),
        [
            pytest.param("events", "type=visit&date=2024&lang=ru", id="events"),
            pytest.param("participations", "type=visit&date=2024&lang=ko", id="participations"),
            pytest.param("treaties", "in_force_on=1970&sort=-date", id="treaties"),
            pytest.param("sources", "publisher=tass", id="sources"),
        ],
    )
    def test_has_the_columns_and_rows_of_the_csv(
        self, seeded_client: TestClient, name: str, query: str
    ) -> None:
        text = seeded_client.get(f"/v1/{name}.csv?{query}").text
        header, *rows = csv.reader(StringIO(text, newline=""))

        answer = seeded_client.get(f"/v1/{name}.parquet?{query}")

        table = parquet_files.read_table(BytesIO(answer.content))
        assert table.column_names == header
        first = header[0]
        assert table.column(first).to_pylist() == [row[0] for row in rows]
        assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.parquet"'
        assert "Content-Encoding" not in answer.headers

    @pytest.mark.parametrize("name", ["events", "participations", "treaties", "sources"])
    def test_without_the_package_is_not_installed(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setattr("app.api.streaming.parquet_files.is_installed", lambda: False)

        answer = client.get(f"/v1/{name}.parquet")

        assert answer.status_code == 501
        assert answer.json() == shown_problem("not-installed", answer)

    @pytest.mark.parametrize("installed", [True, False])
    def test_the_catalogue_lists_it_only_if_it_is_served(
        self, monkeypatch: pytest.MonkeyPatch, installed: bool
    ) -> None:
        monkeypatch.setattr("app.formats.catalog.dataset_catalog.is_installed", lambda: installed)
        facts = DatasetFacts(0, None, None, None)

        text = write_dataset_catalog(facts, Files("https://example.org", ""), "")

        assert ("events.parquet" in text) is installed
        assert "contactPoint" not in text
