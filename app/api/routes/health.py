"""The routes about the service itself: is it alive, can it answer, what do its problems mean."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from app.api.problems.catalogue import PROBLEMS, InvalidParameter, NotFound, NotReady
from app.api.problems.openapi import declare
from app.documents.entities.base import DocumentPart
from app.tables.database import Database
from app.tables.revisions import NEWEST, current_revision, remedy

router = APIRouter(tags=["service"])


class Health(DocumentPart):
    """The server runs."""

    status: Literal["ok"] = "ok"


class Readiness(DocumentPart):
    """The server can answer from its database."""

    status: Literal["ready"] = "ready"


class ProblemType(DocumentPart):
    """What a problem's `type` means."""

    type: str
    title: str
    status: int
    description: str


async def _keep_out_of_caches(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


NotCached = Depends(_keep_out_of_caches)


@router.get(
    "/healthz", summary="Is the server alive?", dependencies=[NotCached], responses=declare()
)
async def get_health() -> Health:
    """Answers as long as the process runs, whatever the state of the database."""
    return Health()


@router.get(
    "/readyz",
    summary="Can the server answer?",
    dependencies=[NotCached],
    responses=declare(NotReady),
)
def get_readiness(request: Request) -> Readiness:
    """Answers 200 when the database is there and has the tables of this version, else 503."""
    database: Database = request.app.state.database
    try:
        revision = current_revision(database)
    except SQLAlchemyError as error:
        raise NotReady("the database cannot be reached") from error
    if revision != NEWEST:
        raise NotReady(f"the database is not at the version of this server: {remedy(revision)}")
    return Readiness()


@router.get(
    "/problems/{problem}",
    summary="Describe a problem type",
    responses=declare(InvalidParameter, NotFound),
)
async def get_problem_type(
    problem: Annotated[
        str, Path(max_length=60, description="The end of the type.", examples=["not-found"])
    ],
) -> ProblemType:
    """What a problem's `type` means; the path is the type itself."""
    for kind in PROBLEMS:
        if kind.slug == problem:
            return ProblemType(
                type=kind.type_uri(),
                title=kind.title,
                status=kind.status,
                description=" ".join((kind.__doc__ or "").split()),
            )
    raise NotFound(f"there is no problem type {problem!r}")
