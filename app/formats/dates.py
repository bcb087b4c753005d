"""EDTF dates for people, never more precise than is known."""

import re
from collections.abc import Iterator
from datetime import date

from app.documents.entities.event import DateBounds, EventDocument
from app.domain.dates import parse_edtf
from app.domain.languages import Language
from app.formats.phrases import WORDS, Words

_UNKNOWN_PARTS = re.compile("(?:-XX)+$")
_SEASON = re.compile("([0-9]{4})-(2[1-4])")


def readable_date(language: Language, edtf: str) -> str:
    """Return the date in words and ISO 8601 numbers: `about 2024-06`, `1950–1959`, `from 2018-10-22`."""
    words = WORDS[language]
    match edtf[:1] + edtf[-1:]:
        case "[]":
            return words.alternatives.join(_members(edtf, words))
        case "{}":
            return words.several.join(_members(edtf, words))
    start, slash, end = edtf.partition("/")
    if not slash:
        return _single(edtf, words)
    if start in ("", ".."):
        return words.until.format(_single(end, words))
    if end in ("", ".."):
        return words.since.format(_single(start, words))
    return f"{_single(start, words)} – {_single(end, words)}"


def is_known_to_the_day(event: EventDocument) -> bool:
    """Whether the event has one possible first day, one possible last day, and fills the days between.

    A day marked as approximate or uncertain is not known.
    """
    bounds = event.date_bounds
    start, end = bounds.start, bounds.end
    certain = not (bounds.approximate or bounds.uncertain or event.date.startswith("{"))
    first_known = None is not start.earliest == start.latest
    return certain and first_known and None is not end.earliest == end.latest


def possible_days(bounds: DateBounds) -> tuple[date, date]:
    """Return the first and the last possible day; an open side takes the day of the other side."""
    first = bounds.start.earliest or bounds.end.earliest
    last = bounds.end.latest or bounds.start.latest
    assert first is not None and last is not None, "an interval is open on one side at most"
    return first, last


def _members(edtf: str, words: Words) -> Iterator[str]:
    return (_single(member, words) for member in edtf[1:-1].split(","))


def _single(text: str, words: Words) -> str:
    body = text.rstrip("~?%")
    mark, phrase = text[len(body) :], _unmarked(_UNKNOWN_PARTS.sub("", body), words)
    if mark in ("~", "%"):
        phrase = words.about.format(phrase)
    return words.doubtful.format(phrase) if mark in ("?", "%") else phrase


def _unmarked(text: str, words: Words) -> str:
    if season := _SEASON.fullmatch(text):
        return words.seasons[int(season[2]) - 21].format(season[1])
    if "X" in text:
        years = parse_edtf(text)
        return f"{years.start_earliest.year:04}–{years.end_latest.year:04}"
    return text.replace("T", " ")
