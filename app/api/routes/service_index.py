"""The entry points: the index at `/`, and the catalogue of APIs under `/.well-known`."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response

from app.api.dependencies.reader import json_response
from app.api.http.caching import cache_control
from app.api.http.headers import links, sends
from app.api.http.media_types import JsonLd, Linkset
from app.api.http.pages import preferred_language, prefers_html
from app.api.http.urls import base_url
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.discovery import ApiCatalog, IndexLink, ServiceIndex
from app.domain import dataset

router = make_router(tags=["service"])

_JSON: Final = "application/json"
_HTML: Final = "text/html"
_CATALOG: Final = "/.well-known/api-catalog"
# The profile marks a linkset as a catalogue of APIs.
_CATALOG_TYPE: Final = f'{Linkset.media_type}; profile="https://www.rfc-editor.org/info/rfc9727"'
# The descriptions of the API: relation (RFC 8631 and others), path, media type, title.
_PARTS: Final = (
    ("service-desc", "/openapi.json", _JSON, "The OpenAPI document"),
    (
        "service-doc",
        "/guide",
        _HTML,
        "The guide: every path and parameter, and answers to questions",
    ),
    ("service-doc", "/docs", _HTML, "The documentation, with forms to send requests"),
    ("service-doc", "/redoc", _HTML, "The documentation, to read"),
    ("describedby", "/v1/datapackage.json", _JSON, "The tables of the data (Data Package)"),
    ("service-meta", "/v1/dataset.jsonld", JsonLd.media_type, "The dataset and its files (DCAT)"),
    ("service-meta", "/v1/coverage", _JSON, "How well each year is documented"),
    ("status", "/readyz", _JSON, "Whether the server can answer"),
)
# The same data by other standards: path and title. Their documents are JSON.
_DOORS: Final = (
    ("/reconcile", "Matching of names in tables (Reconciliation API)"),
    ("/ogc", "Events and places for maps (OGC API – Features)"),
)
# Only on a server with the extra `mcp`.
_ASSISTANTS: Final = ("/mcp", "Tools for assistants (Model Context Protocol, by POST)")
_COLLECTIONS: Final = (
    *("events", "participants", "places", "offices", "treaties", "sources", "publishers", "tags"),
    *("changes", "releases", "vocabularies"),
)
_HTML_REDIRECT: dict[int | str, dict[str, Any]] = {
    303: {
        "description": "The client prefers HTML: `Location` is the URL of the page of all events.",
        "headers": links(("Location", "Vary")),
    }
}


@router.get("/v1", include_in_schema=False)
@router.get(
    "/",
    summary="Get the links of the service",
    response_model=ServiceIndex,
    responses=sends("Link") | _HTML_REDIRECT | declare(),
)
async def get_index(request: Request) -> Response:
    """Get the name, version and licence of the service, and links to all its parts.

    A client that prefers HTML, such as a browser, is redirected to the page of all events in the language
    that `Accept-Language` prefers.
    """
    base = base_url(request)
    if prefers_html(request):
        return _redirect_to_page(request, base)
    index = ServiceIndex(
        title=dataset.TITLE,
        summary=dataset.SUMMARY,
        version=request.app.version,
        license=dataset.LICENCE_URL,
        links=[*_parts(base), _catalog(base), *_doors(request, base), *_collections(base)],
    )
    answer = json_response(index.model_dump_json())
    # Only this answer has the API's relations in its headers: they would make every `/v1` answer
    # 650 bytes longer, and a client needs them once.
    answer.headers["Link"] = _link_header([*_parts(base), _catalog(base)])
    answer.headers["Vary"] = "Accept"
    return answer


@router.get(
    _CATALOG,
    summary="Get the catalogue of APIs",
    response_class=Linkset,
    response_model=ApiCatalog,
    responses=sends("Link") | declare(),
)
async def get_api_catalog(request: Request) -> Response:
    """Get the API of this server with its contract, documentation and status (RFC 9727, RFC 9264)."""
    base = base_url(request)
    targets: dict[str, Any] = defaultdict(list)
    for link in _parts(base):
        targets[link.rel].append({"href": link.href, "type": link.type})
    catalog = ApiCatalog.model_validate({"linkset": [{"anchor": f"{base}/", **targets}]})
    answer = json_response(catalog.model_dump_json(), _CATALOG_TYPE)
    api = IndexLink(rel="item", href=f"{base}/", type=_JSON, title=dataset.TITLE)
    answer.headers["Link"] = _link_header([_catalog(base), api])
    return answer


def _redirect_to_page(request: Request, base: str) -> Response:
    language = preferred_language(request.headers.get("accept-language", ""))
    headers = {
        "Location": f"{base}/{language}/explore",
        "Cache-Control": cache_control(request.app.state.settings.cache_seconds),
        "Vary": "Accept, Accept-Language",
    }
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)


def _parts(base: str) -> list[IndexLink]:
    licence = IndexLink(
        rel="license", href=dataset.LICENCE_URL, type=_HTML, title=dataset.LICENCE_TITLE
    )
    parts = [
        IndexLink(rel=rel, href=f"{base}{path}", type=media_type, title=title)
        for rel, path, media_type, title in _PARTS
    ]
    return [*parts, licence]


def _catalog(base: str) -> IndexLink:
    return IndexLink(
        rel="api-catalog",
        href=f"{base}{_CATALOG}",
        type=Linkset.media_type,
        title="The catalogue of APIs",
    )


def _doors(request: Request, base: str) -> list[IndexLink]:
    doors = (*_DOORS, _ASSISTANTS) if request.app.state.mcp else _DOORS
    return [
        IndexLink(rel="service", href=f"{base}{path}", type=_JSON, title=title)
        for path, title in doors
    ]


def _collections(base: str) -> list[IndexLink]:
    return [
        IndexLink(rel="item", href=f"{base}/v1/{name}", type=_JSON, title=name.capitalize())
        for name in _COLLECTIONS
    ]


def _link_header(links: list[IndexLink]) -> str:
    return ", ".join(f'<{each.href}>; rel="{each.rel}"; type="{each.type}"' for each in links)
