"""The documents of participants, and how they are built from rows."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Row, select

from app.documents.entities.base import Document, DocumentPart, Values, language_map, own_values
from app.documents.entities.identifiers import IdentifiersByScheme, find_identifiers
from app.domain.values import CountryCode, EdtfText, LanguageMap, Slug
from app.domain.vocabulary import ParticipantKind
from app.tables import core as t
from app.tables.rows import rows_by_owner


class PositionDocument(DocumentPart):
    """An office that a person held."""

    title: str
    office: Slug | None = Field(
        description="Id of the office; null if none is recorded.", examples=["kp-premier"]
    )
    organisation: Slug | None = Field(
        description="Id of the organisation; null if it is not a participant of the timeline."
    )
    held_from: EdtfText | None = Field(
        alias="from", description="Date of the beginning, in EDTF; null if unknown."
    )
    held_to: EdtfText | None = Field(
        alias="to",
        description="Date of the end, in EDTF; null if unknown or if the person still holds it.",
    )


class ParticipantDocument(Document):
    """A person, an organisation or a state that takes part in events."""

    id: Slug
    kind: ParticipantKind
    country: CountryCode
    names: LanguageMap
    aliases: list[str] = Field(description="Other names and spellings, in any script.")
    positions: list[PositionDocument]
    identifiers: IdentifiersByScheme


def build_participants(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the participants with these keys, with four statements."""
    rows = connection.execute(select(t.participant).where(t.participant.c.id.in_(keys)))
    names = _names(connection, keys)
    positions = _positions(connection, keys)
    identifiers = find_identifiers(connection, t.participant_identifier.c.participant_id, keys)
    return {
        row.id: {
            **own_values(row),
            "kind": row.kind,
            "country": row.country,
            "names": _language_map(names[row.id]),
            "aliases": [name.text for name in names[row.id] if name.language is None],
            "positions": [_position(position) for position in positions[row.id]],
            "identifiers": identifiers[row.id],
        }
        for row in rows
    }


def participant_names(connection: Connection, keys: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the names of the participants with these keys, without aliases, with one statement."""
    return {key: _language_map(rows) for key, rows in _names(connection, keys).items()}


def _language_map(rows: Sequence[Row[Any]]) -> dict[str, str]:
    return language_map({row.language: row.text for row in rows if row.language is not None})


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
            t.office.c.slug.label("office"),
            organisation.c.slug.label("organisation"),
        )
        .outerjoin(t.office, t.office.c.id == position.office_id)
        .outerjoin(organisation, organisation.c.id == position.organisation_id)
        .where(position.participant_id.in_(keys))
        .order_by(position.participant_id, position.ordinal)
    )
    return rows_by_owner(connection, statement)


def _position(row: Row[Any]) -> Values:
    return {
        "title": row.title,
        "office": row.office,
        "organisation": row.organisation,
        "from": row.held_from,
        "to": row.held_to,
    }
