"""Tables: one module per entity; importing the package declares them all."""

from app.tables.change import Change
from app.tables.event import Citation, Event, EventTag, Evidence, Participation, Relation
from app.tables.import_answer import ImportAnswer
from app.tables.key import ApiKey
from app.tables.participant import (
    Participant,
    ParticipantIdentifier,
    ParticipantName,
    Position,
)
from app.tables.place import Place
from app.tables.release import Release
from app.tables.source import Source
from app.tables.treaty import Treaty, TreatyParty

__all__ = [
    "ApiKey",
    "Change",
    "Citation",
    "Event",
    "EventTag",
    "Evidence",
    "ImportAnswer",
    "Participant",
    "ParticipantIdentifier",
    "ParticipantName",
    "Participation",
    "Place",
    "Position",
    "Relation",
    "Release",
    "Source",
    "Treaty",
    "TreatyParty",
]
