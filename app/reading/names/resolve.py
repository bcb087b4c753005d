"""Resolve a name to the participants whom it may mean, the likeliest first."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, Row, Select, select

from app.documents.pages import MatchedName, NameMatch
from app.domain.names.fuzzy import match_fuzzily, similar_names
from app.domain.names.matching import (
    BESIDE,
    EXPLANATIONS,
    WHOLE,
    AskedName,
    Match,
    MatchKind,
    StoredName,
    asked_name,
    match,
)
from app.domain.names.readings import NameReading, readings
from app.domain.names.same_name import bearer_of
from app.domain.names.scripts import script_of
from app.domain.vocabulary import ParticipantKind
from app.reading.listing import Page
from app.reading.names.activity import count_events, in_office, took_part
from app.reading.names.candidates import MOST_WORDS_OF_PARTICIPANT, korean_person, perhaps_named
from app.reading.parameters.names import NameQuery
from app.tables import core as t
from app.tables.at_once import refuse_at_once
from app.tables.rows import batches
from app.tables.utf8 import utf8

BEST_FIRST = {kind: rank for rank, kind in enumerate(MatchKind)}


class _ScoredName(NamedTuple):
    """A participant, with the match of one of its names, and the match of the whole text."""

    key: int
    slug: str
    match: Match
    whole: Match


def resolve(connection: Connection, query: NameQuery) -> Page:
    """Return the likeliest candidates, and their total number: three statements.

    Each further reading of the name is one or two more, and so is the search for similar names, if
    nobody bears the name. Two more find events and offices if a date is given. Beyond 500 candidates,
    each further 500 repeat the statements about candidates.
    """
    candidates = _certain(connection, query) or _similar(connection, query)
    ranked = _ranked(connection, candidates, query.on)
    items = _render(connection, ranked[: query.limit])
    return Page(items, query.limit, cursor=None, total=len(ranked))


def same_named(connection: Connection, name: str) -> set[int]:
    """Return the keys of the participants who bear the whole name, in any spelling."""
    found = _certainly_named(connection, name)
    return {candidate.key for candidate in found if candidate.match.kind in WHOLE}


def known_by(connection: Connection, name: str) -> set[int]:
    """Return the keys of the persons whom a name, or a part of one, certainly means.

    If these are none, of the participants who bear the whole name: the words of a thing's name keep
    their order, so a part of it means too many.
    """
    persons = _certainly_named(connection, name, ParticipantKind.PERSON)
    return {candidate.key for candidate in persons} or same_named(connection, name)


def people_named(connection: Connection, name: str, *, whole: bool) -> list[str]:
    """Return the first name of each person with this name, or with it as a part, the likeliest first."""
    found = [
        each
        for each in _certainly_named(connection, name, ParticipantKind.PERSON)
        if not (whole and each.match.kind is MatchKind.PART_OF_NAME)
    ]
    keys = [candidate.key for candidate in _ranked(connection, found, on="")] if found else []
    named = t.participant_name.c
    first = select(named.participant_id, named.text).where(named.ordinal == 0)
    texts = {
        row.participant_id: row.text
        for batch in batches(keys)
        for row in connection.execute(first.where(named.participant_id.in_(batch)))
    }
    return [texts[key] for key in keys]


def is_of_person(connection: Connection, name: str) -> bool:
    """Return whether it is the name of a person in any spelling, or a part of one."""
    return bool(_certainly_named(connection, name, ParticipantKind.PERSON))


def _certainly_named(
    connection: Connection, name: str, *kinds: ParticipantKind
) -> list[_ScoredName]:
    """Return the candidates for any text: none if it can be no name, such as one with a control character."""
    # It compares many names.
    refuse_at_once()
    try:
        query = NameQuery(name=name, kind=[*kinds])
    except ValidationError:
        return []
    return _certain(connection, query)


def _certain(connection: Connection, query: NameQuery) -> list[_ScoredName]:
    """Return the candidates for the first reading of the name that fits anybody."""
    for reading in readings(query.name):
        kinds = _kinds(query, reading)
        found = _matching(connection, asked_name(reading.name), kinds, reading.excludes)
        if found and reading.also:
            others = _matching(connection, asked_name(reading.also), kinds)
            also = {other.key: other.match for other in others}
            found = [candidate for candidate in found if candidate.key in also]
        else:
            also = {}
        if found:
            return [c._replace(whole=reading.judge(c.match, also.get(c.key))) for c in found]
    return []


def _kinds(query: NameQuery, reading: NameReading) -> Collection[ParticipantKind]:
    """Return the kinds that the participant may have; only persons have titles."""
    kinds = query.kind or [*ParticipantKind]
    return {ParticipantKind.PERSON}.intersection(kinds) if reading.titled else kinds


def _matching(
    connection: Connection,
    asked: AskedName,
    kinds: Collection[ParticipantKind],
    excludes: Callable[[Sequence[StoredName]], bool] = lambda _: False,
) -> list[_ScoredName]:
    if not kinds:
        return []
    statement = _names(kinds).where(perhaps_named(asked))
    return [
        _ScoredName(owner.id, owner.slug, agreement, agreement)
        for owner, names in _owners(connection, statement)
        if (agreement := match(asked, names, bearer_of(owner.kind, owner.country)))
        and not excludes(names)
    ]


def _similar(connection: Connection, query: NameQuery) -> list[_ScoredName]:
    """Return the participants with a name similar to the last reading, which has the fewest words."""
    reading = readings(query.name)[-1]
    asked, kinds = asked_name(reading.name), _kinds(query, reading)
    if len(asked.folded.split()) > MOST_WORDS_OF_PARTICIPANT:
        return []
    participant, name = t.participant.c, t.participant_name.c
    # A similar name of a Korean person is the name of somebody different.
    others = name.participant_id.in_(
        select(participant.id).where(~korean_person(), participant.kind.in_(kinds))
    )
    names = connection.scalars(select(name.folded).where(others)).all()
    like = select(name.participant_id).where(name.folded.in_(similar_names(asked, names)), others)
    return [
        _ScoredName(owner.id, owner.slug, agreement, agreement)
        for owner, its_names in _owners(connection, _names(kinds).where(participant.id.in_(like)))
        if (bearer := bearer_of(owner.kind, owner.country))
        and not reading.excludes(its_names)
        and (agreement := match_fuzzily(asked, its_names, bearer))
    ]


def _names(kinds: Collection[ParticipantKind]) -> Select[Any]:
    """Return the names of the participants of these kinds, grouped by participant."""
    participant, name = t.participant.c, t.participant_name.c
    return (
        select(participant.id, participant.slug, participant.kind, participant.country)
        .add_columns(name.text, name.language, name.folded, name.sound)
        .join_from(t.participant, t.participant_name)
        .where(*([participant.kind.in_(kinds)] if len(kinds) < len(ParticipantKind) else []))
        .order_by(name.participant_id, name.ordinal)
    )


def _owners(
    connection: Connection, statement: Select[Any]
) -> Iterator[tuple[Row[Any], list[StoredName]]]:
    rows = connection.execute(statement)
    for _, group in groupby(rows, key=lambda row: row.id):
        names = list(group)
        yield names[0], [StoredName(r.text, r.language, r.folded, r.sound) for r in names]


def _ranked(
    connection: Connection, candidates: Sequence[_ScoredName], on: str
) -> list[_ScoredName]:
    """Order by kind of match, activity on the date, likeness, number of events and id."""
    keys = [candidate.key for candidate in candidates]
    events = count_events(connection, keys)
    active = took_part(connection, keys, on) | in_office(connection, keys, on) if on else set()

    def rank(candidate: _ScoredName) -> tuple[Any, ...]:
        key, score = candidate.key, candidate.whole.score
        kinds = BEST_FIRST[candidate.whole.kind], BEST_FIRST[candidate.match.kind]
        return *kinds, key not in active, -score, -events.get(key, 0), candidate.slug

    return sorted(candidates, key=rank)


def participants_named(
    connection: Connection, name: str, kinds: Sequence[ParticipantKind]
) -> list[tuple[bytes, Match]]:
    """Return the documents of the participants that a name may mean, the likeliest first.

    With `kinds`, only participants of these kinds.
    """
    query = NameQuery(name=name, kind=[*kinds])
    candidates = _certain(connection, query) or _similar(connection, query)
    ranked = _ranked(connection, candidates, on="")
    documents = _documents(connection, ranked)
    return [(documents[c.key], c.whole) for c in ranked]


def _render(connection: Connection, candidates: Sequence[_ScoredName]) -> list[bytes]:
    documents = _documents(connection, candidates)
    return [
        b'{"participant":%b,' % documents[c.key]
        + name_match(c.whole).model_dump_json()[1:].encode()
        for c in candidates
    ]


def _documents(connection: Connection, candidates: Sequence[_ScoredName]) -> dict[int, bytes]:
    participant = t.participant.c
    statement = select(participant.id, utf8(participant.document))
    keys = [candidate.key for candidate in candidates]
    return {
        row.id: row.document
        for batch in batches(keys)
        for row in connection.execute(statement.where(participant.id.in_(batch)))
    }


def name_match(match: Match) -> NameMatch:
    """Return the match as an answer has it."""
    name = match.name
    beside = BESIDE.format(also=match.also) if match.also else ""
    return NameMatch(
        score=match.score,
        matched=MatchedName(text=name.text, language=name.language, script=script_of(name.text)),
        why=match.kind,
        explanation=EXPLANATIONS[match.kind].format(name=name.text) + beside,
    )
