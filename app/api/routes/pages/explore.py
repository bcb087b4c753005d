"""The list of events as a page: filters, facets, and the files of the same list."""

import json
from typing import Annotated, Any, Final

from fastapi import Query, Response
from sqlalchemy import Connection

from app.api.dependencies.event_page import fetch_events
from app.api.dependencies.reader import Reader, ReaderDep
from app.api.http.pages import site_of
from app.api.routes.pages.naming import meant_ids, names_as_sent
from app.api.routes.pages.pins import proof_parameters
from app.api.routes.pages.router import LanguagePath, make_page_router, page
from app.documents.counting import Facet, FacetCounts
from app.domain.vocabulary import EntityKind, EventStatus, EventType
from app.formats.pages.charts import Chart, year_chart
from app.formats.pages.explore import (
    FACETS,
    FIELDS,
    IN_LIST,
    chips,
    facets_on_page,
    kept_fields,
    list_title,
)
from app.formats.pages.explorer.index import MOST_EVENTS
from app.formats.pages.explorer.page_data import Listed, write_page_data
from app.formats.pages.head import Head
from app.formats.pages.sharing.take_away import share_list
from app.formats.pages.site import Site
from app.reading import lists
from app.reading.counts.facets import count_facets
from app.reading.listing import Listing, count_items
from app.reading.parameters.common import PageRequest, Total
from app.reading.parameters.events import EventFilters, EventOrder, EventSort, EventView

router = make_page_router()
_LISTED: Final = EventView(facets=[*FACETS], facet_limit=12)
_YEARS: Final = EventView(facets=[Facet.YEAR], facet_limit=10_000)


@router.get("/explore")
def show_events(
    language: LanguagePath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    request: Annotated[PageRequest, Query()],
    reader: ReaderDep,
) -> Response:
    """Show the events that the filters choose, with the parameters of `/v1/events`."""
    chosen = reader.follow_whole(filters)
    site = site_of(reader.request, language)
    found = reader.find(lambda connection: _find(connection, reader, site, chosen, order, request))
    meant, facets = meant_ids(site.pairs, chosen), found.pop("facets")
    in_words = chips(language, site, found.pop("names"), EntityKind.EVENT)
    title = list_title(language, in_words)
    is_small = found["everything"] <= MOST_EVENTS
    listed = Listed(found["total"], in_words, found["unknown"], meant)
    data = write_page_data(site, EventFilters.model_fields, listed)
    return page(
        reader.request,
        language,
        "explore.html",
        Head(
            api=site.same_list("events"),
            listed=not site.pairs,
            script="explorer.js" if is_small else "",
        ),
        explorer=data if is_small else "",
        filters=filters,
        sort=order.sort,
        types=[*EventType],
        statuses=[*EventStatus],
        kept=kept_fields(site, FIELDS),
        chips=in_words,
        facets=facets_on_page(language, site, facets, meant),
        title=title,
        share=share_list(site, title, proof_parameters(reader)),
        **found,
    )


def _find(
    connection: Connection,
    reader: Reader,
    site: Site,
    filters: EventFilters,
    order: EventOrder,
    request: PageRequest,
) -> dict[str, Any]:
    """Return the page, its counts and the names of ids, all from one snapshot."""
    counted = request.model_copy(update={"total": Total.EXACT})
    found, filters = fetch_events(reader, connection, filters, order, counted)
    sets = reader.find_sets(connection)
    return {
        "list": found,
        "events": [*map(json.loads, found.items)],
        "total": found.total,
        "unknown": found.unknown,
        "everything": count_items(connection, _all_events(reader)),
        "facets": count_facets(connection, filters, _LISTED, sets, in_list=IN_LIST),
        "chart": _chart(count_facets(connection, filters, _YEARS, sets)[Facet.YEAR]),
        "names": names_as_sent(connection, site.pairs, filters),
    }


def _all_events(reader: Reader) -> Listing:
    everything = EventFilters()
    return reader.with_sets(lists.events(everything, EventSort.DATE), everything)


def _chart(years: FacetCounts) -> Chart | None:
    return year_chart({int(each["value"]): each["count"] for each in years.values})
