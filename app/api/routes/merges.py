"""The routes that merge two records of one event, or of one participant."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.writer import AdminEditorDep, ReasonWanted
from app.api.http.headers import sends
from app.api.problems import InsufficientScope, InvalidRecords, NotFound, declare
from app.api.routes.edits import WRITE, WRITTEN
from app.domain.values import MAX_SLUG_LENGTH
from app.domain.vocabulary import EntityKind

router = APIRouter()
_SURVIVORS = {
    EntityKind.EVENT: "2018-putin-kim-summit-announced",
    EntityKind.PARTICIPANT: "choe-son-hui",
}


def _add_route(of: Kind) -> None:
    survivor = Query(
        max_length=MAX_SLUG_LENGTH,
        description=f"The id of the {of.kind} that stays.",
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
        editor: AdminEditorDep,
        into: Annotated[str, survivor],
        reason: ReasonWanted,
    ) -> Response:
        """Both are one: that of the path goes, and its path answers 308 to the other from now on.

        What named it names the other, which gains what it lacks. Needs the scope `admin`, and
        `If-Match` with the `ETag` of the one that goes. Answers with the other.
        """
        return await editor.merge(of.kind, slug, into, reason)


for _kind in KINDS:
    if _kind.kind in _SURVIVORS:
        _add_route(_kind)
