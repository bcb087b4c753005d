"""N-Triples of events hold the triples that rdflib reads from their JSON-LD."""

import json
from itertools import islice

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from app.documents.entities.earlier import read_events
from app.domain.vocabulary import EntityKind
from app.formats.archive.triples import write_triples
from app.formats.events.jsonld import CONTEXT, write_jsonld
from app.reading.listing import stream_items
from app.reading.lists import all_of
from app.tables.database import Database
from tests.support.triples import graph_of

IDENTIFIERS = {(EntityKind.PARTICIPANT, "kim-il-sung"): {"wikidata": "Q41117", "other": "1"}}


@pytest.mark.parametrize("step", [40, pytest.param(1, marks=pytest.mark.thorough)])
def test_events_have_the_triples_of_their_jsonld(seeded_sqlite: Database, step: int) -> None:
    with seeded_sqlite.read() as connection:
        texts = islice(stream_items(connection, all_of(EntityKind.EVENT)), None, None, step)
        documents = [
            write_jsonld(event, IDENTIFIERS, "https://example.org/v1", "release=a")
            for event in read_events(texts)
        ]

    differing = [
        document
        for document in documents
        if not isomorphic(graph_of(document), _triples(json.loads(document)))
    ]

    assert len(documents) > 20
    assert differing[:1] == []


def _triples(node: dict[str, object]) -> Graph:
    del node["@context"]
    return Graph().parse(data=b"".join(write_triples([node], CONTEXT)), format="nt")


@pytest.mark.parametrize(
    ("value", "term"),
    [
        pytest.param('a "b"\\\n\rc\t', '"a \\"b\\"\\\\\\n\\rc\t"', id="escapes"),
        pytest.param({"@value": "서울", "@language": "ko"}, '"서울"@ko', id="a language"),
        pytest.param({"@id": "https://e.org/a b|c"}, "<https://e.org/a%20b%7Cc>", id="an odd IRI"),
        pytest.param(True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', id="a boolean"),
        pytest.param({"about": []}, "_:b1", id="a blank node"),
    ],
)
def test_writes_terms(value: object, term: str) -> None:
    node = {"@id": "https://e.org/1", "name": value}

    [text] = write_triples([node], CONTEXT)

    assert text.decode() == f"<https://e.org/1> <https://schema.org/name> {term} .\n"


def test_never_repeats_a_node() -> None:
    place = {"@id": "https://e.org/2", "name": "A"}

    lines = b"".join(write_triples([place, {"@id": "https://e.org/1", "about": place}], CONTEXT))

    assert lines.decode().count('"A"') == 1


def test_never_repeats_a_triple_of_differing_descriptions() -> None:
    whole = {"@id": "https://e.org/2", "name": "A", "alternateName": ["B", "B"]}
    short = {"@id": "https://e.org/2", "name": "A"}
    event = {"@id": "https://e.org/1", "about": short, "temporal": {"name": "A"}}

    lines = b"".join(write_triples([whole, event, event | {"name": "C"}], CONTEXT)).splitlines()

    assert len({*lines}) == len(lines)
    described = [line for line in lines if line.startswith(b"<https://e.org/2>")]
    assert len(described) == 2
    # Another blank node is another resource, although its triples look alike.
    assert sum(line.endswith(b'"A" .') and line.startswith(b"_:") for line in lines) == 2
