"""Participants as readers get them."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Row, select

from app.documents.entities.base import Document, DocumentPart
from app.domain.values import CountryCode, EdtfText, LanguageMap, Slug
from app.domain.vocabulary import ParticipantKind
from app.tables import core as t
from app.tables.rows import rows_by_owner


class PositionDocument(DocumentPart):
    """An office that a person held; a date that is not known is null."""

    title: str
    organisation: Slug | None = Field(description="Of which body; null for none of our list.")
    held_from: EdtfText | None = Field(
        alias="from", description="Since when, as EDTF; null if not known."
    )
    held_to: EdtfText | None = Field(
        alias="to", description="Until when, as EDTF; null if not known, or held still."
    )


class ParticipantDocument(Document):
    """A person, an organisation or a state that takes part in events."""

    id: Slug
    kind: ParticipantKind
    country: CountryCode
    names: LanguageMap
    aliases: list[str] = Field(description="Other spellings and names, in any script.")
    positions: list[PositionDocument]
    identifiers: dict[str, str] = Field(examples=[{"wikidata": "Q58217"}])


def build_participants(
    connection: Connection, keys: Sequence[int]
) -> dict[int, ParticipantDocument]:
    """The documents of the participants with these keys, from their rows: four statements."""
    rows = connection.execute(select(t.participant).where(t.participant.c.id.in_(keys)))
    names = _names(connection, keys)
    positions = _positions(connection, keys)
    identifiers = _identifiers(connection, keys)
    return {
        row.id: ParticipantDocument(
            id=row.slug,
            kind=row.kind,
            country=row.country,
            names=_language_map(names[row.id]),
            aliases=[name.text for name in names[row.id] if name.language is None],
            positions=[_position(position) for position in positions[row.id]],
            identifiers={i.scheme: i.value for i in identifiers[row.id]},
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    }


def participant_names(connection: Connection, keys: Sequence[int]) -> dict[int, LanguageMap]:
    """The names of the participants with these keys, without aliases: one statement."""
    return {key: _language_map(rows) for key, rows in _names(connection, keys).items()}


def _language_map(rows: Sequence[Row[Any]]) -> LanguageMap:
    return LanguageMap(**{row.language: row.text for row in rows if row.language is not None})


def _names(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    name = t.participant_name.c
    statement = (
        select(name.participant_id, name.language, name.text)
        .where(name.participant_id.in_(keys))
        .order_by(name.participant_id, name.ordinal)
    )
    return rows_by_owner(connection, statement)


def _positions(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    position, organisation = t.position.c, t.participant
    statement = (
        select(
            position.participant_id,
            position.title,
            position.held_from,
            position.held_to,
            organisation.c.slug.label("organisation"),
        )
        .outerjoin(organisation, organisation.c.id == position.organisation_id)
        .where(position.participant_id.in_(keys))
        .order_by(position.participant_id, position.ordinal)
    )
    return rows_by_owner(connection, statement)


def _position(row: Row[Any]) -> PositionDocument:
    return PositionDocument(
        title=row.title,
        organisation=row.organisation,
        held_from=row.held_from,
        held_to=row.held_to,
    )


def _identifiers(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    identifier = t.participant_identifier.c
    statement = (
        select(identifier.participant_id, identifier.scheme, identifier.value)
        .where(identifier.participant_id.in_(keys))
        .order_by(identifier.scheme)
    )
    return rows_by_owner(connection, statement)
