"""`/openapi.json`, and the pages that show it: Swagger UI and ReDoc, from files that are installed here."""

import json
import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from starlette.datastructures import URL

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
# Links of the pages are relative: they lead back here behind any proxy, under any prefix.
_DOCUMENT: Final = "openapi.json"
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Nothing but what is served here. Pictures may be in the page itself, as those of Swagger UI are.
_POLICY: Final = (
    "default-src 'none'; script-src {scripts}; img-src 'self' data:; connect-src {servers}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; {more}"
)
_OF_SWAGGER_UI: Final = "style-src 'self'"
# ReDoc makes its styles in the page, and searches in a worker that it makes there too.
_OF_REDOC: Final = "style-src 'self' 'unsafe-inline'; worker-src blob:"


def install_docs(app: FastAPI) -> None:
    """Add the document, both pages and their files; none is part of the OpenAPI document."""
    for path, route in (
        (f"/{_DOCUMENT}", _get_openapi),
        ("/docs", _get_swagger_ui),
        ("/redoc", _get_redoc),
        ("/docs/{digest}/{name}", _get_file),
    ):
        app.add_route(path, route, include_in_schema=False)


async def _get_openapi(request: Request) -> Response:
    return json_response(_document(request.app, base_url(request)))


# Each name under which the server is known; whoever invents names pays for it with his own time.
@lru_cache(maxsize=8)
def _document(app: FastAPI, url: str) -> str:
    """The OpenAPI document for whoever asks at this URL: the server is the one he asked."""
    document = {**app.openapi(), "servers": [{"url": url}]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


async def _get_swagger_ui(request: Request) -> Response:
    page = get_swagger_ui_html(
        openapi_url=_DOCUMENT,
        title=request.app.title,
        swagger_js_url=_link("swagger-ui-bundle.js"),
        swagger_css_url=_link("swagger-ui.css"),
        swagger_favicon_url=_link("favicon.png"),
        # Else it would show the document to a validator elsewhere.
        swagger_ui_parameters={"validatorUrl": None},
    )
    return _with_policy(page, request, _OF_SWAGGER_UI)


async def _get_redoc(request: Request) -> Response:
    page = get_redoc_html(
        openapi_url=_DOCUMENT,
        title=request.app.title,
        redoc_js_url=_link("redoc.standalone.js"),
        redoc_favicon_url=_link("favicon.png"),
        with_google_fonts=False,
    )
    return _with_policy(page, request, _OF_REDOC)


def _with_policy(page: Response, request: Request, more: str) -> Response:
    """The page, which may use nothing but what is its own, and ask the API, wherever that is."""
    scripts = _SCRIPT.findall(bytes(page.body).decode())
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in scripts)
    public = URL(request.app.state.settings.public_url)
    page.headers["Content-Security-Policy"] = _POLICY.format(
        scripts=" ".join(["'self'", *(f"'sha256-{each}'" for each in hashes)]),
        servers=f"'self' {public.scheme}://{public.netloc}" if public.netloc else "'self'",
        more=more,
    )
    # Another version has files under other names: whoever has a page asks whether it is still this.
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
    """In the path, as what stands there never changes then."""
    return sha256(_content(name)).hexdigest()[:16]
