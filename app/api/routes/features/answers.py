"""Answer with JSON, or with a page to a client that asks for one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from app.api.dependencies.compiled_route import CompiledRoute
from app.api.dependencies.methods import refuse_unsupported_methods
from app.api.dependencies.parameters import refuse_undeclared
from app.api.http.pages import page_headers, prefers_html
from app.api.http.urls import base_url, local_path
from app.api.problems.catalogue import NotFound
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.features.collections import COLLECTIONS, CRS, JSON, FeatureCollectionInfo
from app.formats.json_objects import JsonObject, json_text
from app.formats.pages.site import Site

FormChoice = Annotated[Literal["", "json", "html"], Query()]
PREFIX = "/ogc"


def make_features_router() -> APIRouter:
    """Return a router whose routes refuse undeclared parameters, as the standard demands."""
    return APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(refuse_unsupported_methods), Depends(refuse_undeclared)],
        route_class=CompiledRoute,
        include_in_schema=False,
    )


def root_url(request: Request) -> str:
    """Return the URL of the landing page."""
    return f"{base_url(request)}{PREFIX}"


def url_without_form(request: Request, **changes: str) -> str:
    """Return the URL of the request with other values of some parameters, and without a form."""
    dropped = {"f", *changes}
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in dropped]
    query = urlencode([*pairs, *((name, value) for name, value in changes.items() if value)])
    path = local_path(request).rstrip("/")
    return f"{base_url(request)}{path}{f'?{query}' if query else ''}"


def wanted_form(request: Request, form: str, media_type: str = JSON) -> str:
    """Return `html` for a client that asks for a page, by `f` or by `Accept`, and otherwise `json`.

    `media_type` is the type of the answer in JSON. A client may ask for it with or without its parameters.
    """
    others = (media_type, media_type.partition(";")[0])
    return form or ("html" if prefers_html(request, *others) else "json")


def answer(
    request: Request,
    document: JsonObject,
    shown: str,
    show: Callable[[Site], str],
    media_type: str = JSON,
    language: Language = DEFAULT_LANGUAGE,
) -> Response:
    """Answer with the document, or with the page that `show` makes of it."""
    vary = {} if request.query_params.get("f") else {"Vary": "Accept"}
    if shown == "html":
        site = Site(base_url(request), language, local_path(request))
        return HTMLResponse(show(site), headers={**page_headers(language), **vary})
    headers = {"Content-Crs": f"<{CRS}>", "Content-Language": language, **vary}
    return Response(json_text(document), HTTPStatus.OK, headers, media_type)


def find_collection(id_: str) -> FeatureCollectionInfo:
    """Return the collection with an id; raises NotFound."""
    if id_ not in COLLECTIONS:
        raise NotFound(
            f"there is no collection {id_[:100]!r}; the collections are {' and '.join(COLLECTIONS)}"
        )
    return COLLECTIONS[id_]
