"""The identifiers of entities in other databases, as their documents show them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Column, Connection, select

from app.tables.rows import rows_by_owner

IdentifiersByScheme = Annotated[
    dict[str, str],
    Field(
        description="Identifiers in other databases, by scheme.",
        examples=[{"wikidata": "Q58217"}],
    ),
]


def find_identifiers(
    connection: Connection, owner: Column[Any], keys: Sequence[int]
) -> Mapping[int, Mapping[str, str]]:
    """Return the identifiers of the entities with these keys, by scheme, with one statement.

    `owner` is the column of a table of identifiers that has the key of the entity.
    """
    columns = owner.table.c
    rows = rows_by_owner(
        connection,
        select(owner, columns.scheme, columns.value)
        .where(owner.in_(keys))
        .order_by(owner, columns.scheme),
    )
    return {key: {row.scheme: row.value for row in rows[key]} for key in keys}
