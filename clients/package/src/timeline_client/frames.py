"""Data frames of pandas, with the names of the columns of `/v1/events.csv`."""

from collections.abc import Iterable
from typing import Any

import pandas

from timeline_client.models import DayRange, EventDocument

_DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
# The types that values alone do not give: a frame may have no row, or no event with a place.
_NUMBERS = {"latitude": "float64", "longitude": "float64", "independent_sources": "int64"}
# In the order of the frame, which has them without a row too.
_COLUMNS = (
    *("id", "type", "subtype", "status", "confidence", "date"),
    *(*_DAYS, "date_precision", "title"),
    *("participant_ids", "participant_names", "participant_roles", "participant_sides"),
    *("place_id", "place_name", "country", "latitude", "longitude"),
    *("tags", "source_ids", "independent_sources"),
)


def events_frame(events: Iterable[EventDocument], language: str) -> pandas.DataFrame:
    """Return a row for each event, in the same columns for any events."""
    rows = [_row(event, language) for event in events]
    frame = pandas.DataFrame(rows, columns=[*_COLUMNS]).astype(_NUMBERS)
    for name in _DAYS:
        # Seconds reach back before 1677, where nanoseconds end.
        frame[name] = pandas.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def _row(event: EventDocument, language: str) -> dict[str, Any]:
    place, bounds = event["place"], event["date_bounds"]
    participants = event["participants"]
    return {
        "id": event["id"],
        "type": event["type"],
        "subtype": event["subtype"],
        "status": event["status"],
        "confidence": event["confidence"],
        "date": event["date"],
        **_days("start", bounds["start"]),
        **_days("end", bounds["end"]),
        "date_precision": bounds["precision"],
        "title": _text(event["title"], language),
        "participant_ids": [each["id"] for each in participants],
        "participant_names": [_text(each["name"], language) for each in participants],
        "participant_roles": [each["role"] for each in participants],
        "participant_sides": [each["side"] for each in participants],
        "place_id": place["id"] if place else None,
        "place_name": _text(place["name"], language) if place else None,
        "country": place["country"] if place else None,
        "latitude": place["latitude"] if place else None,
        "longitude": place["longitude"] if place else None,
        "tags": event["tags"],
        "source_ids": [each["id"] for each in event["sources"]],
        "independent_sources": event["independent_sources"],
    }


def _days(name: str, days: DayRange) -> dict[str, str | None]:
    return {f"{name}_earliest": days["earliest"], f"{name}_latest": days["latest"]}


def _text(texts: Any, language: str) -> str:
    return str(texts.get(language) or texts["en"])
