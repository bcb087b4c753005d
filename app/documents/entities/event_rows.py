"""Build the documents of events from rows, many at a time."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, select

from app.documents.entities.event import (
    CitationDocument,
    EventDocument,
    EvidenceDocument,
    ParticipationDocument,
    PlaceReference,
    RelationDocument,
    TreatyReference,
    date_bounds,
)
from app.documents.entities.participant import participant_names
from app.domain.date_text import date_texts
from app.domain.values import LanguageMap, TextSelector
from app.tables import core as t
from app.tables.rows import rows_by_owner

# The key is the event and the position of the citation in it.
_EvidenceByCitation = dict[tuple[int, int], list[Row[Any]]]


def build_events(connection: Connection, keys: Sequence[int]) -> dict[int, EventDocument]:
    """Return the documents of the events with these keys, with seven statements."""
    participations = _participations(connection, keys)
    names = participant_names(
        connection, list({row.participant_id for rows in participations.values() for row in rows})
    )
    relations = _relations(connection, keys)
    citations = _citations(connection, keys)
    evidence = _evidence(connection, keys)
    tags = _tags(connection, keys)
    return {
        row.id: EventDocument(
            id=row.slug,
            type=row.type,
            subtype=row.subtype,
            status=row.status,
            confidence=row.confidence,
            date=row.date,
            date_bounds=date_bounds(row.date),
            date_text=date_texts(row.date),
            title=LanguageMap(**row.title),
            summary=LanguageMap(**row.summary),
            place=_place(row),
            participants=[
                _participation(p, names[p.participant_id]) for p in participations[row.id]
            ],
            treaty=_treaty(row),
            relations=[RelationDocument(type=r.type, event=r.slug) for r in relations[row.id]],
            sources=[_citation(c, evidence[row.id, c.ordinal]) for c in citations[row.id]],
            tags=[tag.tag for tag in tags[row.id]],
            note=row.note,
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in _events(connection, keys)
    }


def _events(connection: Connection, keys: Sequence[int]) -> CursorResult[Any]:
    place, treaty = t.place.c, t.treaty.c
    statement = (
        select(
            *(column for column in t.event.c if column.name != "document"),
            place.slug.label("place_slug"),
            place.names.label("place_names"),
            place.country.label("place_country"),
            place.latitude,
            place.longitude,
            place.precision.label("place_precision"),
            treaty.slug.label("treaty_slug"),
            treaty.kind.label("treaty_kind"),
            treaty.names.label("treaty_names"),
        )
        .select_from(t.event.outerjoin(t.place).outerjoin(t.treaty))
        .where(t.event.c.id.in_(keys))
    )
    return connection.execute(statement)


def _place(row: Row[Any]) -> PlaceReference | None:
    if row.place_slug is None:
        return None
    return PlaceReference(
        id=row.place_slug,
        name=LanguageMap(**row.place_names),
        country=row.place_country,
        latitude=row.latitude,
        longitude=row.longitude,
        precision=row.place_precision,
    )


def _treaty(row: Row[Any]) -> TreatyReference | None:
    if row.treaty_slug is None:
        return None
    return TreatyReference(
        id=row.treaty_slug, kind=row.treaty_kind, name=LanguageMap(**row.treaty_names)
    )


def _participations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    part, participant = t.participation.c, t.participant
    statement = (
        select(
            part.event_id,
            part.participant_id,
            part.role,
            part.capacity,
            part.side,
            participant.c.slug,
            participant.c.kind,
        )
        .join(participant, participant.c.id == part.participant_id)
        .where(part.event_id.in_(keys))
        .order_by(part.event_id, part.ordinal)
    )
    return rows_by_owner(connection, statement)


def _participation(row: Row[Any], name: LanguageMap) -> ParticipationDocument:
    return ParticipationDocument(
        id=row.slug,
        kind=row.kind,
        name=name,
        role=row.role,
        capacity=row.capacity,
        side=row.side,
    )


def _relations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    relation, target = t.relation.c, t.event
    statement = (
        select(relation.event_id, relation.type, target.c.slug)
        .join(target, target.c.id == relation.target_id)
        .where(relation.event_id.in_(keys))
        .order_by(relation.event_id, relation.ordinal)
    )
    return rows_by_owner(connection, statement)


def _citations(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    citation, source = t.citation.c, t.source
    statement = (
        select(
            citation.event_id,
            citation.ordinal,
            source.c.slug,
            source.c.publisher,
            source.c.agency,
            source.c.language,
            source.c.published,
            source.c.url,
            source.c.article,
        )
        .join(source, source.c.id == citation.source_id)
        .where(citation.event_id.in_(keys))
        .order_by(citation.event_id, citation.ordinal)
    )
    return rows_by_owner(connection, statement)


def _citation(row: Row[Any], evidence: Sequence[Row[Any]]) -> CitationDocument:
    return CitationDocument(
        id=row.slug,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published=row.published,
        url=row.url,
        article=row.article,
        evidence=[
            EvidenceDocument(
                supports=e.supports,
                basis=e.basis,
                selector=TextSelector(start=e.span_start, end=e.span_end),
                digest=e.digest,
                note=e.note,
            )
            for e in evidence
        ],
    )


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
