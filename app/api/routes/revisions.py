"""Routes of the revisions of an entity. One loop makes them for each kind, with these operation ids:

list_event_revisions, list_participant_revisions, list_place_revisions, list_office_revisions,
list_source_revisions, list_publisher_revisions, list_treaty_revisions, list_tag_revisions,
get_event_revision, get_participant_revision, get_place_revision, get_office_revision,
get_source_revision, get_publisher_revision, get_treaty_revision, get_tag_revision, diff_event,
diff_participant, diff_place, diff_office, diff_source, diff_publisher, diff_treaty, diff_tag.

They read the change log, so they also answer for an entity that was withdrawn or merged.
"""

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.reader import Reader, ReaderDep, json_response
from app.api.http.caching import UNCHANGING
from app.api.http.media_types import JsonPatch
from app.api.problems.catalogue import InvalidCursor, InvalidParameter, NotFound, Withdrawn
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.json_patch import Patch, make_patch
from app.documents.pages import RevisionPage
from app.documents.tombstone import Tombstone
from app.domain.vocabulary import EntityKind
from app.reading.log import find_revision, revisions
from app.reading.parameters.changes import RevisionNumber
from app.reading.parameters.common import PageRequest

router = make_router()


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
        request: Annotated[PageRequest, Query()],
        reader: ReaderDep,
    ) -> Response:
        """List the changes of the entity, the newest first, each with its author, time and reason.

        The list stays readable after the entity was withdrawn or merged.
        """
        page = reader.find(lambda c: reader.fetch(c, revisions(of.kind, slug), request))
        if not page.items:
            raise NotFound(f"no {of.kind} ever had the id {slug!r}")
        return reader.page_response(page)


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
        revision: Annotated[
            RevisionNumber, Path(description="The number of the revision, counted from 1.")
        ],
        reader: ReaderDep,
    ) -> Response:
        """Get the document as it was at this revision, byte for byte; caches may keep it forever.

        A revision that ended the entity has no document: it answers 410 with the reason.
        """
        return _unchanging(json_response(_document(reader, of.kind, slug, revision)))


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
        before: Annotated[
            RevisionNumber, Query(alias="from", description="The revision to start from.")
        ],
        after: Annotated[
            RevisionNumber, Query(alias="to", description="The revision that the patch leads to.")
        ],
        reader: ReaderDep,
    ) -> Response:
        """Get a JSON Patch (RFC 6902) that turns the document of revision `from` into the one at `to`."""
        documents = [_document(reader, of.kind, slug, revision) for revision in (before, after)]
        return _unchanging(json_response(make_patch(*documents), JsonPatch.media_type))


def _document(reader: Reader, kind: EntityKind, slug: str, revision: int) -> str:
    """Return the document of a revision; raises NotFound, or Withdrawn for the entity's last one."""
    change = reader.find(lambda connection: find_revision(connection, kind, slug, revision))
    if change is None:
        raise NotFound(f"the {kind} {slug!r} has no revision {revision}")
    if change.document is None:
        end = Tombstone(kind, slug, change.at, change.reason, change.survivor, revision)
        raise Withdrawn(f"revision {revision} ended the {kind}: {end}")
    document: str = change.document
    return document


def _unchanging(answer: Response) -> Response:
    answer.headers["Cache-Control"] = UNCHANGING
    return answer


for _kind in KINDS:
    _add_list(_kind)
    _add_get(_kind)
    _add_diff(_kind)
