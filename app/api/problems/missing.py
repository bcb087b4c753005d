"""Responses for an id without an entity: 404, 410, or 308 to the entity that it was merged into."""

from datetime import datetime

from fastapi import Request, Response

from app.api.http.caching import cache_control
from app.api.http.urls import base_url, local_path, sent_query
from app.api.problems.catalogue import NotFound, Withdrawn
from app.documents.tombstone import Fate
from app.domain.vocabulary import EntityKind


class Missing(NotFound):
    """No entity had this id until the state that was asked for."""

    def __init__(self, kind: EntityKind, slug: str) -> None:
        super().__init__(f"there is no {kind} with the id {slug!r}")
        self.kind = kind
        self.slug = slug

    def until(self, seq: int, at: datetime) -> NotFound:
        """Return the problem of an entity that exists since the state after this change."""
        problem = NotFound(
            f"{self.detail} in this state of the data: it was added on {at:%Y-%m-%d}, and as_of={seq} is "
            "the first state that has it"
        )
        problem.first_state = seq
        return problem


class MovedError(Exception):
    """The entity `slug` was merged into `survivor`, which exists; the client should request that one."""

    def __init__(self, slug: str, survivor: str) -> None:
        super().__init__(survivor)
        self.slug = slug
        self.survivor = survivor


def absence(fate: Fate | None, kind: EntityKind, slug: str) -> Exception:
    """Return the exception to raise for an entity that does not exist; no fate if it never did."""
    if fate is None:
        return Missing(kind, slug)
    if fate.survivor is not None:
        return MovedError(slug, fate.survivor)
    problem, last = Withdrawn(str(fate)), fate.tombstones[-1]
    problem.last_revision = f"{last.kind.collection}/{last.slug}/revisions/{last.revision}"
    return problem


def answer_moved(request: Request, error: Exception) -> Response:
    """Return a 308 to the survivor's path with the same query; caches keep it as long as any read."""
    assert isinstance(error, MovedError)
    # The path of the API or of a page. An id has no dot, and a suffix such as `.jsonld` may follow it.
    segments = [_moved(each, error) for each in local_path(request).split("/")]
    query = sent_query(request.scope)
    headers = {
        "Location": f"{base_url(request)}{'/'.join(segments)}{f'?{query}' if query else ''}",
        "Cache-Control": cache_control(request.app.state.settings.cache_seconds),
    }
    return Response(status_code=308, headers=headers)


def _moved(segment: str, error: MovedError) -> str:
    slug, dot, suffix = segment.partition(".")
    return f"{error.survivor}{dot}{suffix}" if slug == error.slug else segment
