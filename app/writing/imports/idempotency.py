"""Idempotent imports: the answer is stored in the import's transaction, and replayed on a retry."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from app.records.parsing.files import RecordOrError
from app.tables import core as t
from app.tables.clock import current_instant
from app.tables.database import Database
from app.writing.imports.choices import ImportChoices
from app.writing.imports.load import import_and_register, spooled


class KeyReusedError(Exception):
    """An earlier request with another body had this key."""


class KeyedRequest(NamedTuple):
    """A request with an idempotency key; `digest` covers everything that was sent with the key."""

    actor: str
    key: str
    digest: str
    lifetime: timedelta


class Answer(NamedTuple):
    """The JSON of an ImportDocument; `replayed` if an earlier request produced it."""

    text: str
    replayed: bool


def import_once(
    database: Database,
    found: Iterable[RecordOrError],
    request: KeyedRequest,
    choices: ImportChoices,
) -> Answer:
    """Import the records that are found, or replay the answer to an earlier import with this key.

    The answer is stored in the transaction of the import. Raises KeyReusedError, and
    RefusedRecordsError, which is not stored: a corrected import may use the same key.
    """
    with database.read() as connection:
        if stored := _find(connection, request):
            return Answer(stored, replayed=True)
    with spooled(database, found) as spool, database.write() as connection:
        # Another process may have finished the same import while this one waited.
        if stored := _find(connection, request):
            return Answer(stored, replayed=True)
        report = import_and_register(connection, spool, request.actor, choices)
        text = report.to_document(dry_run=False).model_dump_json()
        _store(connection, request, text)
        return Answer(text, replayed=False)


def _find(connection: Connection, request: KeyedRequest) -> str | None:
    answer = t.import_answer.c
    stored = connection.execute(
        select(answer.request_digest, answer.answer).where(
            answer.actor == request.actor,
            answer.key == request.key,
            answer.created_at > current_instant(connection) - request.lifetime,
        )
    ).one_or_none()
    if stored is None:
        return None
    if stored.request_digest != request.digest:
        raise KeyReusedError
    text: str = stored.answer
    return text


def _store(connection: Connection, request: KeyedRequest, text: str) -> None:
    now = current_instant(connection)
    expired = t.import_answer.c.created_at <= now - request.lifetime
    connection.execute(delete(t.import_answer).where(expired))
    values = {"actor": request.actor, "key": request.key, "request_digest": request.digest}
    row = {**values, "answer": text, "created_at": now}
    connection.execute(insert(t.import_answer).values(row))
