"""One event in the words of https://schema.org, as JSON-LD 1.1 that a page can embed unchanged.

Each text appears in every known language. Where schema.org has no word (the EDTF date), the context
names another vocabulary's; unknown values are left out.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.documents.entities.event import (
    CitationDocument,
    EventDocument,
    ParticipationDocument,
    PlaceReference,
    TreatyReference,
)
from app.documents.entities.source import PublisherReference
from app.domain.dataset import LICENCE_URL
from app.domain.labels.schemes import iris_of
from app.domain.vocabulary import (
    EntityKind,
    EventStatus,
    KindAndSlug,
    ParticipantKind,
    RelationType,
    Role,
)
from app.formats.json_objects import JsonObject, link, script_text, texts, without_none

# By the kind and the id of an entity, and then by scheme.
Identifiers = Mapping[KindAndSlug, Mapping[str, str]]

CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    "date": {
        "@id": "http://purl.org/dc/terms/date",
        "@type": "http://id.loc.gov/datatypes/edtf/EDTF",
    },
    "eventStatus": {"@type": "@id"},
    "license": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "url": {"@type": "@id"},
}
AGENTS: Final = {
    ParticipantKind.PERSON: "Person",
    ParticipantKind.ORGANISATION: "Organization",
    ParticipantKind.STATE: "Country",
}
# A sender, recipient, envoy or honouree need not have been present.
PROPERTIES: Final = {
    Role.HOST: "organizer",
    Role.GUEST: "attendee",
    Role.ATTENDEE: "attendee",
    Role.SIGNATORY: "attendee",
    Role.SPEAKER: "attendee",
    Role.SENDER: "contributor",
    Role.RECIPIENT: "contributor",
    Role.ENVOY: "contributor",
    Role.HONOUREE: "contributor",
}
# An event that was announced, or only reported, may never have taken place; schema.org has no word
# for that.
STATUSES: Final = {
    EventStatus.OCCURRED: "https://schema.org/EventScheduled",
    EventStatus.CANCELLED: "https://schema.org/EventCancelled",
}
# Unspecified parts at the end add nothing to the date without them.
_UNSPECIFIED: Final = re.compile("(?:-XX)+$")
# No seasons, decades or centuries, and no date marked as approximate or uncertain.
_ISO: Final = re.compile(
    "[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2}(?:T[0-9:]{8}(?:Z|[-+].+)?)?)?)?"
)


def write_jsonld(
    event: EventDocument, identifiers: Identifiers, api_url: str, state_query: str = ""
) -> str:
    """Return the event as JSON that is safe within a `<script>`; `api_url` ends in `/v1`.

    `state_query` is the query that chose a past state. Only the record's address carries it: the
    statements about the record hold for that state.
    """
    return script_text(_event(event, identifiers, api_url, state_query))


def _event(
    event: EventDocument, identifiers: Identifiers, api_url: str, state_query: str
) -> JsonObject:
    url = f"{api_url}/events/{event.id}"
    start, end = iso_dates(event.date)
    roles = [(PROPERTIES[p.role], _role(p, identifiers, api_url)) for p in event.participants]
    return without_none(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": _node(url),
            "name": texts(event.title),
            "description": texts(event.summary),
            "url": url,
            "date": event.date,
            "startDate": start,
            "endDate": end,
            "eventStatus": STATUSES.get(event.status),
            "location": _location(event, identifiers, api_url),
            "organizer": [role for name, role in roles if name == "organizer"],
            "attendee": [role for name, role in roles if name == "attendee"],
            "contributor": [role for name, role in roles if name == "contributor"],
            "about": event.treaty and _treaty(event.treaty, api_url),
            "superEvent": [
                link(_node(f"{api_url}/events/{relation.event}"))
                for relation in event.relations
                if relation.type is RelationType.PART_OF
            ],
            "keywords": event.tags,
            "additionalProperty": [
                _property("type", event.type),
                _property("subtype", event.subtype),
                _property("status", event.status),
                _property("confidence", event.confidence),
            ],
            "subjectOf": [_record(event, f"{url}?{state_query}" if state_query else url, api_url)],
        }
    )


def _node(url: str) -> str:
    """Return the IRI of a thing, which differs from the address of the document about it."""
    return f"{url}#it"


def _thing(kind: str, iri: str, **properties: Any) -> JsonObject:
    return {"@type": kind, "@id": iri, **properties}


def _property(name: str, value: str) -> JsonObject:
    """A property for which schema.org has no word."""
    return {"@type": "PropertyValue", "name": name, "value": value}


def iso_dates(edtf: str) -> tuple[str | None, str | None]:
    """The start and the end in ISO 8601, each as finely as it is known; neither for a set."""
    start, slash, end = edtf.partition("/")
    return _iso(start), _iso(end if slash else start)


def _iso(edtf: str) -> str | None:
    body = _UNSPECIFIED.sub("", edtf)
    return body if _ISO.fullmatch(body) else None


def _role(part: ParticipationDocument, known: Identifiers, api_url: str) -> JsonObject:
    """A part in the event; schema.org repeats the role's own key for the participant."""
    identifiers = known.get((EntityKind.PARTICIPANT, part.id), {})
    agent = _agent(part, identifiers, f"{api_url}/participants/{part.id}")
    words = [part.office.name.en if part.office else None, part.capacity]
    description = ", ".join(filter(None, words)) or None
    role = {"@type": "Role", "roleName": part.role, "description": description}
    return without_none(role | {PROPERTIES[part.role]: agent})


def _agent(part: ParticipationDocument, identifiers: Mapping[str, str], url: str) -> JsonObject:
    return _thing(
        AGENTS[part.kind],
        _node(url),
        name=texts(part.name),
        url=url,
        **_known_as(identifiers),
    )


def _known_as(identifiers: Mapping[str, str]) -> JsonObject:
    return {
        "identifier": [_property(scheme, value) for scheme, value in identifiers.items()],
        "sameAs": iris_of(identifiers),
    }


def _location(
    event: EventDocument, identifiers: Identifiers, api_url: str
) -> JsonObject | list[JsonObject] | None:
    """The place, or each place of a journey; None without one."""
    nodes = [_place(each, identifiers, api_url) for each in event.places()]
    return nodes if len(nodes) > 1 else next(iter(nodes), None)


def _place(place: PlaceReference, known: Identifiers, api_url: str) -> JsonObject:
    url = f"{api_url}/places/{place.id}"
    return _thing(
        "Place",
        _node(url),
        name=texts(place.name),
        url=url,
        address={"@type": "PostalAddress", "addressCountry": place.country},
        geo={
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        },
        additionalProperty=[_property("precision", place.precision)],
        **_known_as(known.get((EntityKind.PLACE, place.id), {})),
    )


def _treaty(treaty: TreatyReference, api_url: str) -> JsonObject:
    url = f"{api_url}/treaties/{treaty.id}"
    return _thing("CreativeWork", _node(url), name=texts(treaty.name), url=url)


def _record(event: EventDocument, url: str, api_url: str) -> JsonObject:
    """This API's document about the event, and the sources on which it is based."""
    return {
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "encodingFormat": "application/json",
        "license": LICENCE_URL,
        "version": event.revision,
        "dateCreated": event.created_at,
        "dateModified": event.updated_at,
        "isBasedOn": _sources(event.sources, api_url),
    }


def _sources(citations: Iterable[CitationDocument], api_url: str) -> list[JsonObject]:
    return [
        without_none(
            _thing(
                "CreativeWork",
                _node(f"{api_url}/sources/{citation.id}"),
                name=citation.title,
                inLanguage=citation.language,
                url=citation.url,
                archivedAt=citation.archived_url,
                datePublished=_iso(citation.published or ""),
                publisher=_organization(citation.publisher),
                author=_organization(citation.agency),
            )
        )
        for citation in citations
    ]


def _organization(publisher: PublisherReference | None) -> JsonObject | None:
    if publisher is None:
        return None
    return {"@type": "Organization", "name": texts(publisher.name)}
