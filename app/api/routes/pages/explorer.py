"""The data of the explorer, the script on the page of events."""

from typing import Annotated, Final

from fastapi import Query, Response
from pydantic_core import to_json
from sqlalchemy import Connection

from app.api.dependencies.reader import JSON_MEDIA_TYPE, Reader, ReaderDep, json_response
from app.api.http.compact import compact_response
from app.api.http.request_state import request_state
from app.api.routes.pages.router import LanguagePath, make_page_router
from app.formats.pages.explorer.index import Documents, write_index
from app.reading import lists
from app.reading.counts.coverage import count_coverage
from app.reading.listing import find_slugs, stream_items
from app.reading.parameters.entities import PlaceFilters, PublisherFilters, TagFilters
from app.reading.parameters.events import EventFilters, EventOrder, EventSort
from app.reading.parameters.participants import ParticipantFilters
from app.tables import core as t

router = make_page_router()
_NEWEST_FIRST: Final = EventSort.DATE_DESCENDING


@router.get("/explore.json")
def get_explorer_index(language: LanguagePath, reader: ReaderDep) -> Response:
    """Get all events with the values by which the explorer filters them, in one language."""
    _allow_other_versions(reader)
    documents, thin = reader.find(_read)
    index = write_index(language, documents, thin)
    return compact_response(reader.request, index, JSON_MEDIA_TYPE)


def _read(connection: Connection) -> tuple[Documents, list[int]]:
    """Return all documents of the index and the years that are hardly documented: eight statements."""
    listings = (
        lists.events(EventFilters(), _NEWEST_FIRST),
        lists.participants(ParticipantFilters()),
        lists.places(PlaceFilters()),
        lists.tags(TagFilters()),
        lists.publishers(PublisherFilters()),
    )
    documents = Documents(*([*stream_items(connection, each)] for each in listings))
    years = count_coverage(connection, []).years
    return documents, [each.year for each in years if each.thin]


@router.get("/explore/matches.json")
def get_explorer_matches(
    language: LanguagePath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    reader: ReaderDep,
) -> Response:
    """Get the ids of the events of `/v1/events` with these parameters, for filters that the index lacks."""
    _allow_other_versions(reader)
    chosen = reader.follow_whole(filters)

    def find(connection: Connection) -> list[str]:
        listing = lists.find_events(connection, chosen, order.sort)
        return find_slugs(connection, listing, t.event)

    return json_response(to_json({"ids": reader.find(find)}))


def _allow_other_versions(reader: Reader) -> None:
    """Let caches ask again, even about a past state: the next version of the explorer reads other data."""
    request_state(reader.request.scope).unchanging = False
