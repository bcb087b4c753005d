"""Keys as they are kept: what a key may do, and whether it still may."""

from collections.abc import Sequence
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.api_keys import read_key
from app.tables import core as t


def find_api_key(connection: Connection, key: str) -> Row[Any] | None:
    """The row of a key, revoked and expired ones included; None where nobody was given this one.

    Raises MistypedKeyError for what never was a key.
    """
    parts = read_key(key)
    found = select(t.api_key).where(t.api_key.c.prefix == parts.prefix)
    row = connection.execute(found).one_or_none()
    # The time that this takes says nothing of the secret.
    return row if row and compare_digest(row.secret_hash, parts.secret_hash) else None


def list_keys(connection: Connection) -> Sequence[Row[Any]]:
    """Every key that was ever made, by name, without what proves it."""
    columns = [column for column in t.api_key.c if column.name != "secret_hash"]
    return connection.execute(select(*columns).order_by(t.api_key.c.name)).all()
