"""What is answered where an entity is not, or no longer: 404, 410, or 308 to what it was merged into."""

from collections.abc import Sequence

from fastapi import Request, Response

from app.api.http.caching import cache_control
from app.api.http.urls import base_url, local_path
from app.api.problems import NotFound, Withdrawn
from app.documents.tombstone import Tombstone
from app.domain.vocabulary import EntityKind


class MovedError(Exception):
    """The entity was merged into another, which is there: the same is to be asked of that one."""

    def __init__(self, survivor: str) -> None:
        super().__init__(survivor)
        self.survivor = survivor


def absence(followed: Sequence[Tombstone], kind: EntityKind, slug: str) -> Exception:
    """What to raise for an entity that is not there; `followed` is what became of it."""
    if not followed:
        return NotFound(f"there is no {kind} with the id {slug!r}")
    survivor = followed[-1].survivor
    if survivor is None:
        return Withdrawn("; ".join(map(str, followed)))
    return MovedError(survivor)


def answer_moved(request: Request, error: Exception) -> Response:
    """308 to the same path and query of the survivor; caches keep it as long as any answer."""
    assert isinstance(error, MovedError)
    # `/v1/participants/{id}`, whatever stands below it, and its form: an id has no dot.
    steps = local_path(request).split("/")
    _, dot, form = steps[3].partition(".")
    steps[3] = f"{error.survivor}{dot}{form}"
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {
        "Location": f"{base_url(request)}{'/'.join(steps)}{query}",
        "Cache-Control": cache_control(request.app.state.settings.cache_seconds),
    }
    return Response(status_code=308, headers=headers)
