"""The routes that write one entity, the same for each kind: put, patch, withdraw."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.writer import PATCH, RECORD, EditorDep, Reason, ReasonWanted
from app.api.http.headers import links, sends
from app.api.problems import (
    BodyTooLarge,
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
from app.records.models import RECORD_MODELS
from app.records.models.patches import PATCH_MODELS

router = APIRouter()
# What any write can answer, and any with a body.
WRITE = (InvalidParameter, Unauthorized, Withdrawn, PreconditionFailed, PreconditionRequired)
# With which an answer tells of the document that was written.
WRITTEN = ("Content-Location", "ETag")
_BODY = (RequestTimeout, BodyTooLarge, UnsupportedMediaType, InvalidRecords)


async def _may_repeat(
    allow_duplicate: Annotated[
        bool,
        Query(description="A new event may have the date, type and participants of another."),
    ] = False,
) -> bool:
    return allow_duplicate


async def _cannot_repeat() -> bool:
    return False


def _add_routes(of: Kind) -> None:
    """The three routes of a kind; they are operations of their own, with names of their own."""
    kind, get_id = of.kind, of.get_id
    is_event = kind is EntityKind.EVENT
    may_repeat = _may_repeat if is_event else _cannot_repeat
    created: dict[str, Any] = {
        "model": of.document,
        "description": f"The {kind} is new.",
        "headers": links((*WRITTEN, "Location")),
    }
    duplicate = (PossibleDuplicate,) if is_event else ()
    routes = APIRouter(tags=[of.kind.collection])

    @routes.put(
        of.path,
        name=f"put_{kind}",
        summary=f"Create or replace {of.with_article}",
        response_model=of.document,
        responses={201: created, **sends(*WRITTEN), **declare(*WRITE, *_BODY, *duplicate)},
        openapi_extra=_request_body(RECORD, RECORD_MODELS[kind]),
    )
    async def put(
        slug: Annotated[str, Depends(get_id)],
        editor: EditorDep,
        allow_duplicate: Annotated[bool, Depends(may_repeat)],
        reason: Reason = "",
    ) -> Response:
        """The body is the whole record: what it leaves out is taken away.

        To replace what is there, send its `ETag` as `If-Match`; `If-None-Match: *` creates only. A
        record that says what is stored already changes nothing.
        """
        return await editor.put(kind, slug, reason, allow_duplicate=allow_duplicate)

    @routes.patch(
        of.path,
        name=f"patch_{kind}",
        summary=f"Change {of.with_article}",
        response_model=of.document,
        responses=sends(*WRITTEN) | declare(*WRITE, *_BODY, NotFound),
        openapi_extra=_request_body(PATCH, PATCH_MODELS[kind]),
    )
    async def patch(
        slug: Annotated[str, Depends(get_id)], editor: EditorDep, reason: Reason = ""
    ) -> Response:
        """The body is a merge patch (RFC 7396) of the record.

        What it leaves out stays, null takes a value away, and a list goes in whole. `If-Match` has
        the `ETag` of what is there.
        """
        return await editor.patch(kind, slug, reason)

    @routes.delete(
        of.path,
        name=f"withdraw_{kind}",
        summary=f"Withdraw {of.with_article}",
        response_model=ChangeEntry,
        responses=declare(*WRITE, NotFound, StillReferred),
    )
    async def withdraw(
        slug: Annotated[str, Depends(get_id)], editor: EditorDep, reason: ReasonWanted
    ) -> Response:
        """Its path answers 410 with the reason from now on; its revisions stay, its id is not given again.

        It cannot go while another entity refers to it. `If-Match` has the `ETag` of what is there.
        Answers with the change.
        """
        return await editor.withdraw(kind, slug, reason)

    router.include_router(routes)


def _request_body(media_type: str, model: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of a body; we read it ourselves, more strictly than the framework would."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


for _kind in KINDS:
    _add_routes(_kind)
