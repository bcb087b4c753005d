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

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE: Final = {
    "name": dataset.LICENCE,
    "path": dataset.LICENCE_URL,
    "title": dataset.LICENCE_TITLE,
}


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
        "$schema": _PROFILE,
        "name": dataset.NAME,
        "title": dataset.TITLE,
        "description": dataset.SUMMARY,
        "homepage": f"{files.root}/",
        "version": str(facts.seq),
        "created": facts.modified_at,
        "licenses": [_LICENCE],
        "sources": [source],
        "resources": [*_csv_files(files), _ndjson(files), *_tables(files)],
    }
    return json_text(without_none(descriptor))


def _csv_files(files: Files) -> Iterator[JsonObject]:
    """Yield the CSV of events in English, and the records of each kind with every language."""
    guarded = "A text that a spreadsheet would take for a formula begins with an apostrophe."
    shown = f"A row for each event, with texts in English. {guarded}"
    yield _csv("events", files.url("events.csv", "lang=en"), shown, csv_schema())
    for kind in EntityKind:
        description = f"A row for each {kind}, with texts in every language. {guarded}"
        name, query = kind.collection, ""
        if kind is EntityKind.EVENT:
            name, query = "event-records", "columns=record"
        url = files.url(f"{kind.collection}.csv", query)
        yield _csv(name, url, description, record_schema(kind))


def _csv(name: str, path: str, description: str, schema: JsonObject) -> JsonObject:
    return {
        "name": name,
        "path": path,
        "description": description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


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
