"""Full text: the events that match a query, and how well they match."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, Subquery, func, literal, select, union_all

from app.domain.search.query import SearchQuery, parse_query
from app.tables import core as t
from app.tables.search import ALL_FIELDS, event_search, matches

# Fetching and sorting so many hits takes as long as walking through a large timeline in its order.
_FEW = 500
# The fields are title, names and text. The score is for all terms in the first field, in the first
# two, or anywhere.
_SCORES = {1: 2, 2: 1, ALL_FIELDS: 0}


def search_hits(query: SearchQuery) -> Select[int]:
    """Return the keys of the events that match the query."""
    return select(event_search.c.rowid).where(matches(query))


def few_hits(connection: Connection, q: str) -> Collection[int] | None:
    """Return the keys of the events that match `q`, in one statement; None if they are many.

    Without `q`, no statement and None.
    """
    if not q:
        return None
    hits = connection.scalars(search_hits(parse_query(q)).limit(_FEW + 1)).all()
    return hits if len(hits) <= _FEW else None


def search_scores(query: SearchQuery) -> Subquery:
    """Return the `key` of each event that matches the query, with its `score`.

    2 if the title has all terms, 1 if title and names have them, otherwise 0. Names may have dates and countries
    in any case, if the query has other terms. The engines' rankings would weigh words by how rare they are, and
    differently on each engine.
    """
    levels = union_all(
        *(
            select(event_search.c.rowid.label("key"), literal(score).label("score")).where(
                matches(query, fields)
            )
            for fields, score in _SCORES.items()
        )
    ).subquery()
    best = func.max(levels.c.score).label("score")
    return select(levels.c.key, best).group_by(levels.c.key).subquery()


def lacks_index(connection: Connection) -> bool:
    """Return whether events exist and the full-text index has none of them."""
    index_is_empty = ~select(event_search.c.rowid).exists()
    return connection.scalar(select(t.event.c.id).where(index_is_empty).limit(1)) is not None
