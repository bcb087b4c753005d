"""The nodes of the graph of a release: events as JSON-LD has them, and every other entity by its names."""

import json
from collections.abc import Mapping
from typing import Any, Final

from app.documents.entities.event import EventDocument
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.labels.schemes import iris_of
from app.domain.vocabulary import EntityKind
from app.formats.events.jsonld import AGENTS, Identifiers, write_jsonld
from app.formats.json_objects import JsonObject, without_none

_CLASSES: Final = {
    EntityKind.PLACE: "Place",
    EntityKind.OFFICE: "Occupation",
    EntityKind.PUBLISHER: "Organization",
    EntityKind.SOURCE: "CreativeWork",
    EntityKind.TREATY: "CreativeWork",
    EntityKind.TAG: "DefinedTerm",
}
# The terms of the nodes; `temporal` has the outer bounds of the date as days, which queries can compare.
NODE_CONTEXT: Final[JsonObject] = {
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "temporal": "dct:temporal",
}


def event_node(
    event: EventDocument, identifiers: Identifiers, api_url: str, state_query: str
) -> JsonObject:
    """Return the node of an event, with the first and the last day on which it may have happened."""
    node: JsonObject = json.loads(write_jsonld(event, identifiers, api_url, state_query))
    bounds = event.date_bounds
    days = without_none(
        {
            "dcat:startDate": _day(bounds.start.earliest),
            "dcat:endDate": _day(bounds.end.latest),
        }
    )
    return node | ({"temporal": {"@type": "dct:PeriodOfTime", **days}} if days else {})


def entity_node(kind: EntityKind, document: Mapping[str, Any], api_url: str) -> JsonObject:
    """Return the node of an entity that is no event: its names, its address, and identifiers elsewhere."""
    url = f"{api_url}/{kind.collection}/{document['id']}"
    names = document.get("names") or {}
    return {
        "@type": _CLASSES.get(kind) or AGENTS[document["kind"]],
        "@id": f"{url}#it",
        "url": url,
        "name": document.get("title")
        or [{"@language": language, "@value": name} for language, name in names.items()],
        "alternateName": document.get("aliases", []),
        "sameAs": iris_of(document.get("identifiers", {})),
    }


def _day(day: Any) -> JsonObject | None:
    if day in (None, OPEN_START, OPEN_END):
        return None
    return {"@type": "xsd:date", "@value": day.isoformat()}
