"""The files that pages load."""

import re
from typing import Final

from fastapi import Request, Response

from app.api.http.caching import UNCHANGING, cache_control
from app.api.problems.catalogue import NotFound
from app.api.routes.router import make_router
from app.formats.pages.stylesheet import ICON, STYLESHEET, STYLESHEET_NAME

router = make_router()
_EARLIER: Final = re.compile(r"timeline\.[0-9a-f]{16}\.css")


@router.get("/assets/{name}", include_in_schema=False)
async def get_asset(name: str) -> Response:
    """Get the style sheet; under the name of an earlier one too, for pages that caches still have."""
    if not _EARLIER.fullmatch(name):
        raise NotFound("this path does not exist; /docs lists the paths")
    caching = UNCHANGING if name == STYLESHEET_NAME else "no-cache"
    return Response(STYLESHEET, headers={"Cache-Control": caching}, media_type="text/css")


@router.get("/favicon.ico", include_in_schema=False)
async def get_icon(request: Request) -> Response:
    """Get the icon of the site."""
    headers = {"Cache-Control": cache_control(request.app.state.settings.cache_seconds)}
    return Response(ICON, headers=headers, media_type="image/vnd.microsoft.icon")
