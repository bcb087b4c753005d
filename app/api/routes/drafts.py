"""Draft events from the text of an article."""

from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from fastapi import Request, Response
from starlette.datastructures import State

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
from app.domain.languages import Language
from app.records.models.draft_request import DraftRequest, published_day
from app.records.parsing.record_body import read_draft_request
from app.tables.database import Database

if TYPE_CHECKING:
    # The functions import the rest when they need it: most servers draft nothing.
    from app.drafting.quotes import ProvidedQuotes

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

    If the server has a provider of quotes, the text is sent to it. Its quotes only point to sentences; if it
    fails, `provider.error` says why, and the draft is made without it.
    """
    check_media_type(request, JSON_MEDIA_TYPE)
    asked = read_draft_request(await read_body(request, record_limits(request)))
    state = request.app.state
    language = await run_sync(_language, asked)
    provided = await _ask(state, asked, language)
    gate: Gate = state.costly_gate
    async with gate.slot():
        draft = await run_sync(_draft, state.database, state.drafters, asked, language, provided)
    return Response(
        draft.model_dump_json(), media_type=JSON_MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )


def _language(asked: DraftRequest) -> Language:
    from app.drafting.language import UnknownLanguageError, detect_language

    try:
        return asked.language or detect_language(asked.text)
    except UnknownLanguageError as error:
        item = ProblemItem(pointer="/language", detail=str(error))
        raise InvalidRecords(f"{error}: nothing was drafted", [item]) from None


async def _ask(state: State, asked: DraftRequest, language: Language) -> "ProvidedQuotes | None":
    """Return the provider's quotes, or None without one; waiting holds neither a thread nor a connection."""
    if state.quote_provider is None:
        return None
    gate: Gate = state.quote_gate
    async with gate.slot():
        day = published_day(asked.published)
        provided: ProvidedQuotes = await state.quote_provider.ask(asked.text, language, day)
        return provided


def _draft(
    database: Database,
    drafters: Drafters,
    asked: DraftRequest,
    language: Language,
    provided: "ProvidedQuotes | None",
) -> DraftDocument:
    from app.drafting.known_source import OtherSourceError, check_source

    with database.read() as connection:
        drafter = drafters.find(connection)
    day = published_day(asked.published)
    source = asked.source or ""
    try:
        check_source(drafter.knowledge, source, asked.url, day)
    except OtherSourceError as error:
        item = ProblemItem(pointer=f"/{error.field}", detail=str(error))
        raise InvalidRecords(f"{error}: nothing was drafted", [item]) from None
    return drafter.draft(asked.text, day, language, source, asked.url, provided=provided)
