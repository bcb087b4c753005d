"""iCalendar (RFC 5545): an all-day entry for each event whose date is known to the day.

The library writes the head. It takes five times as long for an entry as `content_lines`, which gives
the same bytes (docs/decisions/0069-exports.md).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final

from icalendar import Calendar, Timezone, TimezoneStandard, vText

from app.documents.entities.event import EventDocument
from app.domain.languages import Language, text_in
from app.domain.vocabulary import EventStatus
from app.formats.content_lines import content_lines, day, degrees, escape, utc_time
from app.formats.dates import Imprecise, is_known_to_the_day, possible_days
from app.formats.phrases import label
from app.formats.text import places, plain_text
from app.formats.uuids import event_uuid

_ONE_DAY: Final = timedelta(days=1)
_END: Final = b"END:VCALENDAR\r\n"
_STATUSES: Final = {
    EventStatus.OCCURRED: "CONFIRMED",
    EventStatus.ANNOUNCED: "TENTATIVE",
    EventStatus.REPORTED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
}


def write_icalendar(
    events: Iterable[EventDocument],
    name: str,
    language: Language,
    page_of: Callable[[str], str],
    imprecise: Imprecise,
) -> Iterator[bytes]:
    """Yield a calendar; with `include`, an event not known to the day spans all its possible days.

    `name` is the one that a calendar program shows. `page_of` returns the URL of an event's page, by its id.
    """
    yield _head(name)
    empty = True
    for event in events:
        if imprecise is Imprecise.INCLUDE or is_known_to_the_day(event):
            empty = False
            yield _entry(event, language, page_of(event.id))
    # A calendar needs at least one component (RFC 5545, 3.6); an unused time zone is one.
    yield _utc() + _END if empty else _END


def _head(name: str) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Russia-DPRK Timeline//EN")
    calendar.add("calscale", "GREGORIAN")
    # The library knows no type for them, and would leave commas as they are.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", _ONE_DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return _lines(calendar).removesuffix(_END)


def _entry(event: EventDocument, language: Language, page: str) -> bytes:
    first, last = possible_days(event.date_bounds)
    place, located = event.place, places(language, event)
    # The document's own instants, so that the same events give the same bytes.
    created, updated = utc_time(event.created_at), utc_time(event.updated_at)
    # In the order that the library gives to the properties of an entry.
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{escape(text_in(language, event.title))}",
        f"DTSTART;VALUE=DATE:{day(first)}",
        f"DTEND;VALUE=DATE:{day(last + _ONE_DAY)}",
        f"DTSTAMP:{updated}",
        f"UID:{event_uuid(event.id)}",
        f"SEQUENCE:{event.revision - 1}",
        f"CATEGORIES:{escape(label(language, event.type))}",
        f"CREATED:{created}",
        f"DESCRIPTION:{escape(plain_text(language, event))}",
        *([f"GEO:{degrees(place.latitude)};{degrees(place.longitude)}"] if place else []),
        f"LAST-MODIFIED:{updated}",
        *([f"LOCATION:{escape(located)}"] if located is not None else []),
        f"STATUS:{_STATUSES[event.status]}",
        "TRANSP:TRANSPARENT",
        f"URL:{page}",
        "END:VEVENT",
    ]
    return content_lines(lines)


def _utc() -> bytes:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", "19700101T000000", encode=False)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return _lines(zone)


def _lines(component: Calendar | Timezone) -> bytes:
    lines: bytes = component.to_ical()
    return lines
