"""The same data by FastAPI and SQLModel relationships with `selectinload`, written as usual.

DB names the SQLite file, which has the product's tables.
"""

import os
from collections.abc import Sequence
from datetime import date as Day
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query
from sqlalchemy import JSON, Column
from sqlalchemy.orm import selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, desc, select

engine = create_engine(f"sqlite:///{os.environ['DB']}")
app = FastAPI()


def _json() -> Any:
    return Field(sa_column=Column(JSON))


class Participation(SQLModel, table=True):
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    ordinal: int = Field(primary_key=True)
    participant_id: int = Field(foreign_key="participant.id")
    role: str
    capacity: str | None
    side: str
    participant: "Participant" = Relationship()


class Participant(SQLModel, table=True):
    id: int = Field(primary_key=True)
    slug: str
    kind: str
    country: str | None


class Citation(SQLModel, table=True):
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    ordinal: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    source: "Source" = Relationship()


class Source(SQLModel, table=True):
    id: int = Field(primary_key=True)
    slug: str
    language: str | None
    url: str | None


class Place(SQLModel, table=True):
    id: int = Field(primary_key=True)
    slug: str
    names: dict[str, str] = _json()
    country: str | None
    latitude: float | None
    longitude: float | None


class EventPlace(SQLModel, table=True):
    __tablename__ = "event_place"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    ordinal: int = Field(primary_key=True)
    place_id: int = Field(foreign_key="place.id")
    place: Place = Relationship()


class Event(SQLModel, table=True):
    id: int = Field(primary_key=True)
    slug: str
    type: str
    subtype: str
    status: str
    date: str
    start_earliest: Day
    title: dict[str, str] = _json()
    summary: dict[str, str] = _json()
    places: list[EventPlace] = Relationship()
    participations: list[Participation] = Relationship()
    citations: list[Citation] = Relationship()


class PlaceOut(SQLModel):
    slug: str
    names: dict[str, str]
    country: str | None
    latitude: float | None
    longitude: float | None


class ParticipantOut(SQLModel):
    slug: str
    kind: str
    country: str | None


class SourceOut(SQLModel):
    slug: str
    language: str | None
    url: str | None


class ParticipationOut(SQLModel):
    role: str
    capacity: str | None
    side: str
    participant: ParticipantOut


class CitationOut(SQLModel):
    source: SourceOut


class EventPlaceOut(SQLModel):
    place: PlaceOut


class EventOut(SQLModel):
    slug: str
    type: str
    subtype: str
    status: str
    date: str
    title: dict[str, str]
    summary: dict[str, str]
    places: list[EventPlaceOut]
    participations: list[ParticipationOut]
    citations: list[CitationOut]


_LOADS: Any = (
    selectinload(Event.participations).selectinload(Participation.participant),  # type: ignore[arg-type]
    selectinload(Event.citations).selectinload(Citation.source),  # type: ignore[arg-type]
    selectinload(Event.places).selectinload(EventPlace.place),  # type: ignore[arg-type]
)


@app.get("/events", response_model=list[EventOut])
def events(
    limit: int = 50, until: Day = Day.max, type: Annotated[list[str] | None, Query()] = None
) -> Sequence[Event]:
    """List events, the newest first."""
    with Session(engine) as session:
        query = select(Event).options(*_LOADS).where(Event.start_earliest <= until)
        query = query.order_by(desc(Event.start_earliest), desc(Event.slug)).limit(limit)
        if type:
            query = query.where(Event.type.in_(type))  # type: ignore[attr-defined]
        return session.exec(query).all()


@app.get("/events/{slug}", response_model=EventOut)
def event(slug: str) -> Event:
    """Return one event."""
    with Session(engine) as session:
        found = session.exec(select(Event).options(*_LOADS).where(Event.slug == slug)).first()
        if found is None:
            raise HTTPException(404)
        return found
