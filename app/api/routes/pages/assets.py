"""The files that pages load."""

import re
from functools import lru_cache
from typing import Final

from fastapi import Request, Response

from app.api.http.caching import UNCHANGING, cache_control
from app.api.http.compact import compact_response, pack
from app.api.middleware.compression import MINIMUM_SIZE
from app.api.problems.catalogue import NotFound
from app.api.routes.router import make_router
from app.formats.pages.assets import ASSETS

router = make_router()
_NAME: Final = re.compile(r"(\w+)\.[0-9a-f]{16}(\.\w+)")


# A body that is kept between requests: each file is compressed once in each coding.
_packed = lru_cache(maxsize=64)(pack)


@router.get("/assets/{name}", include_in_schema=False)
def get_asset(name: str, request: Request) -> Response:
    """Get a file; under the name of an earlier one too, for pages that caches still have."""
    match = _NAME.fullmatch(name)
    asset = ASSETS.get(f"{match[1]}{match[2]}") if match else None
    if asset is None:
        raise NotFound("this path does not exist; /docs lists the paths")
    headers = {"Cache-Control": UNCHANGING if name == asset.name else "no-cache"}
    if len(asset.content) < MINIMUM_SIZE:
        return Response(asset.content, headers=headers, media_type=asset.media_type)
    return compact_response(request, asset.content, asset.media_type, headers, _packed)


@router.get("/favicon.ico", include_in_schema=False)
async def get_icon(request: Request) -> Response:
    """Get the icon of the site, for programs that read no page."""
    icon = ASSETS["favicon.ico"]
    headers = {"Cache-Control": cache_control(request.app.state.settings.cache_seconds)}
    return Response(icon.content, headers=headers, media_type=icon.media_type)
