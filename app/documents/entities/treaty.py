"""Treaties as readers get them: their stages, and the period in force that follows from these."""

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

# Before its signature a text is no treaty yet.
_DRAFTS = (EventSubtype.DRAFTED, EventSubtype.INITIALLED)


class TreatyStage(DocumentPart):
    """A step in the life of a treaty: an event of type `treaty`."""

    stage: EventSubtype
    date: EdtfText
    status: EventStatus
    event: EventId


class InForce(DocumentPart):
    """The period in force. A null `from` began on a day not known, a null `to` has no known end."""

    since: EdtfText | None = Field(
        alias="from", description="Since when, as EDTF; null if not known."
    )
    until: EdtfText | None = Field(
        alias="to", description="Until when, as EDTF; null if it has no known end."
    )


class TreatyDocument(Document):
    """An instrument, with its stages in order of date."""

    id: Slug
    kind: TreatyKind
    names: LanguageMap
    parties: list[CountryCode]
    registration: str | None = Field(
        description="Where it is registered; null if not known.", examples=["UNTS 6045"]
    )
    stages: list[TreatyStage]
    in_force: InForce | None = Field(
        description="Its period in force; null when no stage shows that it has been in force."
    )


def build_treaties(connection: Connection, keys: Sequence[int]) -> dict[int, TreatyDocument]:
    """The documents of the treaties with these keys, from their rows: three statements."""
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
    """The rows of the events that are stages of the treaties, in order of date."""
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
    """The first and the last day on which the treaty can have been in force, or None.

    A treaty that was terminated had been in force, also when no stage says since when: from the
    first stage at the earliest that made it one, which as a rule is its signature.
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
