"""Entities within entities of their kind: places in places, tags below tags, copies of a house."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Column

from app.domain.vocabulary import EntityKind
from app.tables import core as t


class Whole(NamedTuple):
    """The field of a record that names the whole, and the columns with the keys of both.

    `relation` says in words how the part relates to the whole.
    """

    field: str
    relation: str
    part: Column[Any]
    whole: Column[Any]


WHOLES: Final[Mapping[EntityKind, Whole]] = {
    EntityKind.PLACE: Whole(
        "part_of",
        "the place within which it lies",
        t.place_part.c.place_id,
        t.place_part.c.whole_id,
    ),
    EntityKind.PUBLISHER: Whole(
        "house",
        "the house that it copies",
        t.publisher_house.c.publisher_id,
        t.publisher_house.c.house_id,
    ),
    EntityKind.TAG: Whole(
        "broader", "the broader tag", t.tag_broader.c.tag_id, t.tag_broader.c.broader_id
    ),
}
