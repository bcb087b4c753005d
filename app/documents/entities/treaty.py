"""The documents of treaties: their stages, and the period in force that the stages determine."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import Field
from sqlalchemy import Connection, Row, select

from app.documents.entities.base import Document, DocumentPart, Values, language_map, own_values
from app.domain.dates import OPEN_END, OPEN_START
from app.domain.values import CountryCode, EdtfText, EventId, LanguageMap, Slug
from app.domain.vocabulary import EventStatus, EventSubtype, TreatyKind
from app.tables import core as t
from app.tables.rows import rows_by_owner

# A drafted or initialled text is not yet a treaty.
DRAFTS = (EventSubtype.DRAFTED, EventSubtype.INITIALLED)
# Of a treaty before them: its signature, and perhaps its entry into force, are older.
_LATER_STAGES = (EventSubtype.AMENDED, EventSubtype.TERMINATED)


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
    known: bool = Field(
        description="Whether a stage shows that the treaty was in force. If not, a signed treaty may have "
        "been in force from then on: no stage says that it was, or that it never was."
    )


class TreatyDocument(Document):
    """A treaty or another instrument, with its stages in order of date."""

    id: Slug
    kind: TreatyKind
    names: LanguageMap
    aliases: list[str] = Field(description="Other names, in any script.")
    parties: list[CountryCode]
    registration: str | None = Field(
        description="Treaty series and number; null if unknown.", examples=["UNTS 6045"]
    )
    stages: list[TreatyStage]
    in_force: InForce


def build_treaties(connection: Connection, keys: Sequence[int]) -> dict[int, Values]:
    """Return the documents of the treaties with these keys, with three statements."""
    rows = connection.execute(select(t.treaty).where(t.treaty.c.id.in_(keys)))
    parties = _parties(connection, keys)
    stages = treaty_stages(connection, keys)
    return {
        row.id: {
            **own_values(row),
            "kind": row.kind,
            "names": language_map(row.names),
            "aliases": row.aliases,
            "parties": [party.country for party in parties[row.id]],
            "registration": row.registration,
            "stages": [_stage(stage) for stage in stages[row.id]],
            "in_force": _in_force(stages[row.id]),
        }
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


class DaysInForce(NamedTuple):
    """The first and the last day on which a treaty may have been in force, both null if on none.

    `in_force_known` is whether a stage shows that it was. The names are those of the columns.
    """

    in_force_first_on: date | None
    in_force_last_on: date | None
    in_force_known: bool


def days_in_force(stages: Sequence[Row[Any]]) -> DaysInForce:
    """Return the days on which the treaty with these stages may have been in force.

    Without a known entry into force they begin with the first stage after the drafts, usually the
    signature: a terminated treaty was in force by then or later, any other may have been. A reported
    stage is enough. A treaty whose first known stage is an amendment or the end is older than that.
    """
    began, ended = _beginning_and_end(stages)
    known = began is not None or ended is not None
    earliest = began or next((s for s in stages if may_begin(s.subtype, s.status)), None)
    if earliest is None:
        return DaysInForce(None, None, known)
    first = OPEN_START if earliest.subtype in _LATER_STAGES else earliest.start_earliest
    last = ended.end_latest if ended is not None else OPEN_END
    return DaysInForce(first, last, known)


def _in_force(stages: Sequence[Row[Any]]) -> Values:
    began, ended = _beginning_and_end(stages)
    return {
        "from": began.date if began is not None else None,
        "to": ended.date if ended is not None else None,
        "known": days_in_force(stages).in_force_known,
    }


def _beginning_and_end(stages: Sequence[Row[Any]]) -> tuple[Row[Any] | None, Row[Any] | None]:
    return _first(stages, EventSubtype.IN_FORCE), _first(stages, EventSubtype.TERMINATED)


def _first(stages: Sequence[Row[Any]], stage: EventSubtype) -> Row[Any] | None:
    return next((s for s in stages if s.subtype is stage and _occurred(s)), None)


def may_begin(stage: EventSubtype, status: EventStatus) -> bool:
    """Whether a treaty with this stage may be in force from then on: it is no draft, and may have happened."""
    return stage not in DRAFTS and status in (EventStatus.OCCURRED, EventStatus.REPORTED)


def _occurred(stage: Row[Any]) -> bool:
    return stage.status is EventStatus.OCCURRED


def _stage(row: Row[Any]) -> Values:
    return {"stage": row.subtype, "date": row.date, "status": row.status, "event": row.slug}


def _parties(connection: Connection, keys: Sequence[int]) -> dict[int, list[Row[Any]]]:
    party = t.treaty_party.c
    statement = (
        select(party.treaty_id, party.country)
        .where(party.treaty_id.in_(keys))
        .order_by(party.treaty_id, party.ordinal)
    )
    return rows_by_owner(connection, statement)
