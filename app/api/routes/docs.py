"""`/openapi.json`, and its pages Swagger UI and ReDoc, from files installed with the server."""

import json
import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from starlette.datastructures import URL

from app.api.dependencies.parameters import refuse_any
from app.api.dependencies.reader import json_response
from app.api.http.caching import UNCHANGING
from app.api.http.etags import entity_tag
from app.api.http.urls import base_url
from app.api.problems.catalogue import NotFound

_STATIC: Final = files("fastapi_offline") / "static"
_MEDIA_TYPES: Final = {
    "favicon.png": "image/png",
    "redoc.standalone.js": "text/javascript",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
# The pages use relative links, which work behind any proxy and under any path prefix.
_DOCUMENT: Final = "openapi.json"
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# A page may load only files of this server. Images may be inside the page: Swagger UI has some.
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; img-src 'self' data:; connect-src {servers}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; {more}"
)
_SWAGGER_UI_POLICY: Final = "style-src 'self'"
# ReDoc writes styles into the page, and searches in a worker that it makes from a blob.
_REDOC_POLICY: Final = "style-src 'self' 'unsafe-inline'; worker-src blob:"


def install_docs(app: FastAPI) -> None:
    """Add the routes of the document, both pages and their files; OpenAPI does not list them."""
    for path, route in (
        (f"/{_DOCUMENT}", _get_openapi),
        ("/docs", _get_swagger_ui),
        ("/redoc", _get_redoc),
        ("/docs/{digest}/{name}", _get_file),
    ):
        app.add_route(path, route, include_in_schema=False)


async def _get_openapi(request: Request) -> Response:
    refuse_any(request)
    # The first request takes a second to make the document: in a thread, so that other requests go on.
    return json_response(await run_sync(_document, request.app, base_url(request)))


# One entry per Host header. Bounded, so a client that invents hosts only evicts entries.
@lru_cache(maxsize=8)
def _document(app: FastAPI, url: str) -> str:
    """Return the OpenAPI document as JSON, with this URL as its server."""
    document = app.openapi()
    guide = {**document["externalDocs"], "url": f"{url}/guide"}
    document = {**document, "servers": [{"url": url}], "externalDocs": guide}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


async def _get_swagger_ui(request: Request) -> Response:
    refuse_any(request)
    page = get_swagger_ui_html(
        openapi_url=_DOCUMENT,
        title=request.app.title,
        swagger_js_url=_link("swagger-ui-bundle.js"),
        swagger_css_url=_link("swagger-ui.css"),
        swagger_favicon_url=_link("favicon.png"),
        # Without this the page would send the document's URL to a validator on another host.
        swagger_ui_parameters={"validatorUrl": None},
    )
    return _with_policy(page, request, _SWAGGER_UI_POLICY)


async def _get_redoc(request: Request) -> Response:
    refuse_any(request)
    page = get_redoc_html(
        openapi_url=_DOCUMENT,
        title=request.app.title,
        redoc_js_url=_link("redoc.standalone.js"),
        redoc_favicon_url=_link("favicon.png"),
        with_google_fonts=False,
    )
    return _with_policy(page, request, _REDOC_POLICY)


def _with_policy(page: Response, request: Request, more: str) -> Response:
    """Add a policy that allows the page its own files and scripts, and requests to the API."""
    scripts = _SCRIPT.findall(bytes(page.body).decode())
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in scripts)
    public = URL(request.app.state.settings.public_url)
    page.headers["Content-Security-Policy"] = _POLICY.format(
        scripts=" ".join(["'self'", *(f"'sha256-{each}'" for each in hashes)]),
        servers=f"'self' {public.scheme}://{public.netloc}" if public.netloc else "'self'",
        more=more,
    )
    # Another version names other files, so a cached page must be revalidated.
    page.headers["Cache-Control"] = "no-cache"
    return page


async def _get_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _MEDIA_TYPES or request.path_params["digest"] != _digest(name):
        raise NotFound("this path does not exist; /docs lists the paths")
    content = _content(name)
    headers = {"Cache-Control": UNCHANGING, "ETag": entity_tag(content)}
    return Response(content, headers=headers, media_type=_MEDIA_TYPES[name])


def _link(name: str) -> str:
    return f"docs/{_digest(name)}/{name}"


@cache
def _content(name: str) -> bytes:
    return (_STATIC / name).read_bytes()


@cache
def _digest(name: str) -> str:
    """Return 64 bits of the file's SHA-256; in the path they let caches keep the file forever."""
    return sha256(_content(name)).hexdigest()[:16]
