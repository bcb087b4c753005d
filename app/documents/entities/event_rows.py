"""Build the documents of events from rows, many at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, select

from app.documents.entities.base import Values, as_text, language_map, own_values, shared_names
from app.documents.entities.participant import participant_names
from app.documents.entities.source import source_fields, source_rows
from app.domain.date_text import date_texts
from app.domain.dates import OPEN_END, OPEN_START, parse_edtf
from app.tables import core as t
from app.tables.rows import rows_by_owner

_ENUMS = ("type", "subtype", "status", "confidence")
# The key is the event and the position of the citation in it.
_EvidenceByCitation = dict[tuple[int, int], list[Row[Any]]]


def build_events(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the events with these keys, with eight statements."""
    places = _places(connection, keys)
    participations = _participations(connection, keys)
    names = participant_names(
        connection, list({row.participant_id for rows in participations.values() for row in rows})
    )
    relations = _relations(connection, keys)
    sources = _sources(connection, keys)
    tags = _tags(connection, keys)
    return {
        row.id: {
            **own_values(row),
            "type": row.type,
            "subtype": row.subtype,
            "status": row.status,
            "confidence": row.confidence,
            **_date_values(row.date),
            "title": language_map(row.title),
            "summary": language_map(row.summary),
            "place": next((_place(place) for place in places[row.id]), None),
            "further_places": [_place(place) for place in places[row.id][1:]],
            "participants": [
                _participation(p, names[p.participant_id]) for p in participations[row.id]
            ],
            "treaty": _treaty(row),
            "relations": [_relation(r) for r in relations[row.id]],
            "sources": sources[row.id],
            "independent_sources": _independent(sources[row.id]),
            "tags": [tag.tag for tag in tags[row.id]],
            "note": row.note,
        }
        for row in _events(connection, keys)
    }


def _events(connection: Connection, keys: Sequence[int]) -> CursorResult[Any]:
    event, treaty = t.event.c, t.treaty.c
    statement = (
        select(
            *(event.id, event.slug, event.revision, event.created_at, event.updated_at),
            *(as_text(event[name]).label(name) for name in _ENUMS),
            *(event.date, event.title, event.summary, event.note),
            treaty.slug.label("treaty_slug"),
            treaty.kind.label("treaty_kind"),
            as_text(treaty.names).label("treaty_names"),
        )
        .select_from(t.event.outerjoin(t.treaty))
        .where(t.event.c.id.in_(keys))
    )
    return connection.execute(statement)


@lru_cache(maxsize=1 << 12)
def _date_values(edtf: str) -> Values:
    """Return the values that derive from a date. Many documents share them, so nobody may change them."""
    return {
        "date": edtf,
        "date_bounds": date_bounds(edtf),
        "date_text": date_texts(edtf).model_dump(),
    }


def date_bounds(edtf: str) -> Values:
    """Return the values of `DateBounds` for a date, with None for an open end."""
    bounds = parse_edtf(edtf)
    return {
        "start": _day_range(bounds.start_earliest, bounds.start_latest),
        "end": _day_range(bounds.end_earliest, bounds.end_latest),
        "precision": bounds.precision,
        "approximate": bounds.approximate,
        "uncertain": bounds.uncertain,
    }


def _day_range(earliest: date, latest: date) -> Values:
    return {"earliest": _day(earliest), "latest": _day(latest)}


def _day(day: date) -> date | None:
    return None if day in (OPEN_START, OPEN_END) else day


def _places(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    place, of = t.place.c, t.event_place.c
    statement = (
        select(
            of.event_id,
            *(place.slug, as_text(place.names).label("names"), place.country),
            *(place.latitude, place.longitude, as_text(place.precision).label("precision")),
        )
        .join(t.place, place.id == of.place_id)
        .where(of.event_id.in_(keys))
        .order_by(of.event_id, of.ordinal)
    )
    return rows_by_owner(connection, statement)


def _place(row: Row[Any]) -> Values:
    return {
        "id": row.slug,
        "name": shared_names(row.names),
        "country": row.country,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "precision": row.precision,
    }


def _treaty(row: Row[Any]) -> Values | None:
    if row.treaty_slug is None:
        return None
    name = shared_names(row.treaty_names)
    return {"id": row.treaty_slug, "kind": row.treaty_kind, "name": name}


def _participations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    part, participant = t.participation.c, t.participant
    statement = (
        select(
            part.event_id,
            part.participant_id,
            as_text(part.role).label("role"),
            part.capacity,
            part.side,
            participant.c.slug,
            as_text(participant.c.kind).label("kind"),
            t.office.c.slug.label("office_slug"),
            as_text(t.office.c.names).label("office_names"),
            as_text(t.office.c.rank).label("rank"),
        )
        .join(participant, participant.c.id == part.participant_id)
        .outerjoin(t.office, t.office.c.id == part.office_id)
        .where(part.event_id.in_(keys))
        .order_by(part.event_id, part.ordinal)
    )
    return rows_by_owner(connection, statement)


def _participation(row: Row[Any], name: dict[str, str]) -> Values:
    return {
        "id": row.slug,
        "kind": row.kind,
        "name": name,
        "role": row.role,
        "office": _office(row),
        "capacity": row.capacity,
        "side": row.side,
    }


def _office(row: Row[Any]) -> Values | None:
    if row.office_slug is None:
        return None
    return {"id": row.office_slug, "name": shared_names(row.office_names), "rank": row.rank}


def _relations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    relation, target = t.relation.c, t.event
    statement = (
        select(relation.event_id, relation.type, target.c.slug, target.c.title, target.c.date)
        .join(target, target.c.id == relation.target_id)
        .where(relation.event_id.in_(keys))
        .order_by(relation.event_id, relation.ordinal)
    )
    return rows_by_owner(connection, statement)


def _relation(row: Row[Any]) -> Values:
    title = language_map(row.title)
    return {"type": row.type, "event": row.slug, "title": title, "date": row.date}


def _sources(connection: Connection, keys: Sequence[int]) -> dict[int, list[Values]]:
    """Return the citations of each event, with two statements."""
    evidence = _evidence(connection, keys)
    return {
        event: [_citation(row, evidence[event, row.ordinal]) for row in rows]
        for event, rows in _citations(connection, keys).items()
    }


def _citations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    citation, (tables, columns) = t.citation.c, source_rows()
    statement = (
        select(citation.event_id, citation.ordinal, *columns)
        .join_from(t.citation, tables, t.source.c.id == citation.source_id)
        .where(citation.event_id.in_(keys))
        .order_by(citation.event_id, citation.ordinal)
    )
    return rows_by_owner(connection, statement)


def _citation(row: Row[Any], evidence: Sequence[Row[Any]]) -> Values:
    return {**source_fields(row), "evidence": [_evidence_values(each) for each in evidence]}


def _evidence_values(row: Row[Any]) -> Values:
    span = {"start": row.span_start, "end": row.span_end}
    return {
        "supports": row.supports,
        "basis": row.basis,
        "selector": None if span == t.NO_SPAN else span,
        "digest": row.digest,
        "note": row.note,
    }


def _independent(sources: Sequence[Values]) -> int:
    """Count the houses of the sources; a source without one counts for itself."""
    return len({("house", s["house"]) if s["house"] else ("source", s["id"]) for s in sources})


def _evidence(connection: Connection, keys: Sequence[int]) -> _EvidenceByCitation:
    evidence = t.evidence.c
    statement = (
        select(t.evidence)
        .where(evidence.event_id.in_(keys))
        .order_by(evidence.event_id, evidence.citation_ordinal, evidence.ordinal)
    )
    rows: _EvidenceByCitation = defaultdict(list)
    for row in connection.execute(statement):
        rows[row.event_id, row.citation_ordinal].append(row)
    return rows


def _tags(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    tag = t.event_tag.c
    statement = (
        select(tag.event_id, tag.tag)
        .where(tag.event_id.in_(keys))
        .order_by(tag.event_id, tag.ordinal)
    )
    return rows_by_owner(connection, statement)
