"""Who bears a whole name, and which name of a participant a half-typed text begins."""

import json
from collections.abc import Sequence
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from app.documents.pages import Completion, MatchedName
from app.domain.names.folding import fold
from app.domain.names.half_typed import begins_in_order, begins_so
from app.domain.names.matching import StoredName, asked_name, match
from app.domain.names.readings import readings
from app.domain.names.same_name import bearer_of
from app.domain.names.scripts import script_of
from app.domain.vocabulary import ParticipantKind
from app.reading.names.activity import count_events
from app.reading.names.candidates import named_from
from app.reading.names.resolve import known_by, same_named
from app.tables import core as t


def bearers(connection: Connection, names: Sequence[str]) -> set[int]:
    """Return the keys of the participants with one of these names, whole and in any spelling.

    One statement for the names as they are stored, and one or more for each name that is not.
    """
    name = t.participant_name.c
    # A text without letters and digits is nobody's name.
    folded = {key: text for text in names if (key := fold(text))}
    rows = connection.execute(
        select(name.participant_id, name.folded).where(name.folded.in_(folded))
    ).all()
    others = [text for key, text in folded.items() if key not in {row.folded for row in rows}]
    return {row.participant_id for row in rows}.union(
        *(same_named(connection, text) for text in others)
    )


def known_by_typed(connection: Connection, typed: str) -> set[int]:
    """Return the keys of the participants whom a text means if no name begins so: one statement more.

    A suggestion has the spellings of one system, and `resolve` also knows mixtures and cases.
    """
    if connection.scalar(select(named_from(typed).exists())):
        return set()
    return known_by(connection, typed)


def completions(connection: Connection, typed: str, items: Sequence[bytes]) -> list[Completion]:
    """Return for each of these documents the first name that begins so: two statements.

    A name as it is stored precedes one in another spelling.
    """
    participant, name = t.participant.c, t.participant_name.c
    slugs = [json.loads(item)["id"] for item in items]
    rows = connection.execute(
        select(participant.slug, participant.kind, name.participant_id, name.text)
        .add_columns(name.language, name.folded, name.spellings, name.sound)
        .add_columns(participant.country)
        .join_from(t.participant, t.participant_name)
        .where(participant.slug.in_(slugs))
        .order_by(name.participant_id, name.ordinal)
    )
    first = {
        slug: _first_that_begins_so(list(names), typed)
        for slug, names in groupby(rows, key=lambda row: str(row.slug))
    }
    events = count_events(connection, [row.participant_id for row in first.values()])
    return [
        Completion(
            id=slug,
            matched=MatchedName(text=row.text, language=row.language, script=script_of(row.text)),
            events=events.get(row.participant_id, 0),
        )
        for slug, row in ((slug, first[slug]) for slug in slugs)
    ]


def _first_that_begins_so(names: Sequence[Row[Any]], typed: str) -> Row[Any]:
    """Return the first name that begins so, as it is stored or in another spelling, or that matches."""
    if names[0].kind is not ParticipantKind.PERSON:
        begun = (name for name in names if begins_in_order(typed, name.folded))
        return next(begun, None) or _that_matches(names, typed)
    stored = (name for name in names if begins_so(typed, name.folded))
    spelled = (name for name in names if begins_so(typed, name.folded, name.spellings or ""))
    return next(chain(stored, spelled), None) or _that_matches(names, typed)


def _that_matches(names: Sequence[Row[Any]], typed: str) -> Row[Any]:
    """Return the name for which `resolve` would find the participant."""
    known = [StoredName(name.text, name.language, name.folded, name.sound) for name in names]
    bearer = bearer_of(names[0].kind, names[0].country)
    matches = (match(asked_name(reading.name), known, bearer) for reading in readings(typed))
    best = next(filter(None, matches), None)
    return names[known.index(best.name)] if best else names[0]
