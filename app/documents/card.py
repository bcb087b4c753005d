"""Cards: events in one language with only the keys that a timeline, a map or a menu shows."""

import datetime
import json
from typing import Any

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.documents.pages import PageInfo
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.values import EdtfText, EventId, Slug
from app.domain.vocabulary import EventStatus, EventType


class NameCard(DocumentPart):
    """An entity of an event: its id, and its name in the language of the answer."""

    id: Slug
    name: str


class EventCard(DocumentPart):
    """An event in one language, in short. `/v1/events/{event_id}` has the whole document."""

    id: EventId
    type: EventType
    status: EventStatus
    date: EdtfText
    date_text: str = Field(description="The date in words.")
    start: datetime.date | None = Field(
        description="First possible day of the event; null if the date has an open beginning."
    )
    end: datetime.date | None = Field(
        description="Last possible day of the event; null if the date has an open end."
    )
    title: str
    place: NameCard | None = Field(
        description="Place of the event, the first one of a journey; null if unknown or if it has none."
    )
    participants: list[NameCard] = Field(description="Each participant once, in recorded order.")


class EventCardPage(DocumentPart):
    """A page of cards."""

    items: list[EventCard]
    page: PageInfo


def event_card(document: bytes, language: Language) -> bytes:
    """Return the card of a stored document of any version, as JSON."""
    event = json.loads(document)
    place, bounds = event["place"], event["date_bounds"]
    # A participant in two roles is listed twice in the document.
    participants = {part["id"]: part for part in event["participants"]}
    card = {
        **{key: event[key] for key in ("id", "type", "status", "date")},
        "date_text": _text(language, event["date_text"]),
        "start": bounds["start"]["earliest"],
        "end": bounds["end"]["latest"],
        "title": _text(language, event["title"]),
        "place": _name_card(language, place) if place else None,
        "participants": [_name_card(language, each) for each in participants.values()],
    }
    return json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()


def _name_card(language: Language, entity: dict[str, Any]) -> dict[str, str]:
    return {"id": entity["id"], "name": _text(language, entity["name"])}


def _text(language: Language, texts: dict[str, str]) -> str:
    return texts.get(language) or texts[DEFAULT_LANGUAGE]
