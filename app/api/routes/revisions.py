"""The routes of the revisions of an entity, the same for each kind.

They answer from the change log, so they go on when the entity is withdrawn or merged.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.reader import Reader, ReaderDep, json_response, page_response
from app.api.http.caching import UNCHANGING
from app.api.http.media_types import JsonPatch
from app.api.problems import InvalidCursor, InvalidParameter, NotFound, Withdrawn, declare
from app.documents.pages import RevisionPage
from app.documents.patch import Patch, make_patch
from app.documents.tombstone import Tombstone
from app.domain.vocabulary import EntityKind
from app.reading.log import find_revision, revisions
from app.reading.parameters.changes import RevisionNumber
from app.reading.parameters.common import PageRequest

router = APIRouter()


def _add_list(of: Kind) -> None:
    @router.get(
        f"{of.path}/revisions",
        name=f"list_{of.kind}_revisions",
        summary=f"List the revisions of {of.with_article}",
        tags=[of.kind.collection],
        response_model=RevisionPage,
        responses=declare(InvalidParameter, InvalidCursor, NotFound),
    )
    def list_revisions(
        slug: Annotated[str, Depends(of.get_id)],
        page: Annotated[PageRequest, Query()],
        reader: ReaderDep,
    ) -> Response:
        """Who changed it, when and why, the newest change first; also after its end."""
        found, following = reader.fetch(revisions(of.kind, slug), page)
        if not found.items:
            raise NotFound(f"there never was anything with the {of.kind} id {slug!r}")
        return page_response(found, following)


def _add_get(of: Kind) -> None:
    @router.get(
        f"{of.path}/revisions/{{revision}}",
        name=f"get_{of.kind}_revision",
        summary=f"Get a revision of {of.with_article}",
        tags=[of.kind.collection],
        response_model=of.document,
        responses=declare(InvalidParameter, NotFound, Withdrawn),
    )
    def get_revision(
        slug: Annotated[str, Depends(of.get_id)],
        revision: Annotated[RevisionNumber, Path(description="Which revision.")],
        reader: ReaderDep,
    ) -> Response:
        """The document as it was at this revision, byte for byte; it may be kept for ever."""
        return _kept(json_response(_document(reader, of.kind, slug, revision)))


def _add_diff(of: Kind) -> None:
    @router.get(
        f"{of.path}/diff",
        name=f"diff_{of.kind}",
        summary=f"Compare two revisions of {of.with_article}",
        tags=[of.kind.collection],
        response_class=JsonPatch,
        response_model=Patch,
        responses=declare(InvalidParameter, NotFound, Withdrawn),
    )
    def diff(
        slug: Annotated[str, Depends(of.get_id)],
        before: Annotated[RevisionNumber, Query(alias="from", description="The one revision.")],
        after: Annotated[RevisionNumber, Query(alias="to", description="The other revision.")],
        reader: ReaderDep,
    ) -> Response:
        """A JSON Patch (RFC 6902) that makes the document at `to` of the one at `from`."""
        documents = [_document(reader, of.kind, slug, revision) for revision in (before, after)]
        return _kept(json_response(make_patch(*documents), JsonPatch.media_type))


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


for _each in KINDS:
    _add_list(_each)
    _add_get(_each)
    _add_diff(_each)
