"""Import many records in one request and one transaction, and undo an import."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path as FilePath
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO

from fastapi import Header, Path, Query, Request, Response
from pydantic import AfterValidator

from app.api.dependencies.auth import CallerDep
from app.api.dependencies.bodies import check_media_type, import_limits, save_body
from app.api.dependencies.reader import PresentReaderDep, json_response
from app.api.dependencies.writer import Reason
from app.api.http.headers import sends
from app.api.http.request_state import request_state
from app.api.problems.catalogue import (
    BodyTooLarge,
    IdempotencyKeyReused,
    ImportInProgress,
    InsufficientScope,
    InvalidParameter,
    InvalidRecords,
    LaterChanges,
    NotFound,
    RequestTimeout,
    Unauthorized,
    UnsupportedMediaType,
)
from app.api.problems.from_errors import record_item
from app.api.problems.openapi import declare
from app.api.routes.router import make_router
from app.api.runtime.gates import Gate, ImportKeys, Shares
from app.api.runtime.writes import Writes
from app.documents.imports.report import ImportDocument, ImportRunDocument
from app.domain.values import check_one_line
from app.domain.vocabulary import Scope
from app.reading.names.suggestions import with_suggestions
from app.reading.parameters.changes import MAX_SEQ
from app.records.evidence.quotes import resolve_quotes
from app.records.evidence.texts import AttachedTexts
from app.records.parsing.files import iter_stream
from app.tables.database import Database
from app.writing.evidence_checks import find_articles
from app.writing.imports.choices import NO_CHOICES, ImportChoices, Omissions
from app.writing.imports.idempotency import Answer, KeyedRequest, KeyReusedError, import_once
from app.writing.imports.load import RefusedRecordsError, load_records
from app.writing.imports.remedies import REQUESTS, with_remedies
from app.writing.imports.reverts import describe_import
from app.writing.imports.reverts import revert_import as undo_import

router = make_router(prefix="/v1/imports", tags=["imports"])

# Media types, each with the suffix of its files. Some generated clients always send the first one, and
# others the last of the types that share a schema. So JSON comes first and alone has a schema of
# records, and the better-known name of NDJSON comes last.
_SUFFIXES = {
    "application/json": ".json",
    "application/yaml": ".yaml",
    "application/jsonl": ".ndjson",
    "application/x-ndjson": ".ndjson",
}
# A structured string (RFC 9651) or the bare value, without the characters that a string must escape.
_KEY = re.compile(r'"([ !#-\[\]-~]{1,255})"|([!#-\[\]-~]{1,255})')
_RECORDS = {"$ref": "#/components/schemas/Records"}
_BODY = {
    "required": True,
    "description": "Records by kind, in the same shape as in files: `Records` in JSON, or a text of the "
    "same form in YAML. In NDJSON each line is such an object.",
    "content": {
        media_type: {"schema": _RECORDS if suffix == ".json" else {"type": "string"}}
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
_DryRun = Annotated[bool, Query(description="Check and count everything, and write nothing.")]
_Omissions = Annotated[
    Omissions,
    Query(
        description="A stored entity may have a value that its record lacks, such as a title in French, or "
        "the evidence of a source. `delete` deletes it, because a record replaces the stored one; `refuse` "
        "refuses the import, with an error for each such record."
    ),
]
_KeepEdits = Annotated[
    bool,
    Query(
        description="Leave alone each stored record that others edited since `file` was last loaded "
        "with it, or that was edited by hand before its first load, and withdraw no entity that such a "
        "record names; `left_out.kept` lists them."
    ),
]
_SkipWithdrawn = Annotated[
    bool,
    Query(
        description="Leave out the records whose entity was withdrawn or merged; `left_out.skipped` lists "
        "them. Without it, such a record is an error."
    ),
]
_File = Annotated[
    str,
    AfterValidator(check_one_line),
    Query(
        max_length=200,
        description="The name of the file or feed that the records come from, on one line: the server "
        "remembers what it loaded last. Default: the name of the key.",
        examples=["feed.yaml"],
    ),
]
_ImportSeq = Annotated[
    int,
    Path(
        ge=1,
        le=MAX_SEQ,
        description="The number of any change that the import made, such as `changes.last` of its answer.",
        examples=[3799],
    ),
]
_IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=257,
        description="A unique value that the client chooses for this import, 1 to 255 characters. A "
        "retry with the same value gets the first answer, and writes nothing.",
        examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
        # Declared only. `_read_key` checks it, with a better message.
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
    caller: CallerDep,
    dry_run: _DryRun = False,
    omissions: _Omissions = Omissions.DELETE,
    reason: Reason = "",
    file: _File = "",
    keep_edits: _KeepEdits = False,
    skip_withdrawn: _SkipWithdrawn = False,
    idempotency_key: _IdempotencyKey = "",
) -> Response:
    """Create or replace the entities of all records in one transaction; any error refuses all of them.

    A record that equals the stored one changes nothing, so a client can safely repeat an import. The
    problem `invalid-records` lists every error with its line and its JSON Pointer. `review` says which
    records change and how; a dry run adds warnings. The number `changes.last` names the import, to revert
    it.

    `articles` may hold the texts in which the quotes of evidence are found; the server keeps no text.
    """
    media_type = check_media_type(request, *_SUFFIXES)
    key = _read_key(request.headers.getlist("idempotency-key"))
    state = request.app.state
    keys: ImportKeys = state.import_keys
    gate: Gate = state.import_gate
    writes: Writes = state.writes
    shares: Shares = state.import_shares
    with keys.hold(caller.name, key), shares.hold(caller.name), TemporaryFile() as body:
        # A body that arrives slowly must not keep others waiting, so the slot comes after it.
        digest = await save_body(request, body, import_limits(request))
        lifetime = timedelta(hours=state.settings.idempotency_hours)
        choices = ImportChoices(reason or None, file, omissions, keep_edits, skip_withdrawn)
        # Without choices it is the digest of earlier versions.
        further = f" {choices}" if choices != NO_CHOICES else ""
        sent = sha256(f"{media_type} {digest}{further}".encode()).hexdigest()
        keyed = KeyedRequest(caller.name, key, sent, lifetime)
        async with gate.slot() as waited:
            answer = await writes.run(
                request_state(request.scope),
                lambda database: _import(
                    database,
                    body,
                    _SUFFIXES[media_type],
                    keyed,
                    _advised(choices, state.settings.seeds) if dry_run else choices,
                    dry_run=dry_run,
                ),
                waited,
            )
    headers = {"Cache-Control": "no-store"}
    if answer.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(answer.text, media_type="application/json", headers=headers)


@router.get(
    "/{seq}",
    summary="Get an import",
    response_model=ImportRunDocument,
    responses=declare(InvalidParameter, NotFound),
)
def get_import(seq: _ImportSeq, reader: PresentReaderDep) -> Response:
    """Get who imported, when and why, how many entities changed, and whether a revert would succeed.

    Imports of versions before 0.2.0 are not registered, and edits of single entities are no imports.
    """
    found = reader.find(lambda connection: describe_import(connection, seq))
    return json_response(found.model_dump_json())


@router.post(
    "/{seq}/revert",
    summary="Revert an import",
    response_model=ImportDocument,
    responses=declare(
        InvalidParameter, Unauthorized, InsufficientScope, NotFound, LaterChanges, InvalidRecords
    ),
)
async def revert_import(
    request: Request,
    caller: CallerDep,
    seq: _ImportSeq,
    dry_run: _DryRun = False,
    reason: Reason = "",
) -> Response:
    """Give each entity that the import changed its record of before, in one transaction.

    Entities that the import created are withdrawn, and those that it withdrew live again. The problem
    `later-changes` lists the later changes that depend on the import, and how to undo them first. A revert
    that withdraws more than 100 entities needs the scope `admin`; a dry run does not. The answer is the
    answer of an import, which can be reverted too.
    """
    is_admin = caller.scope is Scope.ADMIN

    def revert(database: Database) -> str:
        report = undo_import(
            database,
            seq,
            caller.name,
            reason or None,
            may_withdraw_many=is_admin,
            dry_run=dry_run,
        )
        return report.to_document(dry_run=dry_run).model_dump_json()

    gate: Gate = request.app.state.import_gate
    writes: Writes = request.app.state.writes
    async with gate.slot() as waited:
        answer = await writes.run(request_state(request.scope), revert, waited)
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


def _advised(choices: ImportChoices, seeds: FilePath) -> ImportChoices:
    """Return the choices with the advice of the linter, whose rules only a dry run imports."""
    from app.linting.advice import advisor_of

    return replace(choices, advise=advisor_of(seeds))


def _read_key(headers: Sequence[str]) -> str:
    """Return the key of an import (draft-ietf-httpapi-idempotency-key-header), or an empty text."""
    if not headers:
        return ""
    match = _KEY.fullmatch(headers[0].strip())
    if len(headers) > 1 or match is None:
        detail = 'expected 1 to 255 printable ASCII characters, such as "8e03978e-40d5"'
        raise InvalidParameter.of(("Idempotency-Key", detail))
    return match[1] or match[2]


def _import(
    database: Database,
    body: BinaryIO,
    suffix: str,
    request: KeyedRequest,
    choices: ImportChoices,
    *,
    dry_run: bool,
) -> Answer:
    """Import the body and return the report; refusals and dry runs are not stored under the key."""
    texts: dict[str, str] = {}
    found = iter_stream(body, "body", suffix, texts)
    records = resolve_quotes(found, AttachedTexts(texts), partial(find_articles, database))
    try:
        if request.key and not dry_run:
            return import_once(database, records, request, choices)
        report = load_records(database, records, request.actor, choices, dry_run=dry_run)
    except KeyReusedError:
        detail = (
            "this Idempotency-Key was sent with another body or other parameters: every import "
            "needs a new key"
        )
        raise IdempotencyKeyReused(detail) from None
    except RefusedRecordsError as refused:
        errors = with_remedies(with_suggestions(database, refused.errors), REQUESTS)
        items = [record_item(error) for error in errors]
        raise InvalidRecords(f"{refused}: nothing was written", items) from None
    return Answer(report.to_document(dry_run=dry_run).model_dump_json(), replayed=False)
