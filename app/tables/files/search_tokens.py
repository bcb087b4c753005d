"""The tokens of the full-text index on SQLite: packed texts, one for each row of the index.

FTS5 must know the tokens of a row to delete it. It reads them from the view `event_search_rows`,
which calls the function `timeline_field` (docs/decisions/0057-bytes.md).
"""

import sqlite3
from collections.abc import Sequence

from app.domain.packing import TOKENS

# No token contains it.
_FIELD_END = "\n"


def pack_fields(texts: Sequence[str]) -> bytes:
    """Return the texts of the fields of a row as one packed text."""
    return TOKENS.pack(_FIELD_END.join(texts))


def unpack_fields(tokens: bytes) -> tuple[str, ...]:
    """Return the texts of the fields. Damaged tokens give none, and so match no index."""
    try:
        return tuple(TOKENS.unpack(tokens).split(_FIELD_END))
    except (TypeError, ValueError):
        return ()


def add_search_function(connection: sqlite3.Connection) -> None:
    """Add the function with which FTS5 reads a field of packed tokens to a connection."""
    connection.create_function("timeline_field", 2, _field, deterministic=True)


def _field(tokens: bytes, number: int) -> str | None:
    texts = unpack_fields(tokens)
    return texts[number] if number < len(texts) else None
