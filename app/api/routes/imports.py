"""Many records in one request: all are written, or none."""

import re
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Header, Query, Request, Response

from app.api.dependencies.auth import WriterDep
from app.api.dependencies.bodies import check_media_type, save_body
from app.api.http.headers import sends
from app.api.problems import (
    BodyTooLarge,
    IdempotencyKeyReused,
    ImportInProgress,
    InvalidParameter,
    InvalidRecords,
    ProblemItem,
    RequestTimeout,
    Unauthorized,
    UnsupportedMediaType,
    declare,
)
from app.api.problems.from_errors import record_item
from app.api.runtime.import_turns import ImportTurns
from app.documents.imports import ImportDocument
from app.records.parsing.files import iter_stream
from app.tables.database import Database
from app.writing.imports.idempotency import Answer, KeyedRequest, KeyReusedError, import_once
from app.writing.imports.load import RefusedRecordsError, load_records

router = APIRouter(prefix="/v1/imports", tags=["imports"])

# The suffix that a file of each media type has. Of two that have one type, some generated clients
# send all as the last: so it is JSON of these, and of those in lines the better known.
_SUFFIXES = {
    "application/yaml": ".yaml",
    "application/json": ".json",
    "application/jsonl": ".ndjson",
    "application/x-ndjson": ".ndjson",
}
# A structured string (RFC 9651) or the bare value; neither with what a string would escape.
_KEY = re.compile(r'"([ !#-\[\]-~]{1,255})"|([!#-\[\]-~]{1,255})')
_RECORDS = {"$ref": "#/components/schemas/Records"}
_BODY = {
    "required": True,
    "description": "Records by kind, as in files; of NDJSON each line is such a mapping.",
    "content": {
        media_type: {"schema": {"type": "string"} if suffix == ".ndjson" else _RECORDS}
        for media_type, suffix in _SUFFIXES.items()
    },
}
_ERRORS = (
    InvalidParameter,
    Unauthorized,
    RequestTimeout,
    ImportInProgress,
    BodyTooLarge,
    UnsupportedMediaType,
    InvalidRecords,
    IdempotencyKeyReused,
)
_DryRun = Annotated[bool, Query(description="Do everything, say what came of it, write nothing.")]
_IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=257,
        description="A value of your own for this import, of 1 to 255 characters: whoever sends it "
        "again gets the first answer, and nothing is written twice.",
        examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
        # Declared only: `_read_key` says better what is wrong.
        json_schema_extra={"pattern": f"^(?:{_KEY.pattern})$"},
    ),
]


@router.post(
    "",
    summary="Import records",
    response_model=ImportDocument,
    responses=sends("Idempotent-Replayed") | declare(*_ERRORS),
    openapi_extra={"requestBody": _BODY},
)
async def import_records(
    request: Request,
    caller: WriterDep,
    dry_run: _DryRun = False,
    idempotency_key: _IdempotencyKey = "",
) -> Response:
    """Create or replace what the records say: all that the body holds or, with any error, nothing.

    A record that says what is stored already changes nothing, so an import can be repeated. The
    problem `invalid-records` names every error with its line and its place.
    """
    media_type = check_media_type(request, *_SUFFIXES)
    key = _read_key(request.headers.getlist("idempotency-key"))
    state, turns = request.app.state, request.app.state.import_turns
    assert isinstance(turns, ImportTurns)
    with turns.alone(caller.name, key):
        async with turns.turn():
            with TemporaryFile() as body:
                digest = await save_body(request, body, state.settings.import_bytes)
                lifetime = timedelta(hours=state.settings.idempotency_hours)
                sent = sha256(f"{media_type} {digest}".encode()).hexdigest()
                keyed = KeyedRequest(caller.name, key, sent, lifetime)
                answer = await turns.run(
                    lambda: _import(
                        state.database, body, _SUFFIXES[media_type], keyed, dry_run=dry_run
                    )
                )
    headers = {"Cache-Control": "no-store"}
    if answer.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(answer.text, media_type="application/json", headers=headers)


def _read_key(given: Sequence[str]) -> str:
    """The key of an import (draft-ietf-httpapi-idempotency-key-header), or nothing."""
    if not given:
        return ""
    found = _KEY.fullmatch(given[0].strip())
    if len(given) > 1 or found is None:
        detail = 'expected 1 to 255 printable ASCII characters, such as "8e03978e-40d5"'
        item = ProblemItem(parameter="Idempotency-Key", detail=detail)
        raise InvalidParameter(f"Idempotency-Key: {detail}", [item])
    return found[1] or found[2]


def _import(
    database: Database, body: BinaryIO, suffix: str, request: KeyedRequest, *, dry_run: bool
) -> Answer:
    """What came of it; what is refused, and a dry run, is not kept for its key."""
    found = iter_stream(body, "body", suffix)
    try:
        if request.key and not dry_run:
            return import_once(database, found, request)
        report = load_records(database, found, request.actor, dry_run=dry_run)
    except KeyReusedError:
        detail = "this Idempotency-Key was sent with another body: every import has its own"
        raise IdempotencyKeyReused(detail) from None
    except RefusedRecordsError as refused:
        items = [record_item(error) for error in refused.errors]
        raise InvalidRecords(f"{refused}: nothing was written", items) from None
    return Answer(report.to_document(dry_run=dry_run).model_dump_json(), replayed=False)
