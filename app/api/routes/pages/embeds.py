"""Embeds: an event or a list of events for a frame in a page elsewhere, and their oEmbed description."""

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.event_page import fetch_events
from app.api.dependencies.kinds import EventPath
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.parameters import refuse_undeclared
from app.api.dependencies.reader import (
    PresentReaderDep,
    ReaderDep,
    existing_document,
    json_response,
)
from app.api.http.pages import page_headers, site_of
from app.api.http.request_state import request_state
from app.api.http.urls import base_url
from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import FormatNotOffered, InvalidParameter, NotFound
from app.api.problems.missing import MovedError
from app.api.routes.pages.naming import names_as_sent
from app.api.routes.pages.pins import present_state
from app.api.routes.pages.router import LanguagePath
from app.documents.entities.earlier import read_event
from app.documents.tombstone import find_survivors
from app.domain.languages import Language, text_in
from app.domain.vocabulary import EntityKind
from app.domain.wording import quote_value
from app.formats.pages.environment import render
from app.formats.pages.event import independence_of
from app.formats.pages.explore import chips, list_title
from app.formats.pages.sharing.oembed import (
    EmbeddedPage,
    EmbedError,
    describe_embed,
    read_page,
    write_oembed_xml,
)
from app.formats.pages.site import STATE, Site
from app.formats.phrases import WORDS
from app.reading.listing import Page, find_document
from app.reading.merged_ids import mergeable_ids, with_survivors
from app.reading.names.filtered import FilterNames
from app.reading.parameters.canonical import FiltersError, event_filters
from app.reading.parameters.common import PagePosition, PageRequest, PlainNumber, Total
from app.reading.parameters.events import EventFilters, EventOrder
from app.reading.states import NoSuchStateError, state_of_change, state_of_release

_PREFIX: Final = "/embed/{language:language}"
router = APIRouter(
    dependencies=[Depends(refuse_unsupported_methods), Depends(refuse_undeclared)],
    route_class=CompiledRoute,
    include_in_schema=False,
)
# Readers send parameters beyond the standard, such as WordPress `dnt`, which say nothing here.
oembed = APIRouter(
    dependencies=[Depends(refuse_unsupported_methods)],
    route_class=CompiledRoute,
    include_in_schema=False,
)
# Parameters of a list that choose no events.
_BESIDE: Final = (*STATE, *EventOrder.model_fields)


@router.get(f"{_PREFIX}/events/{{event_id}}")
def show_embedded_event(language: LanguagePath, event_id: EventPath, reader: ReaderDep) -> Response:
    """Show an event in a frame."""
    event = read_event(reader.document(EntityKind.EVENT, event_id))
    site = _site(reader.request, language, f"/events/{event_id}")
    return _embed(
        reader.request, site, "embed_event.html", event=event, independence=independence_of(event)
    )


@router.get(f"{_PREFIX}/explore")
def show_embedded_events(
    language: LanguagePath,
    filters: Annotated[EventFilters, Query()],
    order: Annotated[EventOrder, Query()],
    position: Annotated[PagePosition, Query()],
    reader: ReaderDep,
) -> Response:
    """Show the first events of a list in a frame, and how many there are."""
    chosen = reader.follow_whole(filters)
    request = PageRequest(limit=position.limit, cursor=position.cursor, total=Total.EXACT)

    def find(connection: Connection) -> tuple[Page, FilterNames]:
        found, meant = fetch_events(reader, connection, chosen, order, request)
        return found, names_as_sent(connection, site.pairs, meant)

    site = _site(reader.request, language, "/explore")
    found, names = reader.find(find)
    events = [*map(json.loads, found.items)]
    in_words = chips(language, site, names, EntityKind.EVENT)
    title = list_title(language, in_words)
    shown = {"events": events, "total": found.total, "chips": in_words, "title": title}
    return _embed(reader.request, site, "embed_list.html", **shown)


class OembedFormat(StrEnum):
    """The formats of oEmbed that this server writes."""

    JSON = "json"
    XML = "xml"


_Limit = Annotated[int, PlainNumber, Query(ge=1)]


@oembed.get("/oembed")
def get_oembed(
    reader: PresentReaderDep,
    url: Annotated[str, Query(min_length=1, max_length=8000)],
    maxwidth: _Limit = 10_000,
    maxheight: _Limit = 10_000,
    format: Annotated[str, Query(max_length=100)] = OembedFormat.JSON,
) -> Response:
    """Describe the embed of a page, for programs that turn an address into a preview (oEmbed 1.0)."""
    if format not in [*OembedFormat]:
        formats = " and ".join(OembedFormat)
        raise FormatNotOffered(f"format: found {quote_value(format)}; the formats are {formats}")
    base = base_url(reader.request)
    try:
        page = read_page(base, url)
    except EmbedError as error:
        raise NotFound(f"url: {error}") from None
    title, page = reader.find(lambda connection: _described(connection, base, page))
    provider = WORDS[page.language].title
    described = describe_embed(base, page, title, provider, (maxwidth, maxheight))
    if format == OembedFormat.XML:
        return Response(write_oembed_xml(described), media_type="text/xml")
    return json_response(json.dumps(described, ensure_ascii=False))


def _described(connection: Connection, base: str, page: EmbeddedPage) -> tuple[str, EmbeddedPage]:
    """Return the title of a page, and the page in the present state if its address is the permanent one."""
    _check_state(connection, page)
    title, page = _event(connection, page) if page.event else _list(connection, base, page)
    if page.pinned and not _is_past(page):
        page = page._replace(pairs=(*page.pairs, present_state(connection)))
    return title, page


def _check_state(connection: Connection, page: EmbeddedPage) -> None:
    """Raise InvalidParameter if the address names a change or a release that does not exist."""
    try:
        for name, value in page.pairs:
            if name == "release":
                state_of_release(connection, value)
            elif name == "as_of" and value.isdecimal():
                state_of_change(connection, int(value))
    except NoSuchStateError as error:
        raise _wrong_address(str(error)) from None


def _wrong_address(reason: str) -> InvalidParameter:
    item = ProblemItem(parameter="url", detail=reason)
    return InvalidParameter(f"url: the address of the page is wrong: {reason}", [item])


def _event(connection: Connection, page: EmbeddedPage) -> tuple[str, EmbeddedPage]:
    """Return the title of an event, and the page of its survivor if it was merged."""
    survivors = find_survivors(connection, [(EntityKind.EVENT, page.event)])
    page = page._replace(event=survivors.get((EntityKind.EVENT, page.event), page.event))
    # A page of a past state may show an event that was withdrawn since.
    find = find_document if _is_past(page) else existing_document
    document = find(connection, EntityKind.EVENT, page.event)
    title = read_event(document).title if document else None
    return text_in(page.language, title) if title else WORDS[page.language].title, page


def _list(connection: Connection, base: str, page: EmbeddedPage) -> tuple[str, EmbeddedPage]:
    """Return the title of a list; raises as the page of its entity, and InvalidParameter for a wrong filter."""
    if page.entity and not _is_past(page):
        with suppress(MovedError):
            existing_document(connection, *page.entity)
    site = Site(base, page.language, "/explore", page.pairs)
    filters = _filters(page)
    meant = with_survivors(filters, find_survivors(connection, mergeable_ids(filters)))
    names = names_as_sent(connection, page.pairs, meant)
    return list_title(page.language, chips(page.language, site, names, EntityKind.EVENT)), page


def _filters(page: EmbeddedPage) -> EventFilters:
    parameters: dict[str, list[str]] = defaultdict(list)
    for name, value in page.pairs:
        if name not in _BESIDE:
            parameters[name].append(value)
    try:
        return event_filters(parameters)
    except FiltersError as error:
        raise _wrong_address(str(error)) from None


def _is_past(page: EmbeddedPage) -> bool:
    return any(name in STATE for name, _ in page.pairs)


def _site(request: Request, language: Language, path: str) -> Site:
    """Return the addresses of the page that has all of the embed."""
    return replace(site_of(request, language), path=path)


def _embed(request: Request, site: Site, template: str, **values: object) -> Response:
    request_state(request.scope).unchanging = False
    html = render(template, site, **values)
    return HTMLResponse(html, headers=page_headers(site.language, framed=True))
