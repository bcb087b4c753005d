"""A Data Package (https://datapackage.org/standard/data-package/): the files of the dataset, and their tables."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from pydantic import MISSING, AwareDatetime, Field

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.formats.catalog.csv_schema import csv_schema
from app.formats.catalog.sqlite_schema import sqlite_schemas
from app.formats.catalog.table_schema import PackagePart, TableSchema


class PackageLicense(PackagePart):
    """The terms on which the data may be used."""

    name: str
    path: str
    title: str


class PackageSource(PackagePart):
    """Where the facts come from."""

    title: str
    path: str


class TableDialect(PackagePart):
    """How a table stands in its file."""

    delimiter: str | MISSING = MISSING
    line_terminator: str | MISSING = MISSING
    header: bool | MISSING = MISSING
    table: str | MISSING = Field(default=MISSING, description="Its name in a database.")


class PackageResource(PackagePart):
    """A file, or a table of one."""

    name: str
    path: str = Field(description="Its URL.")
    description: str
    type: Literal["table"] | MISSING = MISSING
    format: str
    mediatype: str
    encoding: str | MISSING = MISSING
    dialect: TableDialect | MISSING = MISSING
    # Pydantic has a method of this name.
    table_schema: TableSchema | MISSING = Field(default=MISSING, alias="schema")


class DataPackage(PackagePart):
    """The dataset and its tables, as a Data Package."""

    profile: Literal["https://datapackage.org/profiles/2.0/datapackage.json"] = Field(
        alias="$schema"
    )
    name: str
    title: str
    description: str
    homepage: str
    version: str = Field(description="The last change that is in it.")
    created: AwareDatetime | MISSING = Field(
        default=MISSING, description="When that change was made."
    )
    licenses: list[PackageLicense]
    sources: list[PackageSource]
    resources: list[PackageResource]


class Files(NamedTuple):
    """Where the files are: the root of the API, and the query that chooses their state."""

    root: str
    state: str

    def url(self, path: str, query: str = "") -> str:
        """The URL of a file of this state."""
        asked = "&".join(part for part in (query, self.state) if part)
        return f"{self.root}/v1/{path}" + (f"?{asked}" if asked else "")


_LICENCE: Final = PackageLicense(
    name=dataset.LICENCE, path=dataset.LICENCE_URL, title=dataset.LICENCE_TITLE
)


def write(facts: DatasetFacts, files: Files) -> str:
    """The descriptor as JSON."""
    source = PackageSource(
        title="The publications that report the events", path=files.url("sources")
    )
    return DataPackage(
        profile="https://datapackage.org/profiles/2.0/datapackage.json",
        name=dataset.NAME,
        title=dataset.TITLE,
        description=dataset.SUMMARY,
        homepage=f"{files.root}/",
        version=str(facts.seq),
        created=MISSING if facts.modified_at is None else facts.modified_at,
        licenses=[_LICENCE],
        sources=[source],
        resources=[_csv(files), _ndjson(files), *_tables(files)],
    ).model_dump_json()


def _csv(files: Files) -> PackageResource:
    return PackageResource(
        name="events",
        path=files.url("events.csv", "lang=en"),
        description="A row for each event, with texts in English. A text that a spreadsheet would "
        "take for a formula begins with an apostrophe.",
        type="table",
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        dialect=TableDialect(delimiter=",", line_terminator="\r\n", header=True),
        table_schema=csv_schema(),
    )


def _ndjson(files: Files) -> PackageResource:
    return PackageResource(
        name="documents",
        path=files.url("events.ndjson"),
        description="A line of JSON for each event: all that is known of it, in every language.",
        format="ndjson",
        mediatype="application/x-ndjson",
        encoding="utf-8",
    )


def _tables(files: Files) -> Iterator[PackageResource]:
    for table in sqlite_schemas():
        yield PackageResource(
            name=table.name,
            path=files.url("dataset.sqlite"),
            description=table.description,
            type="table",
            format="sqlite",
            mediatype="application/vnd.sqlite3",
            dialect=TableDialect(table=table.name),
            table_schema=table.schema,
        )
