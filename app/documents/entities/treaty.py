"""The documents of treaties: their stages, and the period in force that the stages determine."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Row, select

from app.documents.entities.base import Document, DocumentPart
from app.domain.dates import OPEN_END
from app.domain.values import CountryCode, EdtfText, EventId, LanguageMap, Slug
from app.domain.vocabulary import EventStatus, EventSubtype, TreatyKind
from app.tables import core as t
from app.tables.rows import rows_by_owner

# A drafted or initialled text is not yet a treaty.
_DRAFTS = (EventSubtype.DRAFTED, EventSubtype.INITIALLED)


class TreatyStage(DocumentPart):
    """A stage of a treaty: an event of type `treaty`."""

    stage: EventSubtype
    date: EdtfText
    status: EventStatus
    event: EventId


class InForce(DocumentPart):
    """The period in which a treaty was in force."""

    since: EdtfText | None = Field(
        alias="from", description="Date of entry into force, in EDTF; null if unknown."
    )
    until: EdtfText | None = Field(
        alias="to", description="Date of termination, in EDTF; null if no end is known."
    )


class TreatyDocument(Document):
    """A treaty or another instrument, with its stages in order of date."""

    id: Slug
    kind: TreatyKind
    names: LanguageMap
    parties: list[CountryCode]
    registration: str | None = Field(
        description="Treaty series and number; null if unknown.", examples=["UNTS 6045"]
    )
    stages: list[TreatyStage]
    in_force: InForce | None = Field(
        description="Period in force; null if no stage shows that the treaty was ever in force."
    )


def build_treaties(connection: Connection, keys: Sequence[int]) -> dict[int, TreatyDocument]:
    """Return the documents of the treaties with these keys, with three statements."""
    rows = connection.execute(select(t.treaty).where(t.treaty.c.id.in_(keys)))
    parties = _parties(connection, keys)
    stages = treaty_stages(connection, keys)
    return {
        row.id: TreatyDocument(
            id=row.slug,
            kind=row.kind,
            names=LanguageMap(**row.names),
            parties=[party.country for party in parties[row.id]],
            registration=row.registration,
            stages=[_stage(stage) for stage in stages[row.id]],
            in_force=_in_force(stages[row.id]),
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    }


def treaty_stages(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Return the rows of the events that are stages of the treaties, in order of date."""
    event = t.event.c
    statement = (
        select(
            event.treaty_id,
            event.slug,
            event.subtype,
            event.status,
            event.date,
            event.start_earliest,
            event.end_latest,
        )
        .where(event.treaty_id.in_(keys))
        .order_by(event.start_earliest, event.slug)
    )
    return rows_by_owner(connection, statement)


def days_in_force(stages: Sequence[Row[Any]]) -> tuple[date, date] | None:
    """Return the first and the last day on which the treaty may have been in force, or None.

    A terminated treaty was in force even if no stage gives the entry into force. Then the period
    begins with the first stage after the drafts, usually the signature.
    """
    began, ended = _beginning_and_end(stages)
    if began is None and ended is None:
        return None
    earliest = began or next(s for s in stages if _occurred(s) and s.subtype not in _DRAFTS)
    return earliest.start_earliest, ended.end_latest if ended is not None else OPEN_END


def _in_force(stages: Sequence[Row[Any]]) -> InForce | None:
    began, ended = _beginning_and_end(stages)
    if began is None and ended is None:
        return None
    return InForce(
        since=began.date if began is not None else None,
        until=ended.date if ended is not None else None,
    )


def _beginning_and_end(stages: Sequence[Row[Any]]) -> tuple[Row[Any] | None, Row[Any] | None]:
    return _first(stages, EventSubtype.IN_FORCE), _first(stages, EventSubtype.TERMINATED)


def _first(stages: Sequence[Row[Any]], stage: EventSubtype) -> Row[Any] | None:
    return next((s for s in stages if s.subtype is stage and _occurred(s)), None)


def _occurred(stage: Row[Any]) -> bool:
    return stage.status is EventStatus.OCCURRED


def _stage(row: Row[Any]) -> TreatyStage:
    return TreatyStage(stage=row.subtype, date=row.date, status=row.status, event=row.slug)


def _parties(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    party = t.treaty_party.c
    statement = (
        select(party.treaty_id, party.country)
        .where(party.treaty_id.in_(keys))
        .order_by(party.treaty_id, party.ordinal)
    )
    return rows_by_owner(connection, statement)
