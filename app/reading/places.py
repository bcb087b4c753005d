"""The places within places, to any depth, as SQL."""

from collections.abc import Sequence

from sqlalchemy import CTE, Select, select

from app.tables import core as t

_place, _part = t.place.c, t.place_part.c


def keys_within(slugs: Sequence[str]) -> Select[tuple[int]]:
    """Return the keys of these places, and of all places within them."""
    places = select(_place.id).where(_place.slug.in_(slugs)).cte("within", recursive=True)
    parts = select(_part.place_id).join(places, places.c.id == _part.whole_id)
    return select(places.union(parts).c.id)


def enclosures() -> CTE:
    """Return a row for each place and each place that it lies within, itself included.

    The columns are `place_id` and `whole_id`.
    """
    itself = select(_place.id.label("place_id"), _place.id.label("whole_id"))
    pairs = itself.cte("enclosure", recursive=True)
    further = select(pairs.c.place_id, _part.whole_id).join(
        t.place_part, _part.place_id == pairs.c.whole_id
    )
    return pairs.union(further)
