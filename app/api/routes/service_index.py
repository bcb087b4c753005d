"""The routes from which all others are found: the root, and the catalogue under `/.well-known`."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from app.api.dependencies.reader import json_response
from app.api.http.caching import cache_control
from app.api.http.headers import links, sends
from app.api.http.media_types import JsonLd, Linkset
from app.api.http.urls import base_url
from app.api.problems.openapi import declare
from app.documents.discovery import ApiCatalog, IndexLink, ServiceIndex
from app.domain import dataset

router = APIRouter(tags=["service"])

_JSON: Final = "application/json"
_HTML: Final = "text/html"
_CATALOG: Final = "/.well-known/api-catalog"
# Of all linksets this one is a catalogue of APIs.
_CATALOG_TYPE: Final = f'{Linkset.media_type}; profile="https://www.rfc-editor.org/info/rfc9727"'
# Of what describes the API: relation (RFC 8631 and others), path, media type, title.
_PARTS: Final = (
    ("service-desc", "/openapi.json", _JSON, "The OpenAPI document"),
    ("service-doc", "/docs", _HTML, "The documentation, to try out"),
    ("service-doc", "/redoc", _HTML, "The documentation, to read"),
    ("describedby", "/v1/datapackage.json", _JSON, "The tables of the data (Data Package)"),
    ("service-meta", "/v1/dataset.jsonld", JsonLd.media_type, "The dataset and its files (DCAT)"),
    ("status", "/readyz", _JSON, "Whether it can answer"),
)
_COLLECTIONS: Final = (
    *("events", "participants", "places", "treaties", "sources"),
    *("changes", "releases", "vocabularies"),
)
# No browser sends more; what is longer is read so far.
_MAX_ACCEPT: Final = 1000
_TO_PEOPLE: dict[int | str, dict[str, Any]] = {
    303: {
        "description": "To a reader who prefers HTML: the documentation is at `Location`.",
        "headers": links(("Location", "Vary")),
    }
}


@router.get(
    "/",
    summary="Get the links of the service",
    response_model=ServiceIndex,
    responses=sends("Link") | _TO_PEOPLE | declare(),
)
async def get_index(request: Request) -> Response:
    """What this is, and where its parts are. A browser, which prefers HTML, is sent to `/docs`."""
    base = base_url(request)
    if _prefers_html(request):
        return _to_people(request, base)
    index = ServiceIndex(
        title=dataset.TITLE,
        summary=dataset.SUMMARY,
        version=request.app.version,
        license=dataset.LICENCE_URL,
        links=[*_parts(base), _catalog(base), *_collections(base)],
    )
    answer = json_response(index.model_dump_json())
    # The relations of the API are told in headers here and nowhere else, as every `/v1` answer
    # would be 650 bytes longer for what a reader wants once.
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
    """The one API of this server with its contract, documentation and status (RFC 9727, RFC 9264)."""
    base = base_url(request)
    targets: dict[str, Any] = defaultdict(list)
    for link in _parts(base):
        targets[link.rel].append({"href": link.href, "type": link.type})
    catalog = ApiCatalog.model_validate({"linkset": [{"anchor": f"{base}/", **targets}]})
    answer = json_response(catalog.model_dump_json(), _CATALOG_TYPE)
    api = IndexLink(rel="item", href=f"{base}/", type=_JSON, title=dataset.TITLE)
    answer.headers["Link"] = _link_header([_catalog(base), api])
    return answer


def _prefers_html(request: Request) -> bool:
    accepted = parse_accept_header(request.headers.get("accept", "")[:_MAX_ACCEPT], MIMEAccept)
    return bool(accepted.best_match([_JSON, _HTML], default=_JSON) == _HTML)


def _to_people(request: Request, base: str) -> Response:
    headers = {
        "Location": f"{base}/docs",
        "Cache-Control": cache_control(request.app.state.settings.cache_seconds),
        "Vary": "Accept",
    }
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)


def _parts(base: str) -> list[IndexLink]:
    licence = IndexLink(
        rel="license", href=dataset.LICENCE_URL, type=_HTML, title=dataset.LICENCE_TITLE
    )
    found = [
        IndexLink(rel=rel, href=f"{base}{path}", type=media_type, title=title)
        for rel, path, media_type, title in _PARTS
    ]
    return [*found, licence]


def _catalog(base: str) -> IndexLink:
    return IndexLink(
        rel="api-catalog",
        href=f"{base}{_CATALOG}",
        type=Linkset.media_type,
        title="The catalogue of APIs",
    )


def _collections(base: str) -> list[IndexLink]:
    return [
        IndexLink(rel="item", href=f"{base}/v1/{name}", type=_JSON, title=name.capitalize())
        for name in _COLLECTIONS
    ]


def _link_header(links: list[IndexLink]) -> str:
    return ", ".join(f'<{each.href}>; rel="{each.rel}"; type="{each.type}"' for each in links)
