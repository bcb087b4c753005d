"""Routes that write one entity. One loop makes them for each kind, with these operation ids:

put_event, put_participant, put_place, put_office, put_source, put_publisher, put_treaty, put_tag,
patch_event, patch_participant, patch_place, patch_office, patch_source, patch_publisher, patch_treaty,
patch_tag, withdraw_event, withdraw_participant, withdraw_place, withdraw_office, withdraw_source,
withdraw_publisher, withdraw_treaty, withdraw_tag.
"""

from typing import Annotated, Any

from fastapi import Depends, Query, Response
from pydantic import BaseModel

from app.api.dependencies.kinds import KINDS, Kind
from app.api.dependencies.writer import PATCH, RECORD, Reason, RequiredReason, WriterDep
from app.api.http.headers import links, optional
from app.api.problems.catalogue import (
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
)
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.documents.change import ChangeEntry
from app.documents.imports.review import REVIEW_MEDIA_TYPE
from app.domain.vocabulary import EntityKind
from app.records.models import RECORD_MODELS
from app.records.models.patches import PATCH_MODELS

router = make_router()
# The problems of every write, and of every write with a body.
WRITE = (InvalidParameter, Unauthorized, Withdrawn, PreconditionFailed, PreconditionRequired)
_BODY = (RequestTimeout, BodyTooLarge, UnsupportedMediaType, InvalidRecords)
# The headers of an answer with the written document.
WRITTEN = ("Content-Location", "ETag")
_DryRun = Annotated[
    bool,
    Query(
        description="Answer with the changes of the record and with warnings, as a dry run of an import "
        "does, and write nothing. Needs no `If-Match`."
    ),
]


async def _may_repeat(
    allow_duplicate: Annotated[
        bool,
        Query(
            description="Create the event even if another one has the same date, type and "
            "participants."
        ),
    ] = False,
) -> bool:
    return allow_duplicate


async def _cannot_repeat() -> bool:
    return False


def _document_or_review(of: Kind) -> dict[str, Any]:
    return {
        "description": f"The {of.kind}; with `dry_run`, the review of the change.",
        "headers": optional(WRITTEN) | links(["Link"]),
        "content": {REVIEW_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Review"}}},
    }


def _add_put(of: Kind) -> None:
    is_event = of.kind is EntityKind.EVENT
    duplicate = (PossibleDuplicate,) if is_event else ()
    created: dict[str, Any] = {
        "model": of.document,
        "description": f"The {of.kind} is new.",
        "headers": links((*WRITTEN, "Link", "Location")),
    }

    @router.put(
        of.path,
        name=f"put_{of.kind}",
        tags=[of.kind.collection],
        summary=f"Create or replace {of.with_article}",
        response_model=of.document,
        responses={
            200: _document_or_review(of),
            201: created,
            **declare(*WRITE, *_BODY, *duplicate),
        },
        openapi_extra=_request_body(RECORD_MODELS[of.kind], RECORD),
    )
    async def put(
        slug: Annotated[str, Depends(of.get_id)],
        writer: WriterDep,
        allow_duplicate: Annotated[bool, Depends(_may_repeat if is_event else _cannot_repeat)],
        reason: Reason = "",
        dry_run: _DryRun = False,
    ) -> Response:
        """Store the record in the body; a value that the record leaves out is removed.

        To replace an existing entity, send its current `ETag` as `If-Match`. `If-None-Match: *` creates
        an entity and never replaces one. A record that equals the stored one changes nothing, and needs
        no `If-Match`. Answers with the document: 201 for a new entity, otherwise 200. With `dry_run` the
        answer is a review: the fields that would change, old and new, and warnings.
        """
        if dry_run:
            return await writer.review(of.kind, slug, allow_duplicate=allow_duplicate)
        return await writer.put(of.kind, slug, reason, allow_duplicate=allow_duplicate)


def _add_patch(of: Kind) -> None:
    @router.patch(
        of.path,
        name=f"patch_{of.kind}",
        tags=[of.kind.collection],
        summary=f"Change {of.with_article}",
        response_model=of.document,
        responses={200: _document_or_review(of), **declare(*WRITE, *_BODY, NotFound)},
        openapi_extra=_request_body(PATCH_MODELS[of.kind], *PATCH),
    )
    async def patch(
        slug: Annotated[str, Depends(of.get_id)],
        writer: WriterDep,
        reason: Reason = "",
        dry_run: _DryRun = False,
    ) -> Response:
        """Change the record with a JSON Merge Patch (RFC 7396), which may also be sent as plain JSON.

        A member that the patch leaves out stays unchanged, null removes a value, and a list replaces the
        whole stored list. `If-Match` must name the current `ETag`. Answers with the changed document. With
        `dry_run` the answer is a review: the fields that would change, old and new, and warnings.
        """
        if dry_run:
            return await writer.review_patch(of.kind, slug)
        return await writer.patch(of.kind, slug, reason)


def _add_withdraw(of: Kind) -> None:
    @router.delete(
        of.path,
        name=f"withdraw_{of.kind}",
        tags=[of.kind.collection],
        summary=f"Withdraw {of.with_article}",
        response_model=ChangeEntry,
        responses=declare(*WRITE, NotFound, StillReferred),
    )
    async def withdraw(
        slug: Annotated[str, Depends(of.get_id)], writer: WriterDep, reason: RequiredReason
    ) -> Response:
        """Delete the entity: from now on its path answers 410 with the reason.

        Its revisions stay readable, and its id is never given to another entity. The server refuses
        while another entity refers to this one. `If-Match` must name the current `ETag`. Answers with
        the entry in the change log.
        """
        return await writer.withdraw(of.kind, slug, reason)


def _request_body(model: type[BaseModel], *media_types: str) -> dict[str, Any]:
    """Declare a body for OpenAPI; the writer parses it, more strictly than FastAPI would."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    content = {media_type: {"schema": dict(schema)} for media_type in media_types}
    return {"requestBody": {"required": True, "content": content}}


for _kind in KINDS:
    _add_put(_kind)
    _add_patch(_kind)
    _add_withdraw(_kind)
