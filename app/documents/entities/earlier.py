"""Read stored documents back. Past states hold documents of the first version, without later fields."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.documents.entities.event import EventDocument
from app.documents.entities.participant import ParticipantDocument
from app.documents.entities.place import PlaceDocument

# A field of every event since publishers are entities. A text within a document has its quotes
# escaped, so it cannot contain this.
_COMPLETE = b'"independent_sources":'
# A relation from before relations have titles.
_BARE_RELATION = re.compile(rb'\{"type":"[a-z_]+","event":"[0-9a-z-]+"\}')


def read_event(document: bytes) -> EventDocument:
    """Return the event of a stored document of any version."""
    if _COMPLETE in document and not _BARE_RELATION.search(document):
        return EventDocument.model_validate_json(document)
    return EventDocument.model_validate(complete_event(json.loads(document)))


def read_events(documents: Iterable[bytes]) -> Iterator[EventDocument]:
    """Yield the event of each stored document, as it is consumed."""
    return map(read_event, documents)


def read_participant(document: bytes) -> ParticipantDocument:
    """Return the participant of a stored document of any version."""
    return participant_of(json.loads(document))


def participant_of(participant: Mapping[str, Any]) -> ParticipantDocument:
    """Return the participant of a stored document of any version, whose text was parsed."""
    positions = [{"office": None, **position} for position in participant["positions"]]
    return ParticipantDocument.model_validate({**participant, "positions": positions})


def read_place(document: bytes) -> PlaceDocument:
    """Return the place of a stored document of any version."""
    later: dict[str, Any] = {"part_of": None, "aliases": [], "identifiers": {}}
    return PlaceDocument.model_validate(later | json.loads(document))


def complete_event(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event with the fields that earlier versions did not have."""
    event = event | {"relations": [_complete_relation(each) for each in event["relations"]]}
    if "independent_sources" in event:
        return event
    sources = event["sources"]
    houses = {each["agency"] or each["publisher"] or each["id"] for each in sources}
    return event | {
        "further_places": [],
        "participants": [part | {"office": None} for part in event["participants"]],
        "sources": [_complete_citation(each) for each in sources],
        "independent_sources": len(houses),
    }


def _complete_relation(relation: dict[str, Any]) -> dict[str, Any]:
    # No format shows the title and the date. An id begins with the year.
    return {"title": {"en": relation["event"]}, "date": relation["event"][:4], **relation}


def _complete_citation(citation: dict[str, Any]) -> dict[str, Any]:
    named = {name: _publisher(citation[name]) for name in ("publisher", "agency")}
    return citation | named | {"house": None, "title": None, "archived_url": None}


def _publisher(name: str | None) -> dict[str, Any] | None:
    # Formats show the name only. Publishers had no id.
    return None if name is None else {"id": "unknown", "name": {"en": name}}
