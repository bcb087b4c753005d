"""Routes that give an entity the record of an earlier revision. One loop makes them, with these ids:

revert_event, revert_participant, revert_place, revert_office, revert_source, revert_publisher,
revert_treaty, revert_tag.
"""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.writer import Reason, WriterDep
from app.api.http.headers import links, optional
from app.api.problems.catalogue import InvalidRecords, NotFound
from app.api.problems.openapi import declare
from app.api.routes.edits import WRITE, WRITTEN
from app.api.routes.router import make_router
from app.reading.parameters.changes import RevisionNumber

router = make_router()
# The document of a dry run is at no URL.
_HEADERS = optional(WRITTEN) | links(["Link"])


def _add_revert(of: Kind) -> None:
    @router.post(
        f"{of.path}/revert",
        name=f"revert_{of.kind}",
        summary=f"Revert {of.with_article} to an earlier revision",
        tags=[of.kind.collection],
        response_model=of.document,
        responses={200: {"headers": _HEADERS}, **declare(*WRITE, NotFound, InvalidRecords)},
    )
    async def revert(
        slug: Annotated[str, Depends(of.get_id)],
        writer: WriterDep,
        to: Annotated[RevisionNumber, Query(description="The revision whose record returns.")],
        reason: Reason = "",
        dry_run: Annotated[
            bool, Query(description="Answer with the document as it would be, and write nothing.")
        ] = False,
    ) -> Response:
        """Write the record of an earlier revision again, as the next revision.

        A withdrawn entity lives again under its id, and its change in the log is a `restore`; a merge
        cannot be undone so. `If-Match` must name the current `ETag`, unless the entity was withdrawn. The
        server refuses a record that breaks a rule today, such as one that names an entity withdrawn since.
        Answers with the document.
        """
        return await writer.revert(of.kind, slug, to, reason, dry_run=dry_run)


for _kind in KINDS:
    _add_revert(_kind)
