"""Releases: states of the data that have a name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Path, Query, Response
from sqlalchemy import Row

from app.api.dependencies.reader import PresentReaderDep, Reader, json_response
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.release import ReleaseDocument, ReleasePage
from app.domain.values import Slug
from app.reading.parameters.common import PageRequest
from app.reading.releases import find_release, releases

router = make_router(prefix="/v1/releases", tags=["changes"])


@router.get(
    "",
    summary="List releases",
    response_model=ReleasePage,
    responses=declare(InvalidParameter, InvalidCursor),
)
def list_releases(page: Annotated[PageRequest, Query()], reader: PresentReaderDep) -> Response:
    """List the states of the data that have a name, the newest first.

    With `release=NAME` a read answers from that state. A release is never moved, renamed or removed.
    """
    return reader.page(replace(releases(), render=_render(reader)), page)


@router.get(
    "/{release_name}",
    summary="Get a release",
    response_model=ReleaseDocument,
    responses=declare(InvalidParameter, NotFound),
)
def get_release(
    release_name: Annotated[Slug, Path(description="The release's name.", examples=["2026-11"])],
    reader: PresentReaderDep,
) -> Response:
    """Get one release: its last change, the digest of its change log, and the URL of its SQLite file."""
    row = reader.find(lambda connection: find_release(connection, release_name))
    if row is None:
        raise NotFound(f"no release has the name {release_name!r}")
    return json_response(_render(reader)(row))


def _render(reader: Reader) -> Callable[[Row[Any]], bytes]:
    def render(row: Row[Any]) -> bytes:
        document = ReleaseDocument(
            name=row.name,
            seq=row.seq,
            at=row.at,
            digest=row.digest,
            created_at=row.created_at,
            url=f"{reader.urls.api_url}/dataset.sqlite?release={row.name}",
        )
        return document.model_dump_json().encode()

    return render
