"""Draft events from the text of an article."""

from anyio.to_thread import run_sync
from fastapi import Request, Response

from app.api.dependencies.auth import CallerDep
from app.api.dependencies.bodies import check_media_type, read_body, record_limits
from app.api.dependencies.reader import JSON_MEDIA_TYPE
from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import (
    BodyTooLarge,
    InvalidRecords,
    RequestTimeout,
    Unauthorized,
    UnsupportedMediaType,
)
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.drafters import Drafters
from app.api.runtime.gates import Gate
from app.documents.draft import DraftDocument
from app.drafting.draft import Drafter
from app.drafting.language import UnknownLanguageError, detect_language
from app.records.models.draft_request import DraftRequest, published_day
from app.records.parsing.record_body import read_draft_request
from app.tables.database import Database

router = make_router(prefix="/v1/drafts", tags=["imports"])

_BODY = {
    "required": True,
    "description": "The text of an article, its day of publication and, if they are known, its language and "
    "its source.",
    "content": {JSON_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/DraftRequest"}}},
}


@router.post(
    "",
    summary="Draft events from an article",
    response_model=DraftDocument,
    responses=declare(
        Unauthorized, RequestTimeout, BodyTooLarge, UnsupportedMediaType, InvalidRecords
    ),
    openapi_extra={"requestBody": _BODY},
)
async def draft_events(request: Request, caller: CallerDep) -> Response:
    """Find the events that a text in English, French, Russian or Korean tells, each with its evidence.

    Rules find them, without a model, so a draft has mistakes: an editor must check it. Nothing is stored,
    and the text is neither kept nor logged. Ids are ids of the data; a name that the data does not have is
    listed as unknown. Each event is compared with the data: it is `new`, `known`, or it `differs`.
    """
    check_media_type(request, JSON_MEDIA_TYPE)
    asked = read_draft_request(await read_body(request, record_limits(request)))
    state = request.app.state
    gate: Gate = state.costly_gate
    async with gate.slot():
        draft = await run_sync(_draft, state.database, state.drafters, asked)
    return Response(
        draft.model_dump_json(), media_type=JSON_MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )


def _draft(database: Database, drafters: Drafters, asked: DraftRequest) -> DraftDocument:
    with database.read() as connection:
        drafter: Drafter = drafters.find(connection)
    try:
        language = asked.language or detect_language(asked.text)
    except UnknownLanguageError as error:
        item = ProblemItem(pointer="/language", detail=str(error))
        raise InvalidRecords(f"{error}: nothing was drafted", [item]) from None
    day = published_day(asked.published)
    return drafter.draft(asked.text, day, language, asked.source or "", asked.url)
