"""The dataset, its files and this service as a DCAT 3 catalogue (https://www.w3.org/TR/vocab-dcat-3/)."""

from collections.abc import Iterator
from typing import Final

from app.documents.dataset import DatasetFacts
from app.domain import dataset
from app.formats.catalog.data_package import Files
from app.formats.catalog.dcat import (
    CONTEXT,
    agent_node,
    catalog_node,
    contact_node,
    dataset_node,
    distribution_node,
    titles,
    web,
)
from app.formats.json_objects import JsonObject, json_text, link
from app.formats.tables.parquet import is_installed

_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET: Final = "application/vnd.apache.parquet"
# Path, media type, description.
_FILES: Final = (
    ("events.csv", "text/csv", "The events as a table"),
    ("events.xlsx", _WORKBOOK, "The events as a workbook"),
    ("participations.csv", "text/csv", "The participants of each event as a table"),
    ("participants.csv", "text/csv", "The participants as a table"),
    ("places.csv", "text/csv", "The places as a table"),
    ("offices.csv", "text/csv", "The offices as a table"),
    ("treaties.csv", "text/csv", "The treaties as a table"),
    ("sources.csv", "text/csv", "The sources as a table"),
    ("publishers.csv", "text/csv", "The publishers as a table"),
    ("tags.csv", "text/csv", "The tags as a table"),
    ("events.parquet", _PARQUET, "The events as a table with types"),
    ("participations.parquet", _PARQUET, "The participants of each event as a table with types"),
    ("treaties.parquet", _PARQUET, "The treaties as a table with types"),
    ("sources.parquet", _PARQUET, "The sources as a table with types"),
    ("events.ndjson", "application/x-ndjson", "The events as JSON, one on a line"),
    ("events.geojson", "application/geo+json", "The events on a map"),
    ("events.ics", "text/calendar", "The events as a calendar"),
    ("dataset.sqlite", "application/vnd.sqlite3", "All data and their log as a database"),
)


def write_dataset_catalog(
    facts: DatasetFacts, files: Files, publisher: str, contact: str = ""
) -> str:
    """Return the catalogue as JSON-LD. DCAT-AP requires a publisher; an empty one is left out.

    `contact` is an e-mail address or a URL, or empty.
    """
    agent = agent_node(files.root, publisher) if publisher else None
    names = dataset.NAME, str(facts.seq)
    described = dataset_node(
        _dataset_id(files),
        names,
        facts,
        files.root,
        agent and link(agent["@id"]),
        _distributions(files),
    )
    described |= contact_node(publisher, contact)
    catalog = catalog_node(files.url("dataset.jsonld"), agent, described)
    return json_text({"@context": CONTEXT, **catalog, "service": _service(files)})


def _service(files: Files) -> JsonObject:
    return {
        "@type": "DataService",
        "@id": _service_id(files),
        "title": titles(),
        "endpointURL": web(f"{files.root}/"),
        "endpointDescription": web(f"{files.root}/openapi.json"),
        "servesDataset": link(_dataset_id(files)),
    }


def _distributions(files: Files) -> Iterator[JsonObject]:
    for path, media_type, description in _FILES:
        # A server without the extra answers such a path with a 501.
        if media_type == _PARQUET and not is_installed():
            continue
        url = files.url(path)
        node = distribution_node(f"{url}#it", path, description, url, media_type)
        yield node | {"accessService": link(_service_id(files))}


def _dataset_id(files: Files) -> str:
    return f"{files.url('dataset.jsonld')}#dataset"


def _service_id(files: Files) -> str:
    return f"{files.root}/#it"
