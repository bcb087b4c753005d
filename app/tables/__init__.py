"""Tables: one module per entity; importing the package declares them all."""

from app.tables.change import Change
from app.tables.event import Citation, Event, EventTag, Evidence, Participation, Relation
from app.tables.participant import (
    Participant,
    ParticipantIdentifier,
    ParticipantName,
    Position,
)
from app.tables.place import Place
from app.tables.source import Source
from app.tables.treaty import Treaty, TreatyParty

__all__ = [
    "Change",
    "Citation",
    "Event",
    "EventTag",
    "Evidence",
    "Participant",
    "ParticipantIdentifier",
    "ParticipantName",
    "Participation",
    "Place",
    "Position",
    "Relation",
    "Source",
    "Treaty",
    "TreatyParty",
]
