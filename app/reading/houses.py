"""The house of a source, as `documents/entities/source.py` shows it: the publisher whose text it is."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, exists, func

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.wholes import keys_within, outermost

# The publisher that signs the text. Its outermost house is the house of the source.
_SIGNER = func.coalesce(t.source.c.agency_id, t.source.c.publisher_id)


def is_of_house(houses: Sequence[str]) -> ColumnElement[bool]:
    """Require that a row of `source` is a text of one of these houses. A copyist is no house."""
    publisher = t.publisher.c
    copies = exists().where(t.publisher_house.c.publisher_id == publisher.id)
    named = publisher.slug.in_(houses) & ~copies
    return _SIGNER.in_(keys_within(EntityKind.PUBLISHER, named))


def join_houses(sources: FromClause) -> FromClause:
    """Join rows that have `source` with the row of `publisher` of their house."""
    houses = outermost(EntityKind.PUBLISHER)
    return sources.join(houses, houses.c.part_id == _SIGNER).join(
        t.publisher, t.publisher.c.id == houses.c.whole_id
    )
