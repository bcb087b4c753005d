"""Spellings in a search that the index lacks: a word is then the people whom `resolve` knows by it."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from app.domain.names.around.countries import held_at
from app.domain.search.asked_dates import find_date
from app.domain.search.asked_periods import find_period
from app.domain.search.function_words import function_words
from app.domain.search.plain_words import PlainWord, plain_words
from app.domain.search.query import QueryError, parse_query, readable
from app.domain.search.tokens import runs_of
from app.reading.names.resolve import people_named
from app.reading.search import search_hits

# Each unknown word takes some statements, and each person a term of the query.
_MOST_WORDS: Final = 3
_MOST_PEOPLE: Final = 5
# A name has no more words.
_LONGEST_NAME: Final = 4
_MOST_LOOKED_UP: Final = 20


class _NamePart(NamedTuple):
    """A part of a query that may be a name; if `whole`, it must be a whole name."""

    text: str
    start: int
    end: int
    whole: bool


def with_known_people(connection: Connection, q: str) -> str:
    """Return the query with the names of people in place of words that no event has.

    Nothing changes if some event matches: one statement. Otherwise a sequence of words may be a whole
    name, and so may a word that no event has with the one beside it; alone, it may be a part of a name.
    """
    query = readable(q)
    runs = [*_searchable_words(query)]
    words = [word for run in runs for word in run][:_MOST_LOOKED_UP]
    matches, *known = _found(connection, [query, *(word.text for word in words)])
    if matches:
        return q
    unknown = [w for w, is_known in zip(words, known, strict=True) if not is_known][:_MOST_WORDS]
    for span in _spans(query, runs, unknown):
        if names := people_named(connection, span.text, whole=span.whole)[:_MOST_PEOPLE]:
            people = " OR ".join(f'name:"{name.replace(chr(34), "")}"' for name in names)
            replaced = f"{query[: span.start]}{people}{query[span.end :]}"
            return with_known_people(connection, replaced) if _is_searchable(replaced) else q
    return q


def unknown_words(connection: Connection, q: str) -> list[str]:
    """Return the words and dates of a query that no event has, in order: one statement.

    Function words and the names of countries are left out, and so is anything in a phrase, in a field or
    excluded.
    """
    runs = ([word.text for word in run] for run in _searchable_words(readable(q)))
    words = [word for run in runs for word in _narrowing(run)][:_MOST_LOOKED_UP]
    found = _found(connection, words) if words else ()
    return [word for word, is_known in zip(words, found, strict=True) if not is_known]


def _narrowing(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        size, _ = held_at(words, place)
        date = find_period(words[place:]) or find_date(words[place:])
        if date:
            size = date.size
            yield " ".join(words[place : place + size])
        elif not size and not all(function_words(runs_of(words[place]))):
            yield words[place]
        place += size or 1


def _found(connection: Connection, queries: Sequence[str]) -> Sequence[bool]:
    """Return for each query whether an event matches it: one statement."""
    hits = (search_hits(parse_query(query)).exists() for query in queries)
    return [*connection.execute(select(*hits)).one()]


def _spans(
    query: str, runs: Sequence[Sequence[PlainWord]], unknown: Sequence[PlainWord]
) -> Iterator[_NamePart]:
    for run in runs:
        if 1 < len(run) <= _LONGEST_NAME:
            yield _span(query, run, whole=True)
    for run in runs:
        for place, word in enumerate(run):
            if word in unknown:
                pairs = (run[max(place - 1, 0) : place + 1], run[place : place + 2])
                yield from (_span(query, pair, whole=True) for pair in pairs if len(pair) > 1)
                yield _span(query, [word], whole=False)


def _span(query: str, words: Sequence[PlainWord], *, whole: bool) -> _NamePart:
    start, end = words[0].start, words[-1].end
    return _NamePart(query[start:end], start, end, whole)


def _searchable_words(query: str) -> Iterator[list[PlainWord]]:
    """Yield each sequence of plain words, without those that are no query alone, such as `(title:`."""
    for run in plain_words(query):
        yield [word for word in run if _is_searchable(word.text)]


def _is_searchable(query: str) -> bool:
    """Whether the query has a term, and not too many."""
    try:
        parse_query(query)
    except QueryError:
        return False
    return True
