"""Rules about dates."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.domain.dates import OPEN_START, Bounds, DateError, parse_edtf
from app.domain.vocabulary import EventStatus
from app.linting.index import RecordIndex
from app.linting.periods import is_reversed
from app.linting.rule import Breach, Rule

_DAY: Final = timedelta(days=1)
_ID_DATE: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=-|\Z)")


def _in_the_future(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        begin = parse_edtf(event.date).start_earliest
        if event.status is EventStatus.OCCURRED and begin > index.today:
            yield Breach(
                event, "/date", f"it occurred on {event.date}, after today: write announced"
            )


def _published_in_the_future(index: RecordIndex) -> Iterator[Breach]:
    # A page of the morning in Seoul is of the evening before in UTC.
    tomorrow = index.today + _DAY
    for source in index.sources.values():
        if source.published and parse_edtf(source.published).start_earliest > tomorrow:
            text = f"it was published on {source.published}, after today: write the page's own date"
            yield Breach(source, "/published", text)


def _apart_from_id(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        match = _ID_DATE.match(event.id)
        said = _date_of(match[0]) if match else None
        if match and said and not said.overlaps(parse_edtf(event.date)):
            yield Breach(event, "/date", f"its id says {match[0]}, and its date {event.date}")


def _date_of(text: str) -> Bounds | None:
    """Return the date; None for digits that are none, such as `0000` or `2023-02-30`."""
    try:
        return parse_edtf(text)
    except DateError:
        return None


def _ends_before_it_begins(index: RecordIndex) -> Iterator[Breach]:
    for office in index.offices.values():
        if is_reversed(office.founded, office.abolished):
            yield Breach(office, "/to", _backwards(office.founded, office.abolished))
    for person, number, position in index.positions():
        if is_reversed(position.held_from, position.held_to):
            text = f"{position.title!r}: {_backwards(position.held_from, position.held_to)}"
            yield Breach(person, f"/positions/{number}/to", text)


def _only_reported_before(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        if event.status is not EventStatus.OCCURRED:
            continue
        begin = parse_edtf(event.date).start_earliest
        if begin == OPEN_START:
            continue
        # A telegram of the morning in Pyongyang is a report of the evening before in Moscow.
        begin -= _DAY
        published = [_published(index, citation.source) for citation in event.sources]
        if all(day is not None and day < begin for day in published):
            last = max(day for day in published if day is not None)
            text = f"it occurred on {event.date}, and its last source is of {last}, before it"
            yield Breach(event, "/sources", text)


def _published(index: RecordIndex, source: str) -> date | None:
    """Return the latest day on which the source may have been published; None if unknown."""
    record = index.sources.get(source)
    return parse_edtf(record.published).end_latest if record and record.published else None


def _backwards(begin: str | None, end: str | None) -> str:
    return f"it ends on {end}, before it begins on {begin}"


RULES: Final = (
    Rule(
        "occurred-in-future",
        "An event that occurred is not later than today.",
        "A plan with the status `occurred` is a claim that nobody can prove.",
        _in_the_future,
    ),
    Rule(
        "published-in-future",
        "A source is not published later than today. One day is allowed for time zones.",
        "Nobody can have read it, so the date is mistyped.",
        _published_in_the_future,
    ),
    Rule(
        "id-date",
        "The date at the start of an event's id agrees with its date.",
        "Readers take the id for the date. An id never changes, so a date that was corrected needs an "
        "exception.",
        _apart_from_id,
    ),
    Rule(
        "reported-after",
        "An event that occurred has a source that was published when it began, or later. One day is "
        "allowed for time zones.",
        "A text from before the event can only announce it.",
        _only_reported_before,
    ),
    Rule(
        "ends-before-it-begins",
        "An office, or a person's position, does not end before it begins.",
        "Such a period holds no day, so no event falls within it.",
        _ends_before_it_begins,
    ),
)
