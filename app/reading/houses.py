"""The house of a source: the publisher whose text it is."""

from sqlalchemy import ColumnElement, func, select

from app.tables import core as t


def house_key() -> ColumnElement[int]:
    """Return the key of the house of a row of `source`; null if the source has no publisher.

    `documents/entities/source.py: source_fields` says the same of a document.
    """
    source, copy = t.source.c, t.publisher_house.c
    copied = (
        select(copy.house_id)
        .where(copy.publisher_id == source.publisher_id)
        .correlate(t.source)
        .scalar_subquery()
    )
    return func.coalesce(source.agency_id, copied, source.publisher_id)
