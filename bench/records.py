"""Synthetic events in the product's format, with the words, people and places of the seeds."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

# A type, a subtype that fits it, and the roles of three participants.
_KINDS = (
    ("meeting", "working", ("host", "guest", "attendee")),
    ("visit", "delegation", ("guest", "host", "attendee")),
    ("letter", "message", ("sender", "recipient", "recipient")),
    ("ceremony", "wreath", ("attendee", "attendee", "host")),
    ("statement", "communique", ("speaker", "speaker", "speaker")),
)
_FIRST = date(1945, 8, 15)
_DAYS = 29_000


def write_records(path: Path, count: int, seeds: Path) -> None:
    """Write so many events as NDJSON; the same ones each time for the same seeds."""
    maker = _Maker(seeds)
    with path.open("w") as file:
        for number in range(count):
            file.write(json.dumps({"events": [maker.event(number)]}, ensure_ascii=False) + "\n")


class _Maker:
    def __init__(self, seeds: Path) -> None:
        self._chance = random.Random(7)
        self._people = [*_entities(seeds, "participants")]
        self._places = [place["id"] for place in _entities(seeds, "places")]
        self._sources = [source["id"] for source in _entities(seeds, "sources")]
        events = [*_entities(seeds, "events")]
        self._tags = sorted({tag for event in events for tag in event.get("tags") or ()})
        self._words = {
            language: [word for e in events for word in e["summary"].get(language, "").split()]
            for language in ("en", "fr")
        }

    def event(self, number: int) -> dict[str, Any]:
        day = _FIRST + timedelta(days=self._chance.randrange(_DAYS))
        kind, subtype, roles = self._chance.choice(_KINDS)
        people = self._chance.sample(self._people, 3)
        return {
            "id": f"{day}-synthetic-{number}",
            "type": kind,
            "subtype": subtype,
            "status": "occurred",
            "confidence": "high",
            # Each fifth date is known to the month only.
            "date": str(day) if number % 5 else str(day)[:7],
            "title": {"en": self._text("en", 9), "fr": self._text("fr", 9)},
            "summary": {"en": self._text("en", 32), "fr": self._text("fr", 34)},
            "place": self._chance.choice(self._places),
            "participants": [
                {
                    "id": person["id"],
                    "role": role,
                    "capacity": self._text("en", 3),
                    "side": person.get("country") or "RU",
                }
                for person, role in zip(people, roles, strict=True)
            ],
            "sources": self._chance.sample(self._sources, 2),
            "tags": self._chance.sample(self._tags, 2),
        }

    def _text(self, language: str, words: int) -> str:
        return " ".join(self._chance.choices(self._words[language], k=words))


def _entities(seeds: Path, collection: str) -> Iterator[dict[str, Any]]:
    for path in sorted(seeds.rglob("*.yaml")):
        content = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        yield from content.get(collection) or ()
