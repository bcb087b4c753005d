"""Imports that can be repeated: the answer to one is kept with what it wrote, and given again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from app.records.parsing.files import RecordOrError
from app.tables import core as t
from app.tables.database import Database, current_instant
from app.writing.imports.imports import import_spool
from app.writing.imports.spool import Spool


class KeyReusedError(Exception):
    """The key was given to another request before."""


class KeyedRequest(NamedTuple):
    """A request that is answered once only: `digest` is of all that was sent with the key."""

    actor: str
    key: str
    digest: str
    lifetime: timedelta


class Answer(NamedTuple):
    """The JSON of an ImportDocument; `replayed` if it was made for an earlier request."""

    text: str
    replayed: bool


def import_once(
    database: Database, found: Iterable[RecordOrError], request: KeyedRequest
) -> Answer:
    """Import the records that are found, unless this was done: then nothing is read or written.

    The answer is kept in the transaction of the import, so that there are both or neither. Raises
    KeyReusedError, and RefusedRecordsError, which is not kept: what is mended has the same key.
    """
    with database.read() as connection:
        if kept := _find(connection, request):
            return Answer(kept, replayed=True)
    with Spool(found) as spool, database.write() as connection:
        # Another process may have been at it until now.
        if kept := _find(connection, request):
            return Answer(kept, replayed=True)
        report = import_spool(connection, spool, request.actor)
        text = report.to_document(dry_run=False).model_dump_json()
        _keep(connection, request, text)
        return Answer(text, replayed=False)


def _find(connection: Connection, request: KeyedRequest) -> str | None:
    answer = t.import_answer.c
    kept = connection.execute(
        select(answer.request_digest, answer.answer).where(
            answer.actor == request.actor,
            answer.key == request.key,
            answer.created_at > current_instant(connection) - request.lifetime,
        )
    ).one_or_none()
    if kept is None:
        return None
    if kept.request_digest != request.digest:
        raise KeyReusedError
    text: str = kept.answer
    return text


def _keep(connection: Connection, request: KeyedRequest, text: str) -> None:
    now = current_instant(connection)
    expired = t.import_answer.c.created_at <= now - request.lifetime
    connection.execute(delete(t.import_answer).where(expired))
    values = {"actor": request.actor, "key": request.key, "request_digest": request.digest}
    row = {**values, "answer": text, "created_at": now}
    connection.execute(insert(t.import_answer).values(row))
