"""Routes that merge two entities. One loop makes them, with these operation ids:

merge_event, merge_participant.
"""

from typing import Annotated

from fastapi import Depends, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.writer import AdminWriterDep, RequiredReason
from app.api.http.headers import sends
from app.api.problems.catalogue import InsufficientScope, InvalidRecords, NotFound
from app.api.problems.openapi import declare
from app.api.routes.edits import WRITE, WRITTEN
from app.api.routes.router import make_router
from app.domain.values import MAX_SLUG_LENGTH
from app.domain.vocabulary import EntityKind

router = make_router()
_SURVIVORS = {
    EntityKind.EVENT: "2018-putin-kim-summit-announced",
    EntityKind.PARTICIPANT: "choe-son-hui",
}


def _add_merge(of: Kind) -> None:
    survivor = Query(
        max_length=MAX_SLUG_LENGTH,
        description=f"The id of the {of.kind} that survives.",
        examples=[_SURVIVORS[of.kind]],
    )

    @router.post(
        f"{of.path}/merge",
        name=f"merge_{of.kind}",
        summary=f"Merge {of.with_article} into another",
        tags=[of.kind.collection],
        response_model=of.document,
        responses=sends(*WRITTEN) | declare(*WRITE, InsufficientScope, NotFound, InvalidRecords),
    )
    async def merge(
        slug: Annotated[str, Depends(of.get_id)],
        writer: AdminWriterDep,
        into: Annotated[str, survivor],
        reason: RequiredReason,
    ) -> Response:
        """Merge the entity of the path into the surviving entity `into`, because both are the same.

        From now on the path answers 308 to the survivor. References to the merged entity move to the
        survivor, which also gains the values that it lacks. Needs the scope `admin`, and `If-Match` with
        the current `ETag` of the merged entity. Answers with the survivor's document.
        """
        return await writer.merge(of.kind, slug, into, reason)


for _kind in KINDS:
    if _kind.kind in _SURVIVORS:
        _add_merge(_kind)
