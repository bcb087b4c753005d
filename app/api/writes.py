"""The routes that write one entity: put, patch and withdraw for each kind, merge for two of them."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from app.api.editor import PATCH, RECORD, AdminEditorDep, EditorDep, Reason
from app.api.kinds import KINDS, Kind
from app.api.problems import (
    BodyTooLarge,
    InsufficientScope,
    InvalidParameter,
    InvalidRecords,
    NotFound,
    PossibleDuplicate,
    PreconditionFailed,
    PreconditionRequired,
    RequestTimeout,
    StillReferred,
    Unauthorized,
    UnsupportedMediaType,
    Withdrawn,
    declare,
)
from app.documents.change import ChangeEntry
from app.domain.vocabulary import EntityKind
from app.records import RECORD_MODELS
from app.records.patches import PATCH_MODELS

router = APIRouter()
_Route = Callable[..., Awaitable[Response]]
_ReasonWanted = Annotated[Reason, Query(min_length=1)]
_MayRepeat = Annotated[
    bool,
    Query(description="A new event may have the date, type and participants of another."),
]
_Survivor = Annotated[str, Query(max_length=120, description="The id of the one that stays.")]
# What any write can answer, and any with a body.
_WRITE = (InvalidParameter, Unauthorized, Withdrawn, PreconditionFailed, PreconditionRequired)
_BODY = (RequestTimeout, BodyTooLarge, UnsupportedMediaType, InvalidRecords)


async def _may_repeat(allow_duplicate: _MayRepeat = False) -> bool:
    return allow_duplicate


async def _no_matter() -> bool:
    return True


def _add_put(of: Kind) -> None:
    is_event = of.kind is EntityKind.EVENT
    may_repeat = _may_repeat if is_event else _no_matter

    async def put(
        slug: Annotated[str, Depends(of.get_id())],
        editor: EditorDep,
        allow_duplicate: Annotated[bool, Depends(may_repeat)],
        reason: Reason = "",
    ) -> Response:
        return await editor.put(of.kind, slug, reason, allow_duplicate=allow_duplicate)

    created: dict[str, Any] = {"model": of.document, "description": f"The {of.kind} is new."}
    duplicate = (PossibleDuplicate,) if is_event else ()
    _add(
        put,
        of,
        "PUT",
        f"Create or replace {of.named}",
        f"The body is the record of the {of.kind}, whole: what it leaves out is taken away. To replace "
        "what is there, send its `ETag` as `If-Match`; `If-None-Match: *` creates only. A record "
        "that says what is stored already changes nothing.",
        responses={201: created, **declare(*_WRITE, *_BODY, *duplicate)},
        body=(RECORD, RECORD_MODELS[of.kind]),
    )


def _add_patch(of: Kind) -> None:
    async def patch(
        slug: Annotated[str, Depends(of.get_id())], editor: EditorDep, reason: Reason = ""
    ) -> Response:
        return await editor.patch(of.kind, slug, reason)

    _add(
        patch,
        of,
        "PATCH",
        f"Change {of.named}",
        f"The body is a merge patch (RFC 7396) of the record of the {of.kind}: what it leaves out "
        "stays, null takes a value away, and a list goes in whole. `If-Match` has the `ETag` of "
        "what is there.",
        responses=declare(*_WRITE, *_BODY, NotFound),
        body=(PATCH, PATCH_MODELS[of.kind]),
    )


def _add_withdraw(of: Kind) -> None:
    async def withdraw(
        slug: Annotated[str, Depends(of.get_id())], editor: EditorDep, reason: _ReasonWanted
    ) -> Response:
        return await editor.withdraw(of.kind, slug, reason)

    _add(
        withdraw,
        of,
        "DELETE",
        f"Withdraw {of.named}",
        f"The {of.kind} goes, and its path answers 410 with the reason from now on; its revisions "
        "stay, and its id is not given again. It cannot go while another entity refers to it. "
        "`If-Match` has the `ETag` of what is there. Answers with the change.",
        responses=declare(*_WRITE, NotFound, StillReferred),
        answer=ChangeEntry,
    )


def _add_merge(of: Kind) -> None:
    async def merge(
        slug: Annotated[str, Depends(of.get_id())],
        editor: AdminEditorDep,
        into: _Survivor,
        reason: _ReasonWanted,
    ) -> Response:
        return await editor.merge(of.kind, slug, into, reason)

    _add(
        merge,
        of,
        "POST",
        f"Merge {of.named} into another",
        f"Both are one {of.kind}: the one of the path goes, and its path answers 308 to the other from "
        "now on. What named it names the other, which gains what it lacks. Needs the scope "
        "`admin`, and `If-Match` with the `ETag` of the one that goes. Answers with the other.",
        responses=declare(*_WRITE, InsufficientScope, NotFound, InvalidRecords),
    )


def _add(
    endpoint: _Route,
    of: Kind,
    method: str,
    summary: str,
    description: str,
    *,
    responses: dict[int | str, dict[str, Any]],
    answer: type[BaseModel] | None = None,
    body: tuple[str, type[BaseModel]] | None = None,
) -> None:
    """Add a route under the name of its operation, such as `put_event`."""
    endpoint.__name__ = f"{endpoint.__name__}_{of.kind}"
    router.add_api_route(
        of.path + ("/merge" if method == "POST" else ""),
        endpoint,
        methods=[method],
        summary=summary,
        description=description,
        tags=[of.collection],
        response_model=answer or of.document,
        responses=responses,
        openapi_extra=_request_body(*body) if body else None,
    )


def _request_body(media_type: str, model: type[BaseModel]) -> dict[str, Any]:
    """What the document says of a body that is read by ourselves, more strictly than by the framework."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


for _each in KINDS:
    _add_put(_each)
    _add_patch(_each)
    _add_withdraw(_each)
for _each in KINDS[:2]:
    _add_merge(_each)
