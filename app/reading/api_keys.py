"""API keys as they are stored: their scope, and whether they are still valid."""

from collections.abc import Sequence
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.api_keys import read_key
from app.tables import core as t


def find_api_key(connection: Connection, key: str) -> Row[Any] | None:
    """Return the row of a key, even if it is revoked or expired; None if it was never issued.

    Raises MistypedKeyError for a text that cannot be a key.
    """
    parts = read_key(key)
    statement = select(t.api_key).where(t.api_key.c.prefix == parts.prefix)
    row = connection.execute(statement).one_or_none()
    # Takes constant time, so that the response time reveals nothing about the secret.
    return row if row and compare_digest(row.secret_hash, parts.secret_hash) else None


def list_keys(connection: Connection) -> Sequence[Row[Any]]:
    """Return every key ever issued, by name, without the hash of its secret."""
    columns = [column for column in t.api_key.c if column.name != "secret_hash"]
    return connection.execute(select(*columns).order_by(t.api_key.c.name)).all()
