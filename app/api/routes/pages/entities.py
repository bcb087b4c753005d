"""The pages of participants, places, treaties, offices, subjects, sources and publishers."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Response
from sqlalchemy import Connection

from app.api.dependencies.kinds import (
    OfficePath,
    ParticipantPath,
    PlacePath,
    PublisherPath,
    SourcePath,
    TagPath,
    TreatyPath,
)
from app.api.dependencies.reader import Reader, ReaderDep, existing_document
from app.api.http.pages import site_of
from app.api.routes.pages.history import record_history
from app.api.routes.pages.pins import proof_parameters
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.entities.earlier import read_participant, read_place
from app.documents.entities.office import OfficeDocument
from app.documents.entities.publisher import PublisherDocument
from app.documents.entities.source import SourceDocument
from app.documents.entities.tag import TagDocument
from app.documents.entities.treaty import TreatyDocument
from app.documents.pages import Counterpart
from app.domain.languages import text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.formats.pages.describing import source_title, terms_of
from app.formats.pages.head import (
    participant_head,
    place_head,
    plain_head,
    source_head,
    treaty_head,
)
from app.formats.pages.sharing.take_away import TakeAway, share_events_of
from app.formats.pages.site import Site
from app.formats.pages.timeline import WIDTH, axis_of, draw
from app.reading import lists
from app.reading.counts.activity import find_activity
from app.reading.entity_names import entity_names
from app.reading.listing import Listing, count_items, fetch_page, find_documents
from app.reading.parameters.common import PageRequest, Total
from app.reading.parameters.entities import (
    PlaceFilters,
    PublisherFilters,
    SourceFilters,
    TagFilters,
)
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.parameters.participants import CounterpartFilters, ParticipantFilters

router = make_page_router()
# The most events, counterparts or parts that a page of an entity lists. Links lead to all of them.
_SHOWN: Final = 20
_Values = dict[str, Any]


@router.get("/participants/{participant_id}")
def show_participant(
    language: LanguagePath, participant_id: ParticipantPath, reader: ReaderDep
) -> Response:
    """Show a person, an organisation or a state: names, positions, counterparts, events."""
    values = reader.find(lambda connection: _participant(connection, participant_id))
    site = site_of(reader.request, language)
    head = participant_head(site, values["who"])
    share = _share(reader, site, EntityKind.PARTICIPANT, participant_id, values["who"].names)
    return page(reader.request, language, "participant.html", head, share=share, **values)


def _participant(connection: Connection, slug: str) -> _Values:
    kind = EntityKind.PARTICIPANT
    who = read_participant(existing_document(connection, kind, slug))
    offices = {each.office for each in who.positions if each.office}
    organisations = {each.organisation for each in who.positions if each.organisation}
    (activity,) = find_activity(connection, kind, [slug])
    others = _first(connection, lists.counterparts(slug, CounterpartFilters()))
    return {
        "who": who,
        "activity": activity,
        "office_names": entity_names(connection, EntityKind.OFFICE, offices),
        "organisation_names": entity_names(connection, kind, organisations),
        "counterparts": [*map(Counterpart.model_validate_json, others)],
        **_events(connection, EventFilters(participant=[slug])),
        **record_history(connection, kind, slug),
    }


@router.get("/places/{place_id}")
def show_place(language: LanguagePath, place_id: PlacePath, reader: ReaderDep) -> Response:
    """Show a place, the places within it, and its events."""
    values = reader.find(lambda connection: _place(connection, place_id))
    site = site_of(reader.request, language)
    head = place_head(site, values["place"])
    share = _share(reader, site, EntityKind.PLACE, place_id, values["place"].names)
    return page(reader.request, language, "place.html", head, share=share, **values)


def _place(connection: Connection, slug: str) -> _Values:
    place = read_place(existing_document(connection, EntityKind.PLACE, slug))
    parts = _first(connection, lists.places(PlaceFilters(part_of=[slug])), 200)
    whole = {place.part_of} if place.part_of else set()
    return {
        "place": place,
        "whole_names": entity_names(connection, EntityKind.PLACE, whole),
        "parts": [*map(read_place, parts)],
        **_events(connection, EventFilters(place=[slug])),
        **record_history(connection, EntityKind.PLACE, slug),
    }


@router.get("/offices/{office_id}")
def show_office(language: LanguagePath, office_id: OfficePath, reader: ReaderDep) -> Response:
    """Show an office, its holders on record, and the events in which somebody acted in it."""
    values = reader.find(lambda connection: _office(connection, office_id))
    site = site_of(reader.request, language)
    head = plain_head(site, "offices", values["office"], values["office"].names)
    share = _share(reader, site, EntityKind.OFFICE, office_id, values["office"].names)
    return page(reader.request, language, "office.html", head, share=share, **values)


def _office(connection: Connection, slug: str) -> _Values:
    office = OfficeDocument.model_validate_json(
        existing_document(connection, EntityKind.OFFICE, slug)
    )
    holders = _first(connection, lists.participants(ParticipantFilters(office=[slug])), 200)
    organisation = {office.organisation} if office.organisation else set()
    return {
        "office": office,
        "organisation_names": entity_names(connection, EntityKind.PARTICIPANT, organisation),
        "terms": terms_of(slug, map(read_participant, holders)),
        **_events(connection, EventFilters(office=[slug])),
        **record_history(connection, EntityKind.OFFICE, slug),
    }


@router.get("/tags/{tag_id}")
def show_tag(language: LanguagePath, tag_id: TagPath, reader: ReaderDep) -> Response:
    """Show a subject, the narrower ones, and its events."""
    values = reader.find(lambda connection: _tag(connection, tag_id))
    site = site_of(reader.request, language)
    head = plain_head(site, "tags", values["tag"], values["tag"].names)
    share = _share(reader, site, EntityKind.TAG, tag_id, values["tag"].names)
    return page(reader.request, language, "tag.html", head, share=share, **values)


def _tag(connection: Connection, slug: str) -> _Values:
    tag = TagDocument.model_validate_json(existing_document(connection, EntityKind.TAG, slug))
    narrower = _first(connection, lists.tags(TagFilters(broader=[slug])), 200)
    broader = {tag.broader} if tag.broader else set()
    return {
        "tag": tag,
        "broader_names": entity_names(connection, EntityKind.TAG, broader),
        "narrower": [*map(TagDocument.model_validate_json, narrower)],
        **_events(connection, EventFilters(tag=[slug])),
        **record_history(connection, EntityKind.TAG, slug),
    }


@router.get("/sources/{source_id}")
def show_source(language: LanguagePath, source_id: SourcePath, reader: ReaderDep) -> Response:
    """Show a source and the events that cite it."""
    values = reader.find(lambda connection: _source(connection, source_id))
    site = site_of(reader.request, language)
    head = source_head(site, values["source"])
    share = share_events_of(
        site,
        EntityKind.SOURCE,
        EntityKind.SOURCE.collection,
        source_id,
        source_title(language, values["source"]),
        proof_parameters(reader),
    )
    return page(reader.request, language, "source.html", head, share=share, **values)


def _source(connection: Connection, slug: str) -> _Values:
    source = SourceDocument.model_validate_json(
        existing_document(connection, EntityKind.SOURCE, slug)
    )
    house = {source.house} if source.house else set()
    return {
        "source": source,
        "house_names": entity_names(connection, EntityKind.PUBLISHER, house),
        **_events(connection, EventFilters(source=[slug])),
        **record_history(connection, EntityKind.SOURCE, slug),
    }


@router.get("/publishers/{publisher_id}")
def show_publisher(
    language: LanguagePath, publisher_id: PublisherPath, reader: ReaderDep
) -> Response:
    """Show a publisher, the publishers that copy it, its sources, and the events that rest on them."""
    values = reader.find(lambda connection: _publisher(connection, publisher_id))
    site = site_of(reader.request, language)
    names = values["publisher"].names
    head = plain_head(site, "publishers", values["publisher"], names)
    share = _share(reader, site, EntityKind.PUBLISHER, publisher_id, names, values["role"])
    return page(reader.request, language, "publisher.html", head, share=share, **values)


def _publisher(connection: Connection, slug: str) -> _Values:
    publisher = PublisherDocument.model_validate_json(
        existing_document(connection, EntityKind.PUBLISHER, slug)
    )
    copies = _first(connection, lists.publishers(PublisherFilters(house=[slug])), 200)
    published = count_items(connection, lists.sources(SourceFilters(publisher=[slug])))
    written = count_items(connection, lists.sources(SourceFilters(agency=[slug])))
    # A news agency may be known by its texts in papers alone.
    role = "agency" if written and not published else "publisher"
    house = {publisher.house} if publisher.house else set()
    return {
        "publisher": publisher,
        "house_names": entity_names(connection, EntityKind.PUBLISHER, house),
        "copies": [*map(PublisherDocument.model_validate_json, copies)],
        "source_count": published,
        "text_count": written,
        "role": role,
        **_events(connection, EventFilters.model_validate({role: [slug]})),
        **record_history(connection, EntityKind.PUBLISHER, slug),
    }


@router.get("/treaties/{treaty_id}")
def show_treaty(language: LanguagePath, treaty_id: TreatyPath, reader: ReaderDep) -> Response:
    """Show a treaty with its stages and its time in force as bars."""
    values = reader.find(lambda connection: _treaty(connection, treaty_id))
    site = site_of(reader.request, language)
    head = treaty_head(site, values["treaty"])
    share = _share(reader, site, EntityKind.TREATY, treaty_id, values["treaty"].names)
    return page(reader.request, language, "treaty.html", head, share=share, **values)


def _treaty(connection: Connection, slug: str) -> _Values:
    treaty = TreatyDocument.model_validate_json(
        existing_document(connection, EntityKind.TREATY, slug)
    )
    axis = axis_of([treaty], datetime.now(UTC).date())
    found = find_documents(connection, EntityKind.EVENT, [each.event for each in treaty.stages])
    events = {event["id"]: event for event in map(json.loads, found)}
    return {
        "treaty": treaty,
        "axis": axis,
        "width": WIDTH,
        "drawing": draw(treaty, axis),
        # In the middle of a write, the events of stages may come later.
        "stages": [(each, events[each.event]) for each in treaty.stages if each.event in events],
        **record_history(connection, EntityKind.TREATY, slug),
    }


def _share(
    reader: Reader, site: Site, kind: EntityKind, slug: str, names: LanguageMap, by: str = ""
) -> TakeAway:
    """Return the links of the page of an entity; the filter `by`, or else its kind, chooses its events."""
    title, proof = text_in(site.language, names), proof_parameters(reader)
    return share_events_of(site, by or kind, kind.collection, slug, title, proof)


def _events(connection: Connection, filters: EventFilters) -> _Values:
    """Return the newest events, and the number of all of them: two statements."""
    listing = lists.events(filters, EventSort.DATE_DESCENDING)
    found = fetch_page(connection, listing, PageRequest(limit=_SHOWN, total=Total.EXACT), "")
    return {"events": [*map(json.loads, found.items)], "total": found.total}


def _first(connection: Connection, listing: Listing, limit: int = _SHOWN) -> list[bytes]:
    return [*fetch_page(connection, listing, PageRequest(limit=limit), "").items]
