"""Full text: which events answer a query, and how well."""

from sqlalchemy import Connection, Select, Subquery, func, literal, select, union_all

from app.domain.search.query import SearchQuery
from app.tables import core as t
from app.tables.search import ALL_FIELDS, event_search, matches

# The fields are title, names, text: all terms in the first, in the first two, or anywhere.
_SCORES = {1: 2, 2: 1, ALL_FIELDS: 0}


def search_hits(query: SearchQuery) -> Select[tuple[int]]:
    """The keys of the events that answer the query."""
    return select(event_search.c.rowid).where(matches(query))


def search_scores(query: SearchQuery) -> Subquery:
    """The `key` of each event that answers the query, with its `score`.

    2 if the title has all that is wanted, 1 if title and names have it, else 0. Not the engines'
    own ranking: that would weigh words by how rare they are, and differently on each engine.
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
    """Whether there are events, and the full-text index knows none of them."""
    unknown = ~select(event_search.c.rowid).exists()
    return connection.scalar(select(t.event.c.id).where(unknown).limit(1)) is not None
