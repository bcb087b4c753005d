"""One event as schema.org JSON-LD, which may be put into a page as it is."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from pydantic import MISSING

from app.documents.entities.event import (
    CitationDocument,
    EventDocument,
    ParticipationDocument,
    PlaceReference,
)
from app.domain.dataset import LICENCE_URL
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.domain.vocabulary import EventStatus, ParticipantKind, RelationType, Role
from app.formats.catalog import schema_org as s

# By participant, and then by scheme.
Identifiers = Mapping[str, Mapping[str, str]]

_AGENTS: Final = {
    ParticipantKind.PERSON: s.AgentType.PERSON,
    ParticipantKind.ORGANISATION: s.AgentType.ORGANIZATION,
    ParticipantKind.STATE: s.AgentType.COUNTRY,
}
# Whoever sends or gets a letter, acts for another or is honoured need not have been there.
_PROPERTIES: Final = {
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
# What was announced, or only reported, may never have taken place: of it there is no word.
_STATUSES: Final = {
    EventStatus.OCCURRED: s.EventStatusType.SCHEDULED,
    EventStatus.CANCELLED: s.EventStatusType.CANCELLED,
}
# The catalogues whose identifiers are known to be parts of IRIs.
_CATALOGUES: Final = {
    "isni": "https://isni.org/isni/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "http://www.wikidata.org/entity/",
}
# Unspecified parts at the end say no more than leaving them out.
_UNSPECIFIED: Final = re.compile("(?:-XX)+$")
# Not seasons, decades and centuries, and nothing that is marked as approximate or uncertain.
_ISO: Final = re.compile(
    "[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2}(?:T[0-9:]{8}(?:Z|[-+].+)?)?)?)?"
)
# What could end or confuse the script element of a page, or its script.
_UNSAFE: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def write(event: EventDocument, identifiers: Identifiers, api_url: str, state: str = "") -> str:
    """The event as JSON; `api_url` ends in `/v1`. Within a `<script>` it stays what it is.

    `state` is the query that chose a past state: what is said of the record is said of it as it then was.
    """
    return _event(event, identifiers, api_url, state).model_dump_json().translate(_UNSAFE)


def _event(
    event: EventDocument, identifiers: Identifiers, api_url: str, state: str
) -> s.LinkedEvent:
    url = f"{api_url}/events/{event.id}"
    start, end = _dates(event.date)
    roles = [(_PROPERTIES[p.role], _role(p, identifiers, api_url)) for p in event.participants]
    return s.LinkedEvent(
        context=s.LinkedContext(),
        type="Event",
        id=_node(url),
        name=_texts(event.title),
        description=_texts(event.summary),
        url=url,
        date=event.date,
        start_date=start,
        end_date=end,
        event_status=_STATUSES.get(event.status, MISSING),
        location=MISSING if event.place is None else _place(event.place, api_url),
        organizer=[role for name, role in roles if name == "organizer"],
        attendee=[role for name, role in roles if name == "attendee"],
        contributor=[role for name, role in roles if name == "contributor"],
        about=_treaty(event, api_url),
        super_event=[
            s.LinkedReference(id=_node(f"{api_url}/events/{relation.event}"))
            for relation in event.relations
            if relation.type is RelationType.PART_OF
        ],
        keywords=event.tags,
        additional_property=[
            s.LinkedProperty(name=name, value=getattr(event, name))
            for name in ("type", "subtype", "status", "confidence")
        ],
        subject_of=[_record(event, f"{url}?{state}" if state else url, api_url)],
    )


def _node(url: str) -> str:
    """The IRI of a thing, which is not that of the document about it."""
    return f"{url}#it"


def _texts(texts: LanguageMap) -> list[s.LinkedText]:
    found = [(language, getattr(texts, language)) for language in Language]
    return [s.LinkedText(language=code, value=text) for code, text in found if text is not MISSING]


def _dates(edtf: str) -> tuple[str | MISSING, str | MISSING]:
    """The start and the end in ISO 8601, each as far as it is known; of a set neither."""
    start, slash, end = edtf.partition("/")
    return _iso(start), _iso(end if slash else start)


def _iso(edtf: str) -> str | MISSING:
    body = _UNSPECIFIED.sub("", edtf)
    return body if _ISO.fullmatch(body) else MISSING


def _role(part: ParticipationDocument, known: Identifiers, api_url: str) -> s.LinkedRole:
    agent = _agent(part, known.get(part.id, {}), f"{api_url}/participants/{part.id}")
    return s.LinkedRole(
        type="Role",
        role_name=part.role,
        description=MISSING if part.capacity is None else part.capacity,
        **{_PROPERTIES[part.role]: agent},
    )


def _agent(part: ParticipationDocument, identifiers: Mapping[str, str], url: str) -> s.LinkedAgent:
    return s.LinkedAgent(
        type=_AGENTS[part.kind],
        id=_node(url),
        name=_texts(part.name),
        url=url,
        identifier=[
            s.LinkedProperty(name=scheme, value=value) for scheme, value in identifiers.items()
        ],
        same_as=[
            f"{_CATALOGUES[scheme]}{quote(value)}"
            for scheme, value in identifiers.items()
            if scheme in _CATALOGUES
        ],
    )


def _place(place: PlaceReference, api_url: str) -> s.LinkedPlace:
    url = f"{api_url}/places/{place.id}"
    return s.LinkedPlace(
        id=_node(url),
        name=_texts(place.name),
        url=url,
        address=s.LinkedAddress(address_country=place.country),
        geo=s.LinkedCoordinates(latitude=place.latitude, longitude=place.longitude),
        additional_property=[s.LinkedProperty(name="precision", value=place.precision)],
    )


def _treaty(event: EventDocument, api_url: str) -> s.LinkedTreaty | MISSING:
    if event.treaty is None:
        return MISSING
    url = f"{api_url}/treaties/{event.treaty.id}"
    return s.LinkedTreaty(id=_node(url), name=_texts(event.treaty.name), url=url)


def _record(event: EventDocument, url: str, api_url: str) -> s.LinkedDocument:
    return s.LinkedDocument(
        id=url,
        url=url,
        license=LICENCE_URL,
        version=event.revision,
        date_created=event.created_at,
        date_modified=event.updated_at,
        is_based_on=_sources(event.sources, api_url),
    )


def _sources(citations: Iterable[CitationDocument], api_url: str) -> list[s.LinkedSource]:
    return [
        s.LinkedSource(
            type="CreativeWork",
            id=_node(f"{api_url}/sources/{citation.id}"),
            in_language=citation.language,
            url=MISSING if citation.url is None else citation.url,
            date_published=_iso(citation.published or ""),
            publisher=_named(citation.publisher),
            author=_named(citation.agency),
        )
        for citation in citations
    ]


def _named(name: str | None) -> s.LinkedPublisher | MISSING:
    return MISSING if name is None else s.LinkedPublisher(name=name)
