"""Write one entity for one request, in one transaction, and answer with the result."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator

from app.api.dependencies.auth import AdminCallerDep, CallerDep
from app.api.dependencies.bodies import check_media_type, read_body, record_limits
from app.api.dependencies.preconditions import Precondition, PreconditionDep
from app.api.http.etags import entity_tag
from app.api.http.request_state import Caller, request_state
from app.api.http.urls import base_url, merge_links
from app.api.runtime.gates import Gate
from app.api.runtime.writes import Writes
from app.documents.imports.review import REVIEW_MEDIA_TYPE
from app.documents.tombstone import Survivors
from app.domain.values import check_one_line
from app.domain.vocabulary import EntityKind
from app.reading.names.suggestions import with_suggestions
from app.records.parsing.record_body import InvalidRecordError, read_patch, read_record
from app.tables.database import Database
from app.writing.edits.entities import Intent, Written, patch_record, put_record, withdraw_entity
from app.writing.edits.merges import merge_entity
from app.writing.edits.reverts import revert_entity
from app.writing.imports.choices import Advisor
from app.writing.imports.single import Reviewed, review_patch, review_record

RECORD = "application/json"
# The media types of a merge patch; some generated clients can send no other than the second.
PATCH = ("application/merge-patch+json", RECORD)
_T = TypeVar("_T")
Reason = Annotated[
    str,
    AfterValidator(check_one_line),
    Query(
        max_length=500,
        description="The reason for the change, on one line. The change log keeps it forever.",
    ),
]

RequiredReason = Annotated[Reason, Query(min_length=1, examples=["entered twice"])]


class Writer:
    """Writes the entity of one request, with the caller's name and the preconditions sent."""

    def __init__(self, request: Request, caller: Caller, precondition: Precondition) -> None:
        self._request = request
        self._caller = caller
        self._precondition = precondition
        self._writes: Writes = request.app.state.writes
        self._gate: Gate = request.app.state.write_gate
        self._import_gate: Gate = request.app.state.import_gate

    async def put(
        self, kind: EntityKind, slug: str, reason: str, *, allow_duplicate: bool
    ) -> Response:
        """Create or replace the entity from the record in the body."""
        body, intent = await self._read_body(RECORD), self._intent(reason)

        def put(database: Database) -> Written:
            record = read_record(body, kind, slug)
            return put_record(database, record, intent, allow_duplicate=allow_duplicate)

        return await self._answer(kind, slug, put)

    async def review(self, kind: EntityKind, slug: str, *, allow_duplicate: bool) -> Response:
        """Answer with the changes that `put` would make, and warnings."""
        body, intent, advise = await self._read_body(RECORD), self._intent(""), self._advisor()

        def review(database: Database) -> Reviewed:
            located = read_record(body, kind, slug)
            return review_record(database, located, intent, advise, allow_duplicate=allow_duplicate)

        return await self._answer_review(review)

    async def patch(self, kind: EntityKind, slug: str, reason: str) -> Response:
        """Apply the merge patch in the body to the entity's record."""
        body, intent = await self._read_body(*PATCH), self._intent(reason)
        return await self._answer(
            kind,
            slug,
            lambda database: patch_record(database, read_patch(body, kind, slug), intent),
        )

    async def review_patch(self, kind: EntityKind, slug: str) -> Response:
        """Answer with the changes that `patch` would make, and warnings."""
        body, intent, advise = await self._read_body(*PATCH), self._intent(""), self._advisor()
        return await self._answer_review(
            lambda database: review_patch(database, read_patch(body, kind, slug), intent, advise)
        )

    def _advisor(self) -> Advisor:
        # Only a review imports the rules.
        from app.linting.advice import advisor_of

        return advisor_of(self._request.app.state.settings.seeds)

    async def _answer_review(self, review: Callable[[Database], Reviewed]) -> Response:
        # It reads all records, as the dry run of an import does, and must not keep writes waiting.
        reviewed = await self._write(review, self._import_gate)
        answer = _uncached(reviewed.review.model_dump_json(), REVIEW_MEDIA_TYPE)
        self._add_merged(answer, reviewed.survivors)
        return answer

    async def withdraw(self, kind: EntityKind, slug: str, reason: str) -> Response:
        """Withdraw the entity; answers with the entry of the change log."""
        intent = self._intent(reason)
        return _uncached(
            await self._write(lambda database: withdraw_entity(database, kind, slug, intent))
        )

    async def revert(
        self, kind: EntityKind, slug: str, to: int, reason: str, *, dry_run: bool
    ) -> Response:
        """Give the entity the record of its revision `to`; a dry run has no headers of a document."""
        intent = self._intent(reason)

        def revert(database: Database) -> Written:
            return revert_entity(database, kind, slug, to, intent, dry_run=dry_run)

        if dry_run:
            return _uncached((await self._write(revert)).document)
        return await self._answer(kind, slug, revert)

    async def merge(self, kind: EntityKind, slug: str, into: str, reason: str) -> Response:
        """Merge the entity into the one with the id `into`; answers with the latter's document."""
        intent = self._intent(reason)
        return await self._answer(
            kind, into, lambda database: merge_entity(database, kind, slug, into, intent)
        )

    async def _read_body(self, *accepted: str) -> bytes:
        check_media_type(self._request, *accepted)
        return await read_body(self._request, record_limits(self._request))

    def _intent(self, reason: str) -> Intent:
        precondition = self._precondition
        return Intent(
            self._caller.name, reason or None, precondition.check, precondition.check_repeat
        )

    async def _write(self, work: Callable[[Database], _T], gate: Gate | None = None) -> _T:
        def suggesting(database: Database) -> _T:
            try:
                return work(database)
            except InvalidRecordError as error:
                raise InvalidRecordError(with_suggestions(database, error.errors)) from None

        # The token of a thread stands for a connection, which reads would lack otherwise.
        async with (gate or self._gate).slot() as waited, current_default_thread_limiter():
            return await self._writes.run(request_state(self._request.scope), suggesting, waited)

    async def _answer(
        self, kind: EntityKind, slug: str, write: Callable[[Database], Written]
    ) -> Response:
        """Answer with the document as it is after the write, as a GET of its path would."""
        written = await self._write(write)
        answer = _uncached(written.document)
        url = f"{base_url(self._request)}/v1/{kind.collection}/{slug}"
        answer.headers["ETag"] = entity_tag(written.document.encode())
        # Makes the tag the one of the document, not of the bytes that were sent (RFC 9110 §9.3.4).
        answer.headers["Content-Location"] = url
        self._add_merged(answer, written.survivors)
        if written.is_new:
            answer.status_code = 201
            answer.headers["Location"] = url
        return answer

    def _add_merged(self, answer: Response, survivors: Survivors) -> None:
        """Add a link for each merged entity that the record named."""
        for link in merge_links(f"{base_url(self._request)}/v1", survivors):
            answer.headers.append("Link", link)


def _uncached(text: str, media_type: str = RECORD) -> Response:
    return Response(text, media_type=media_type, headers={"Cache-Control": "no-store"})


async def _make_writer(
    request: Request, caller: CallerDep, precondition: PreconditionDep
) -> Writer:
    return Writer(request, caller, precondition)


async def _make_admin_writer(
    request: Request, caller: AdminCallerDep, precondition: PreconditionDep
) -> Writer:
    return Writer(request, caller, precondition)


WriterDep = Annotated[Writer, Depends(_make_writer)]
AdminWriterDep = Annotated[Writer, Depends(_make_admin_writer)]
