"""Conditions that filters of several kinds share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, or_, select, tuple_

from app.domain.bounding_box import Box, parse_box
from app.domain.vocabulary import Rank
from app.tables import core as t

Condition = ColumnElement[bool]


def one_of(column: ColumnElement[Any], values: Sequence[str | bool]) -> list[Condition]:
    """Require one of these values, or nothing without values."""
    return [column.in_(values)] if values else []


def identified_by(
    key: ColumnElement[Any], owner: Column[Any], identifiers: Sequence[str]
) -> list[Condition]:
    """Require one of these identifiers, each `scheme:value`, or nothing without any.

    `owner` is the column of a table of identifiers that has the key of the entity.
    """
    if not identifiers:
        return []
    columns = owner.table.c
    pairs = [each.split(":", 1) for each in identifiers]
    owners = select(owner).where(tuple_(columns.scheme, columns.value).in_(pairs))
    return [key.in_(owners)]


def within_box(text: str) -> list[Condition]:
    """Require a place in the box `west,south,east,north`, or nothing without a text."""
    return [lies_in(parse_box(text))] if text else []


def lies_in(box: Box) -> Condition:
    """Require a place in the box."""
    place = t.place.c
    east, west = place.longitude <= box.east, place.longitude >= box.west
    between = or_(east, west) if box.west > box.east else east & west
    return between & place.latitude.between(box.south, box.north)


def published_by(column: ColumnElement[Any], publishers: Sequence[str]) -> list[Condition]:
    """Require one of these publishers in a column of keys, or nothing without publishers."""
    # Making a condition that nobody needs takes longer than reading five events.
    if not publishers:
        return []
    keys = select(t.publisher.c.id).where(t.publisher.c.slug.in_(publishers))
    return [column.in_(keys)]


def find_offices(offices: Sequence[str], ranks: Sequence[Rank]) -> Select[int] | None:
    """Return the keys of the offices with one of these ids and one of these ranks; None without either."""
    office = t.office.c
    named = [*one_of(office.slug, offices), *one_of(office.rank, ranks)]
    return select(office.id).where(*named) if named else None
