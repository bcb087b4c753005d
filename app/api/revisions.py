"""The routes of the revisions of an entity, the same for each kind.

They answer from the change log, so they go on when the entity is withdrawn or merged.
"""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Path, Query, Response

from app.api.conditional import UNCHANGING
from app.api.media import JsonPatch
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.api.reader import Reader, ReaderDep, json_response, page_response
from app.documents import (
    Document,
    EventDocument,
    ParticipantDocument,
    PlaceDocument,
    SourceDocument,
    TreatyDocument,
)
from app.documents.pages import RevisionPage
from app.documents.patch import Patch, make_patch
from app.documents.tombstone import Tombstone
from app.domain.values import Slug
from app.domain.vocabulary import EntityKind
from app.reading.changes import find_revision, revisions
from app.reading.parameters import PageRequest, RevisionNumber

router = APIRouter()


class _Revised(NamedTuple):
    """A kind of entity: its word for people, the name of its path, and its documents."""

    kind: EntityKind
    noun: str
    collection: str
    document: type[Document]
    example: str


_KINDS = (
    _Revised(
        EntityKind.EVENT,
        "an event",
        "events",
        EventDocument,
        "2024-11-01-lavrov-choe-strategic-consultations",
    ),
    _Revised(
        EntityKind.PARTICIPANT,
        "a participant",
        "participants",
        ParticipantDocument,
        "sergey-lavrov",
    ),
    _Revised(EntityKind.TREATY, "a treaty", "treaties", TreatyDocument, "friendship-treaty-1961"),
    _Revised(EntityKind.PLACE, "a place", "places", PlaceDocument, "moscow"),
    _Revised(EntityKind.SOURCE, "a source", "sources", SourceDocument, "tass-1865655"),
)


def _add_routes(of: _Revised) -> None:
    """The three routes of a kind; they are operations of their own, with names of their own."""
    kind = of.kind
    its_id = Path(alias=f"{kind}_id", description=f"The id of {of.noun}.", examples=[of.example])
    routes = APIRouter(prefix=f"/v1/{of.collection}/{{{kind}_id}}", tags=[of.collection])

    @routes.get(
        "/revisions",
        name=f"list_{kind}_revisions",
        summary=f"List the revisions of {of.noun}",
        response_model=RevisionPage,
        responses=declare(InvalidParameter, InvalidCursor, NotFound),
    )
    def list_revisions(
        slug: Annotated[Slug, its_id], page: Annotated[PageRequest, Query()], reader: ReaderDep
    ) -> Response:
        """Who changed it, when and why, the newest change first; also after its end."""
        found, following = reader.fetch(revisions(kind, slug), page)
        if not found.items:
            raise NotFound(f"there never was anything with the {kind} id {slug!r}")
        return page_response(found, following)

    @routes.get(
        "/revisions/{revision}",
        name=f"get_{kind}_revision",
        summary=f"Get a revision of {of.noun}",
        response_model=of.document,
        responses=declare(InvalidParameter, NotFound, Withdrawn),
    )
    def get_revision(
        slug: Annotated[Slug, its_id],
        revision: Annotated[RevisionNumber, Path(description="Which revision.")],
        reader: ReaderDep,
    ) -> Response:
        """The document as it was at this revision, byte for byte; it may be kept for ever."""
        return _kept(json_response(_document(reader, kind, slug, revision)))

    @routes.get(
        "/diff",
        name=f"diff_{kind}",
        summary=f"Compare two revisions of {of.noun}",
        response_class=JsonPatch,
        response_model=Patch,
        responses=declare(InvalidParameter, NotFound, Withdrawn),
    )
    def diff(
        slug: Annotated[Slug, its_id],
        before: Annotated[RevisionNumber, Query(alias="from", description="The one revision.")],
        after: Annotated[RevisionNumber, Query(alias="to", description="The other revision.")],
        reader: ReaderDep,
    ) -> Response:
        """A JSON Patch (RFC 6902) that makes the document at `to` of the one at `from`."""
        documents = [_document(reader, kind, slug, revision) for revision in (before, after)]
        return _kept(json_response(make_patch(*documents), JsonPatch.media_type))

    router.include_router(routes)


def _document(reader: Reader, kind: EntityKind, slug: str, revision: int) -> str:
    """The document of a revision; raises NotFound, and Withdrawn for the one that was the end."""
    change = reader.find(lambda connection: find_revision(connection, kind, slug, revision))
    if change is None:
        raise NotFound(f"the {kind} {slug!r} has no revision {revision}")
    if change.document is None:
        end = Tombstone(kind, slug, change.at, change.reason, change.survivor)
        raise Withdrawn(f"revision {revision} was the end: {end}")
    document: str = change.document
    return document


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = UNCHANGING
    return answer


for _kind in _KINDS:
    _add_routes(_kind)
