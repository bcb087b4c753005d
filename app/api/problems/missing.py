"""Responses for an id without an entity: 404, 410, or 308 to the entity that it was merged into."""

from fastapi import Request, Response

from app.api.http.caching import cache_control
from app.api.http.urls import base_url, local_path
from app.api.problems.catalogue import NotFound, Withdrawn
from app.documents.tombstone import Fate
from app.domain.vocabulary import EntityKind


class MovedError(Exception):
    """The entity was merged into `survivor`, which exists; the client should request that one."""

    def __init__(self, survivor: str) -> None:
        super().__init__(survivor)
        self.survivor = survivor


def absence(fate: Fate | None, kind: EntityKind, slug: str) -> Exception:
    """Return the exception to raise for an entity that does not exist; no fate if it never did."""
    if fate is None:
        return NotFound(f"there is no {kind} with the id {slug!r}")
    return Withdrawn(str(fate)) if fate.survivor is None else MovedError(fate.survivor)


def answer_moved(request: Request, error: Exception) -> Response:
    """Return a 308 to the survivor's path with the same query; caches keep it as long as any read."""
    assert isinstance(error, MovedError)
    # `/v1/participants/{id}` with an optional suffix such as `.jsonld`, as an id has no dot, and an
    # optional path below it.
    segments = local_path(request).split("/")
    _, dot, suffix = segments[3].partition(".")
    segments[3] = f"{error.survivor}{dot}{suffix}"
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {
        "Location": f"{base_url(request)}{'/'.join(segments)}{query}",
        "Cache-Control": cache_control(request.app.state.settings.cache_seconds),
    }
    return Response(status_code=308, headers=headers)
