"""Liveness, readiness, and the meaning of each problem type."""

from enum import StrEnum
from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request, Response

from app.api.problems.catalogue import PROBLEMS, InvalidParameter, NotFound, NotReady
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.readiness import ReadinessCheck
from app.documents.entities.base import DocumentPart

router = make_router(tags=["service"])


class Health(DocumentPart):
    """The server runs."""

    status: Literal["ok"] = "ok"


class ServerRole(StrEnum):
    """The requests for which a server must be ready."""

    READ = "read"
    WRITE = "write"


class Readiness(DocumentPart):
    """The server can answer from its database."""

    status: Literal["ready"] = "ready"


class ProblemType(DocumentPart):
    """The meaning of a problem's `type`."""

    type: str
    title: str
    status: int
    description: str


async def _forbid_caching(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


NoStoreDep = Depends(_forbid_caching)


@router.get(
    "/healthz", summary="Is the server alive?", dependencies=[NoStoreDep], responses=declare()
)
async def get_health() -> Health:
    """Answer 200 as long as the process runs, even if the database cannot be reached."""
    return Health()


@router.get(
    "/readyz",
    summary="Can the server answer?",
    dependencies=[NoStoreDep],
    responses=declare(NotReady),
)
async def get_readiness(
    request: Request,
    role: Annotated[
        ServerRole,
        Query(description="`write` asks as well whether the database accepts writes."),
    ] = ServerRole.READ,
) -> Readiness:
    """Answer 200 if the database can be reached and has this version's tables, otherwise 503.

    With replicas, one of them suffices, because it answers reads. On SQLite it is also 503 while the file is deleted or replaced, and after damage was met in it. With
    `role=write` a standby, and any other database that refuses writes, is a 503 `read-only`.
    """
    check: ReadinessCheck = request.app.state.readiness
    if fault := await check.find_fault(writes=role is ServerRole.WRITE):
        raise NotReady(fault)
    return Readiness()


@router.get(
    "/problems/{problem}",
    summary="Describe a problem type",
    responses=declare(InvalidParameter, NotFound),
)
async def get_problem_type(
    problem: Annotated[
        str,
        Path(
            max_length=60,
            description="The last segment of the problem's `type`.",
            examples=["not-found"],
        ),
    ],
) -> ProblemType:
    """Describe a problem type; a problem's `type` is the path of this operation."""
    for problem_class in PROBLEMS:
        if problem_class.slug == problem:
            return ProblemType(
                type=problem_class.type_uri(),
                title=problem_class.title,
                status=problem_class.status,
                description=" ".join((problem_class.__doc__ or "").split()),
            )
    raise NotFound(f"no problem type has the name {problem!r}")
