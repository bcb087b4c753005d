"""The files of the dataset and their tables, as a Data Package (https://datapackage.org/standard/data-package/)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.domain.vocabulary import EntityKind
from app.formats.catalog.csv_schema import csv_schema
from app.formats.catalog.record_schema import record_schema
from app.formats.catalog.sqlite_schema import sqlite_schemas
from app.formats.json_objects import JsonObject, json_text, without_none

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE: Final = {
    "name": dataset.LICENCE,
    "path": dataset.LICENCE_URL,
    "title": dataset.LICENCE_TITLE,
}


_GUARDED: Final = "A text that a spreadsheet would take for a formula begins with an apostrophe."


class CsvTable(NamedTuple):
    """A table as CSV: of the records of a kind, or the one of events in a language."""

    name: str
    records_of: EntityKind | None
    description: str
    schema: JsonObject


class Files(NamedTuple):
    """The addresses of the files: the API's root, and the query that chooses a state of the data."""

    root: str
    state_query: str

    def url(self, path: str, query: str = "") -> str:
        """Return the URL of a file in this state."""
        whole = "&".join(part for part in (query, self.state_query) if part)
        return f"{self.root}/v1/{path}" + (f"?{whole}" if whole else "")


def write_data_package(facts: DatasetFacts, files: Files) -> str:
    """Return the descriptor as JSON."""
    source = {"title": "The publications that report the events", "path": files.url("sources")}
    descriptor = {
        "$schema": PROFILE,
        "name": dataset.NAME,
        "title": dataset.TITLE,
        "description": dataset.SUMMARY,
        "homepage": f"{files.root}/",
        "version": str(facts.seq),
        "created": facts.modified_at,
        "licenses": [LICENCE],
        "sources": [source],
        "resources": [*_csv_files(files), _ndjson(files), *_tables(files)],
    }
    return json_text(without_none(descriptor))


def csv_tables() -> Iterator[CsvTable]:
    """Yield the events in English, and the records of each kind with every language."""
    shown = f"A row for each event, with texts in English. {_GUARDED}"
    yield CsvTable("events", None, shown, csv_schema())
    for kind in EntityKind:
        description = f"A row for each {kind}, with texts in every language. {_GUARDED}"
        name = "event-records" if kind is EntityKind.EVENT else kind.collection
        yield CsvTable(name, kind, description, record_schema(kind))


def csv_resource(table: CsvTable, path: str) -> JsonObject:
    """Return the resource of a table at this path or URL."""
    return {
        "name": table.name,
        "path": path,
        "description": table.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": table.schema,
    }


def _csv_files(files: Files) -> Iterator[JsonObject]:
    for table in csv_tables():
        kind = table.records_of
        query = {None: "lang=en", EntityKind.EVENT: "columns=record"}.get(kind, "")
        path = f"{kind.collection if kind else table.name}.csv"
        yield csv_resource(table, files.url(path, query))


def _ndjson(files: Files) -> JsonObject:
    return {
        "name": "documents",
        "path": files.url("events.ndjson"),
        "description": "A line of JSON for each event: all that is known of it, in every language.",
        "format": "ndjson",
        "mediatype": "application/x-ndjson",
        "encoding": "utf-8",
    }


def _tables(files: Files) -> Iterator[JsonObject]:
    for table in sqlite_schemas():
        yield {
            "name": table.name,
            "path": files.url("dataset.sqlite"),
            "description": table.description,
            "type": "table",
            "format": "sqlite",
            "mediatype": "application/vnd.sqlite3",
            "dialect": {"table": table.name},
            "schema": table.schema,
        }
