"""The head of a page for programs: its description, schema.org data, and how to cite it."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from app.documents.dataset import DatasetFacts
from app.documents.entities import (
    Document,
    EventDocument,
    ParticipantDocument,
    PlaceDocument,
    SourceDocument,
    TreatyDocument,
)
from app.documents.entities.event import PlaceReference
from app.domain import dataset
from app.domain.labels.schemes import iris_of
from app.domain.languages import Language, language_of, text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import ParticipantKind
from app.formats.citations.known_date import KnownDate, known_date
from app.formats.events.jsonld import AGENTS, PROPERTIES, STATUSES, iso_dates
from app.formats.json_objects import JsonObject, script_text, texts, without_none
from app.formats.pages.catalogues import N_
from app.formats.pages.describing import describe, source_title
from app.formats.pages.site import Site
from app.formats.phrases import WORDS, label
from app.formats.text import abstract

_CONTEXT: Final = "https://schema.org"
SUMMARY: Final = N_(
    "Who met whom, when, where, and how we know: diplomatic interactions between Russ"
    "ia, the USSR before it, and the DPRK since 1945."
)
_Metas = Sequence[tuple[str, str]]


class Head(NamedTuple):
    """The data of a page for programs."""

    description: str = ""
    # JSON that is safe within a `script`; empty for none.
    json_ld: str = ""
    # The names and contents of `citation_…` elements.
    citation: _Metas = ()
    # The address of the same data from the API; empty for none.
    api: str = ""
    # Whether search engines may list the page.
    listed: bool = True
    # The script of the page, a file in `static/`; empty for none.
    script: str = ""


def event_head(site: Site, event: EventDocument) -> Head:
    """Return the head of the page of an event."""
    language = site.language
    return Head(
        description=abstract(language, event),
        json_ld=script_text(_event(site, event)),
        citation=_citation(
            text_in(language, event.title),
            language_of(language, event.title),
            WORDS[language].title,
            # The timeline published this revision then. The date of the event is another one.
            known_date(event.updated_at.date().isoformat()),
            site.url,
        ),
        api=site.api(f"events/{event.id}"),
    )


def _event(site: Site, event: EventDocument) -> JsonObject:
    """Return an event in the language of the page. `/v1/events/{id}.jsonld` has all of it."""
    language = site.language
    start, end = iso_dates(event.date)
    people: dict[str, list[JsonObject]] = {}
    for part in event.participants:
        agent = {"@type": AGENTS[part.kind], "name": text_in(language, part.name)}
        agent["url"] = site.absolute("participants", part.id)
        people.setdefault(PROPERTIES[part.role], []).append(agent)
    places = [_location(site, each) for each in event.places()]
    return without_none(
        {
            "@context": _CONTEXT,
            "@type": "Event",
            "@id": f"{site.base}/v1/events/{event.id}#it",
            "name": text_in(language, event.title),
            "description": abstract(language, event),
            "startDate": start,
            "endDate": end,
            "eventStatus": STATUSES.get(event.status),
            "location": places if len(places) > 1 else next(iter(places), None),
            **people,
            "url": site.url,
            "license": dataset.LICENCE_URL,
        }
    )


def _location(site: Site, place: PlaceReference) -> JsonObject:
    return {
        "@type": "Place",
        "name": text_in(site.language, place.name),
        "url": site.absolute("places", place.id),
        "address": {"@type": "PostalAddress", "addressCountry": place.country},
    }


def source_head(site: Site, source: SourceDocument) -> Head:
    """Return the head of the page of a source: a reader who cites it cites the source itself."""
    publisher = source.publisher or source.agency
    title = source_title(site.language, source)
    citation = _citation(
        title,
        source.language,
        text_in(site.language, publisher.name) if publisher else "",
        known_date(source.published),
        source.url or "",
    )
    thing = _thing("CreativeWork", site, None)
    named = {"name": title, "inLanguage": source.language, "sameAs": source.url}
    return Head(
        title,
        script_text(without_none({**thing, **named})),
        citation,
        _api(site, "sources", source),
    )


def participant_head(site: Site, who: ParticipantDocument) -> Head:
    """Return the head of the page of a person, an organisation or a state."""
    more: JsonObject = {"alternateName": who.aliases, "sameAs": iris_of(who.identifiers)}
    if who.kind is ParticipantKind.PERSON:
        more["hasOccupation"] = [
            {"@type": "Occupation", "name": position.title} for position in who.positions
        ]
    thing = _thing(AGENTS[who.kind], site, who.names, **more)
    return _entity(site, who, who.names, "participants", thing)


def place_head(site: Site, place: PlaceDocument) -> Head:
    """Return the head of the page of a place."""
    geo = {
        "@type": "GeoCoordinates",
        "latitude": place.latitude,
        "longitude": place.longitude,
        "addressCountry": place.country,
    }
    more = {"alternateName": place.aliases, "sameAs": iris_of(place.identifiers)}
    thing = _thing("Place", site, place.names, geo=geo, **more)
    return _entity(site, place, place.names, "places", thing)


def treaty_head(site: Site, treaty: TreatyDocument) -> Head:
    """Return the head of the page of a treaty."""
    thing = _thing("Legislation", site, treaty.names, legislationIdentifier=treaty.registration)
    thing["legislationType"] = label(Language.EN, treaty.kind)
    return _entity(site, treaty, treaty.names, "treaties", thing)


def plain_head(site: Site, collection: str, entity: Document, names: LanguageMap) -> Head:
    """Return the head of the page of an entity of which schema.org says little."""
    description = describe(site.language, entity)
    name = text_in(site.language, names)
    return Head(f"{name}. {description}".rstrip(". "), "", (), _api(site, collection, entity))


def dataset_head(site: Site, facts: DatasetFacts, publisher: str, description: str) -> Head:
    """Return the head of the page about the dataset, which search engines of data read."""
    files = (("csv", "text/csv"), ("ndjson", "application/x-ndjson"))
    span = [day.isoformat() for day in (facts.first_on, facts.last_on) if day]
    thing = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": f"{site.base}/",
        "name": WORDS[site.language].title,
        "alternateName": dataset.NAME,
        "description": description,
        "inLanguage": [*Language],
        "isAccessibleForFree": True,
        "license": dataset.LICENCE_URL,
        "url": site.url,
        "version": str(facts.seq),
        "dateModified": facts.modified_at.isoformat() if facts.modified_at else None,
        "temporalCoverage": "/".join(span) or None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"{site.base}/v1/events.{suffix}",
            }
            for suffix, media_type in files
        ],
    }
    return Head(
        description, script_text(without_none(thing)), (), f"{site.prefix}/v1/dataset.jsonld"
    )


def _entity(
    site: Site, entity: Document, names: LanguageMap, collection: str, thing: JsonObject
) -> Head:
    plain = plain_head(site, collection, entity, names)
    return plain._replace(json_ld=script_text(thing))


def _thing(kind: str, site: Site, names: LanguageMap | None, **more: Any) -> JsonObject:
    """Return a thing of schema.org with the page as its address, without facts that are unknown."""
    given = {name: value for name, value in more.items() if value not in (None, [], "")}
    named = {"name": texts(names)} if names else {}
    return {
        "@context": _CONTEXT,
        "@type": kind,
        "@id": f"{site.url}#it",
        "url": site.url,
        **named,
        **given,
    }


def _api(site: Site, collection: str, entity: Document) -> str:
    return site.api(f"{collection}/{entity.id}")


def _citation(
    title: str, language: str, publisher: str, published: KnownDate | None, url: str
) -> _Metas:
    """Return elements that reference managers read; a date is never finer than it is known."""
    day = published.single if published and not published.doubtful else None
    metas = (
        ("citation_title", title),
        ("citation_publication_date", "/".join(f"{part:02}" for part in day.parts) if day else ""),
        ("citation_publisher", publisher),
        ("citation_language", language),
        ("citation_public_url", url),
    )
    return [(name, content) for name, content in metas if content]
