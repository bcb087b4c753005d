"""Titles around names in a search: left out, so that `President Putin` finds what `Putin` finds."""

from sqlalchemy import Connection

from app.domain.search.query import readable
from app.domain.search.titled import find_titled
from app.reading.names.resolve import is_of_person


def has_titles(q: str) -> bool:
    """Return whether the query has a word that may be a title, without looking at names."""
    return any(titled.names for titled in find_titled(readable(q)))


def without_titles(connection: Connection, q: str) -> str:
    """Return the query without titles around names of persons.

    A title beside any other word stays: `ambassador Moscow`. One statement for each word beside a title,
    and one more for each further reading of a word that is nobody's name.
    """
    query = readable(q)
    for titled in reversed(find_titled(query)):
        if any(is_of_person(connection, name) for name in titled.names):
            query = query[: titled.start] + query[titled.end :]
    return query
