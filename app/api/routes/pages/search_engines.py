"""Files for search engines and browsers: sitemaps, `robots.txt`, OpenSearch and its suggestions."""

import json
import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Query, Request, Response
from sqlalchemy import Connection

from app.api.dependencies.named_page import participant_listing
from app.api.dependencies.reader import PresentReaderDep
from app.api.http.urls import base_url
from app.api.problems.catalogue import NotFound
from app.api.routes.pages.router import LanguagePath, make_page_router
from app.api.routes.router import make_router
from app.documents.entities.earlier import read_participant
from app.documents.entities.participant import ParticipantDocument
from app.domain.vocabulary import KINDS_OF_COLLECTIONS
from app.formats.pages.describing import describe
from app.formats.pages.search_engines import (
    ENTITIES_OF_A_SITEMAP,
    list_pages,
    write_opensearch,
    write_robots,
    write_sitemap,
    write_sitemap_index,
)
from app.formats.pages.texts import pick
from app.reading.counts.entities import count_entities, entities_changed
from app.reading.listing import fetch_page
from app.reading.parameters.common import NameBeginning, PageRequest
from app.reading.parameters.participants import ParticipantFilters, ParticipantOrder

files = make_router()
router = make_page_router()
_NAME: Final = re.compile(r"([a-z]+)-([1-9][0-9]{0,5})\.xml")
_XML: Final = "application/xml"
_SUGGESTIONS: Final = 10


@files.get("/robots.txt", include_in_schema=False)
async def get_robots(request: Request) -> Response:
    """Get the rules for robots."""
    base = base_url(request)
    return Response(write_robots(base, urlsplit(base).path), media_type="text/plain")


@files.get("/sitemap.xml", include_in_schema=False)
def get_sitemap_index(reader: PresentReaderDep) -> Response:
    """Get the index of the sitemaps."""
    counts = reader.find(count_entities)
    return Response(write_sitemap_index(reader.urls.root_url, counts), media_type=_XML)


@files.get("/sitemaps/{name}", include_in_schema=False)
def get_sitemap(name: str, reader: PresentReaderDep) -> Response:
    """Get the addresses of some entities of a kind, in every language."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in {"lists", *KINDS_OF_COLLECTIONS}:
        raise NotFound("this path does not exist; /sitemap.xml lists the sitemaps")
    pages = list_pages()
    if match[1] in KINDS_OF_COLLECTIONS:
        kind, skipped = KINDS_OF_COLLECTIONS[match[1]], (int(match[2]) - 1) * ENTITIES_OF_A_SITEMAP
        found = reader.find(lambda c: entities_changed(c, kind, skipped, ENTITIES_OF_A_SITEMAP))
        pages = [(f"{kind.collection}/{slug}", at) for slug, at in found]
    return Response(write_sitemap(reader.urls.root_url, pages), media_type=_XML)


@router.get("/opensearch.xml")
async def describe_search(language: LanguagePath, request: Request) -> Response:
    """Describe the search, so that browsers and readers can offer it."""
    text = write_opensearch(base_url(request), language)
    return Response(text, media_type="application/opensearchdescription+xml")


@router.get("/suggest")
def suggest_names(
    language: LanguagePath, reader: PresentReaderDep, q: Annotated[NameBeginning, Query()] = ""
) -> Response:
    """Suggest the people and organisations of `/v1/participants?q=`, as OpenSearch describes it."""
    people = reader.find(lambda connection: _find_people(connection, q)) if q else []
    site = reader.urls.root_url
    suggestions = [
        q,
        [pick(language, who.names)[1] for who in people],
        [describe(language, who) for who in people],
        [f"{site}/{language}/participants/{who.id}" for who in people],
    ]
    text = json.dumps(suggestions, ensure_ascii=False)
    return Response(text, media_type="application/x-suggestions+json")


def _find_people(connection: Connection, typed: str) -> list[ParticipantDocument]:
    listing = participant_listing(connection, ParticipantFilters(q=typed), ParticipantOrder())
    page = fetch_page(connection, listing, PageRequest(limit=_SUGGESTIONS), "")
    return [read_participant(item) for item in page.items]
