"""The files of data of a release, from the database of its state."""

import json
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection

from app.documents.entities.earlier import read_events
from app.domain.languages import DEFAULT_LANGUAGE
from app.domain.vocabulary import EntityKind
from app.formats.archive.facts import ReleaseFacts
from app.formats.archive.nodes import NODE_CONTEXT, entity_node, event_node
from app.formats.archive.triples import write_triples
from app.formats.catalog.data_package import CsvTable, csv_tables
from app.formats.events.jsonld import CONTEXT
from app.formats.events.ndjson import write_json_lines
from app.formats.json_objects import JsonObject
from app.formats.tables.csv import write_csv
from app.formats.tables.entity_columns import entity_columns, entity_rows
from app.formats.tables.event_columns import event_columns
from app.reading.listing import stream_items
from app.reading.lists import all_of
from app.reading.log import changes
from app.reading.parameters.changes import ChosenChanges
from app.writing.record_from_document import stored_record


class PlannedFile(NamedTuple):
    """A file that is made while its chunks are consumed."""

    name: str
    media_type: str
    description: str
    chunks: Iterator[bytes]
    table: CsvTable | None = None


def plan_data_files(state: Connection, release: ReleaseFacts) -> Iterator[PlannedFile]:
    """Yield every file of data. Each reads entities in the order of their ids, a few at a time."""
    for table in csv_tables():
        chunks = _csv(state, table)
        yield PlannedFile(f"{table.name}.csv", "text/csv", table.description, chunks, table)
    for kind in EntityKind:
        name = f"{kind.collection}.ndjson"
        description = f"A line of JSON for each {kind}: its whole document, in every language."
        chunks = write_json_lines(_texts(state, kind))
        yield PlannedFile(name, "application/x-ndjson", description, chunks)
    log = "The change log up to the release, a change on each line, the first one first."
    lines = write_json_lines(stream_items(state, changes(0, ChosenChanges())))
    yield PlannedFile("changes.ndjson", "application/x-ndjson", log, lines)
    graph = "The events in the words of schema.org, and every other entity with its names, as RDF."
    triples = write_triples(_nodes(state, release), CONTEXT | NODE_CONTEXT)
    yield PlannedFile("timeline.nt", "application/n-triples", graph, triples)


def _texts(state: Connection, kind: EntityKind) -> Iterator[bytes]:
    return stream_items(state, all_of(kind))


def _csv(state: Connection, table: CsvTable) -> Iterator[bytes]:
    kind = table.records_of
    if kind is None:
        events = read_events(_texts(state, EntityKind.EVENT))
        return write_csv(event_columns(DEFAULT_LANGUAGE), events)
    rows = entity_rows(_texts(state, kind), partial(stored_record, kind))
    return write_csv(entity_columns(kind), rows)


def _nodes(state: Connection, release: ReleaseFacts) -> Iterator[JsonObject]:
    api_url, state_query = f"{release.root}/v1", f"release={release.name}"
    for kind in EntityKind:
        if kind is not EntityKind.EVENT:
            for text in _texts(state, kind):
                yield entity_node(kind, json.loads(text), api_url)
    identified = (EntityKind.PARTICIPANT, EntityKind.PLACE)
    documents = ((kind, json.loads(text)) for kind in identified for text in _texts(state, kind))
    identifiers = {(kind, each["id"]): each.get("identifiers", {}) for kind, each in documents}
    for event in read_events(_texts(state, EntityKind.EVENT)):
        node = event_node(event, identifiers, api_url, state_query)
        del node["@context"]
        yield node
