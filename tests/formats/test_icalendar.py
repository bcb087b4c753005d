import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import icalendar
import pytest
import vobject

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.domain.vocabulary import EventType
from app.formats.dates import Imprecise
from app.formats.events.icalendar import write_icalendar
from app.formats.phrases import label
from tests.support.builders import NASTY, make_event_document

NAME = "연표 – 유형: 방문, 낱말: a;b\\c"
PAGES = "https://example.org/en/events"


def _calendar(
    *events: EventDocument,
    language: Language = Language.EN,
    imprecise: Imprecise = Imprecise.OMIT,
) -> bytes:
    return b"".join(write_icalendar(events, NAME, language, f"{PAGES}/{{}}".format, imprecise))


def _entries(*events: EventDocument, **how: Any) -> list[Any]:
    """Return the entries as an independent reader parses them."""
    calendar = vobject.readOne(_calendar(*events, **how).decode())
    return list(calendar.contents.get("vevent", []))


def test_an_entry_has_every_field() -> None:
    event = make_event_document(revision=3, created_at="2026-11-20T12:00:00Z", note="Doubtful.")

    (entry,) = icalendar.Calendar.from_ical(_calendar(event)).events

    assert {name: entry.decoded(name) for name in entry if name not in ("UID", "DESCRIPTION")} == {
        "SUMMARY": "Talks",
        "DTSTART": date(2024, 11, 1),
        "DTEND": date(2024, 11, 2),
        "DTSTAMP": datetime.fromisoformat("2026-11-21T12:00:00Z"),
        "CREATED": datetime.fromisoformat("2026-11-20T12:00:00Z"),
        "LAST-MODIFIED": datetime.fromisoformat("2026-11-21T12:00:00Z"),
        "SEQUENCE": 2,
        "CATEGORIES": ["Meeting"],
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "LOCATION": "Moscow",
        "GEO": (55.75, 37.62),
        "URL": "https://example.org/en/events/2024-11-01-talks",
    }
    assert entry["DESCRIPTION"] == (
        "The ministers talked.\n\nDate: 1 November 2024\nPlace: Moscow\nNote: Doubtful.\n\n"
        "Sources:\nTASS https://example.org/tass-1"
    )


def test_a_calendar_names_its_scale_with_and_without_events() -> None:
    for calendar in (_calendar(make_event_document()), _calendar()):
        assert icalendar.Calendar.from_ical(calendar)["CALSCALE"] == "GREGORIAN"


def test_the_uid_depends_on_the_id_alone() -> None:
    event = make_event_document()
    later = make_event_document(revision=9, title={"en": "Other"}, date="2024-11-03")

    uids = {entry.uid.value for entry in _entries(event, later)}

    assert len(uids) == 1
    assert UUID(uids.pop()) == UUID("15a49ec1-a5f6-542d-bb2c-7f4ea466b9f3")


def test_the_same_events_give_the_same_bytes() -> None:
    assert _calendar(make_event_document()) == _calendar(make_event_document())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("occurred", "CONFIRMED"),
        ("reported", "TENTATIVE"),
        ("announced", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_the_status_is_a_status_of_calendars(status: str, expected: str) -> None:
    (entry,) = _entries(make_event_document(status=status))

    assert entry.status.value == expected
    # A status other than `occurred` appears in the description too.
    assert (f"Status: {status.capitalize()}" in entry.description.value) is (status != "occurred")


class TestDates:
    @pytest.mark.parametrize(
        ("edtf", "first", "after"),
        [
            ("2024-06-18", "2024-06-18", "2024-06-19"),
            ("2024-12-30/2024-12-31", "2024-12-30", "2025-01-01"),
        ],
    )
    def test_a_date_known_to_the_day_spans_its_days(
        self, edtf: str, first: str, after: str
    ) -> None:
        (entry,) = _entries(make_event_document(date=edtf))

        assert entry.dtstart.value == date.fromisoformat(first)
        assert entry.dtend.value == date.fromisoformat(after)

    @pytest.mark.parametrize(
        ("edtf", "first", "after"),
        [
            ("2024-06", "2024-06-01", "2024-07-01"),
            ("2024-06-18~", "2024-06-18", "2024-06-19"),
            ("{2024-06-18,2024-06-20}", "2024-06-18", "2024-06-21"),
            ("2024", "2024-01-01", "2025-01-01"),
            ("[2024-06-18,2024-06-20]", "2024-06-18", "2024-06-21"),
            ("2018-10-22/..", "2018-10-22", "2018-10-23"),
            ("../1991-12", "1991-12-01", "1992-01-01"),
        ],
    )
    def test_another_date_is_included_only_on_request(
        self, edtf: str, first: str, after: str
    ) -> None:
        event = make_event_document(date=edtf)

        assert _entries(event) == []
        (entry,) = _entries(event, imprecise=Imprecise.INCLUDE)
        assert entry.dtstart.value == date.fromisoformat(first)
        assert entry.dtend.value == date.fromisoformat(after)


def test_texts_survive_a_round_trip() -> None:
    event = make_event_document(title={"en": NASTY})

    # One reader splits at Unicode line ends, which RFC 5545 does not know; the other is strict.
    (entry,) = icalendar.Calendar.from_ical(_calendar(event)).events

    assert entry["SUMMARY"] == NASTY


def test_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    title = {"en": "최선희와 라브로프, Цой Сон Хи и Лавров;" * 6}

    written = _calendar(make_event_document(title=title))

    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    assert [line.decode() for line in lines]  # No character is split.
    assert vobject.readOne(written.decode()).vevent.summary.value == title["en"]


@pytest.mark.parametrize("language", Language)
def test_without_events_the_calendar_has_a_component(language: Language) -> None:
    written = _calendar(language=language)

    calendar = icalendar.Calendar.from_ical(written)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert vobject.readOne(written.decode()).contents.keys() >= {"version", "prodid", "vtimezone"}
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(days=1)


def test_a_calendar_with_events_has_no_other_component() -> None:
    calendar = icalendar.Calendar.from_ical(_calendar(make_event_document(), language=Language.KO))

    assert [part.name for part in calendar.subcomponents] == ["VEVENT"]
    # The reader leaves the escapes of a text without a type.
    read = [re.sub(r"\\(.)", r"\1", str(calendar[each])) for each in ("NAME", "X-WR-CALNAME")]
    assert read == [NAME, NAME]


@pytest.mark.parametrize("language", Language)
def test_no_category_has_a_comma(language: Language) -> None:
    # ts-ics divides a category at its escaped comma: findings/ts-ics-categories-with-commas.sh.
    assert [kind for kind in EventType if "," in label(language, kind)] == []
