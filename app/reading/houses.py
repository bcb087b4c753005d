"""Sources by their houses."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, exists

from app.domain.vocabulary import EntityKind
from app.tables import core as t
from app.tables.houses import SIGNER, houses
from app.tables.wholes import keys_within


def is_of_house(named: Sequence[str]) -> ColumnElement[bool]:
    """Require that a row of `source` is a text of one of these houses. A copyist is no house."""
    publisher = t.publisher.c
    copies = exists().where(t.publisher_house.c.publisher_id == publisher.id)
    is_named_house = publisher.slug.in_(named) & ~copies
    return SIGNER.in_(keys_within(EntityKind.PUBLISHER, is_named_house))


def join_houses(sources: FromClause) -> FromClause:
    """Join rows that have `source` with the row of `publisher` of their house."""
    house = houses()
    return sources.join(house, house.c.part_id == SIGNER).join(
        t.publisher, t.publisher.c.id == house.c.whole_id
    )
