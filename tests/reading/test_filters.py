"""The entities that each filter keeps, alone and with others; each case lists the expected ids."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from app.reading import lists
from app.reading.listing import Listing, fetch_page
from app.reading.names.bearers import bearers
from app.reading.parameters.common import Certainty, PageRequest
from app.reading.parameters.entities import PlaceFilters, SourceFilters, TreatyFilters
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.parameters.participants import CounterpartFilters, ParticipantFilters
from app.records.models import EventRecord, Record
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.builders import (
    make_event,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_treaty,
    store,
)
from tests.support.databases import NewDatabase


@pytest.fixture(scope="module")
def timeline(new_database: NewDatabase) -> Iterator[Database]:
    """The small timeline of this module; the cases only read it."""
    database = Database(new_database("filters"))
    create_if_empty(database)
    store(database, *_people(), *_things(), *_acts(), *_stages(), *_dated())
    yield database
    database.close()


def _people() -> list[Record]:
    korean = {"country": "KP"}
    lavrov = {"en": "Sergey Lavrov", "fr": "Sergueï Lavrov", "ru": "Сергей Лавров"}
    choe = {"en": "Choe Son Hui", "ru": "Цой Сон Хи", "ko": "최선희"}
    return [
        make_participant("lavrov", names=lavrov),
        make_participant("choe", names=choe, aliases=["Choi Sun-hee"], **korean),
        make_participant("putin"),
        make_participant("kim", **korean),
        make_participant("xi", country="CN"),
        make_participant("brezhnev", country="SU", aliases=["Артём Лавров"]),
        make_participant("ministry", kind="organisation", **korean),
        make_participant("russia", kind="state"),
    ]


def _things() -> list[Record]:
    return [
        make_place("moscow"),
        make_place("pyongyang", country="KP"),
        make_place("beijing", country="CN"),
        make_publisher("tass"),
        make_publisher("kcna"),
        make_publisher("kcna-watch", house="kcna"),
        make_publisher("rodong"),
        make_source("tass-1", publisher="tass"),
        make_source("kcna-1", publisher="kcna-watch", agency="kcna"),
        make_source("rodong-1", publisher="rodong", agency="kcna", language="ko"),
        make_source("unused-1", language="fr"),
        make_treaty("pact-1961", parties=["SU", "KP"]),
        make_treaty("pact-2024"),
        make_treaty("plan-2030", kind="plan"),
        make_treaty("protocol-1991", kind="protocol", parties=["SU", "KP", "CN"]),
        make_treaty("accord-1948", kind="agreement", parties=["SU", "KP"]),
        make_treaty("treaty-2000"),
        make_treaty("never-staged", kind="plan"),
    ]


def _part(id: str, role: str, side: str) -> dict[str, str]:
    return {"id": id, "role": role, "side": side}


LAVROV_HOST, CHOE_GUEST = _part("lavrov", "host", "RU"), _part("choe", "guest", "KP")
CHOE_HOST, LAVROV_GUEST = _part("choe", "host", "KP"), _part("lavrov", "guest", "RU")


def _acts() -> list[EventRecord]:
    """Return the events for the filters other than `date`; all on days of 2020."""
    return [
        make_event(
            "2020-01-01-talks",
            place="moscow",
            participants=[LAVROV_HOST, CHOE_GUEST],
            tags=["dialogue"],
        ),
        make_event(
            "2020-02-02-visit",
            type="visit",
            subtype="official",
            confidence="medium",
            place="pyongyang",
            participants=[CHOE_HOST, LAVROV_GUEST],
            sources=["kcna-1"],
            tags=["dialogue", "anniversary"],
        ),
        make_event(
            "2020-03-03-letter",
            type="letter",
            subtype="message",
            status="reported",
            confidence="low",
            participants=[_part("putin", "sender", "RU"), _part("kim", "recipient", "KP")],
            sources=["tass-1", "kcna-1"],
        ),
        make_event(
            "2020-04-04-summit",
            subtype="summit",
            status="announced",
            confidence="medium",
            place="beijing",
            participants=[
                _part("xi", "host", "CN"),
                _part("putin", "guest", "RU"),
                _part("kim", "guest", "KP"),
            ],
            sources=["rodong-1"],
        ),
        # The same participant on both sides, with a different role on each.
        make_event(
            "2020-05-05-gift",
            type="ceremony",
            subtype="gift",
            status="cancelled",
            place="moscow",
            participants=[
                _part("lavrov", "speaker", "RU"),
                _part("lavrov", "envoy", "SU"),
                _part("choe", "attendee", "KP"),
                _part("ministry", "honouree", "KP"),
            ],
            tags=["anniversary"],
        ),
    ]


def _stage(treaty: str, stage: str, date: str, status: str = "occurred") -> EventRecord:
    return make_event(
        f"{date[:4]}-{stage.replace('_', '-')}-{treaty}",
        type="treaty",
        subtype=stage,
        status=status,
        date=date,
        treaty=treaty,
        participants=[_part("russia", "signatory", "RU")],
    )


def _stages() -> list[EventRecord]:
    return [
        _stage("pact-1961", "signed", "1961-07-06"),
        _stage("pact-1961", "in_force", "1961-07-10"),
        _stage("pact-1961", "terminated", "1996-09-10"),
        _stage("pact-2024", "signed", "2024-06-19"),
        _stage("pact-2024", "in_force", "2024-12-04"),
        _stage("pact-2024", "terminated", "2044-12-04", "announced"),
        _stage("plan-2030", "signed", "2024-06-19"),
        _stage("plan-2030", "in_force", "2030-01-01", "announced"),
        # In force until a known end, from an unknown day: counts from the signature.
        _stage("protocol-1991", "signed", "1991-05-14"),
        _stage("protocol-1991", "terminated", "1993"),
        # Only the end is known.
        _stage("accord-1948", "terminated", "1955-03"),
        _stage("treaty-2000", "in_force", "2000-10"),
    ]


DATES = {
    "day": "2024-06-18",
    "instant": "2024-06-18T23:30:00+09:00",
    "month": "2024-06",
    "month-about": "2024-07~",
    "year": "2024",
    "year-perhaps": "2022?",
    "interval": "2024-06-18/2024-06-20",
    "from-month": "2024-05/2024-06-17",
    "open-end": "2023-09/..",
    "open-start": "../1945-08-15",
    "one-of": "[2024-06-17,2024-06-19]",
    "all-of": "{2024-06-17,2024-06-19}",
    "decade": "195X",
    "summer": "1961-22",
    "winter": "1961-24",
}


def _dated() -> list[EventRecord]:
    """Return one event for each kind of date; only they have the tag `dated`."""
    return [
        make_event(
            f"{1900 + n}-{name}", date=date, tags=["dated"], participants=[LAVROV_HOST, CHOE_GUEST]
        )
        for n, (name, date) in enumerate(DATES.items())
    ]


def _found(database: Database, listing: Listing) -> list[Any]:
    with database.read() as connection:
        page = fetch_page(connection, listing, PageRequest(limit=200), query="")
    assert page.cursor is None
    return [json.loads(item) for item in page.items]


def _ids(database: Database, listing: Listing) -> list[str]:
    return [item["id"] for item in _found(database, listing)]


class TestEventsByDate:
    """`possible` keeps events that may overlap the dates; `certain` keeps events that must."""

    @pytest.mark.parametrize(
        ("date", "possible", "certain"),
        [
            pytest.param(
                "2024-06-18",
                "day instant month year interval open-end one-of all-of",
                "day instant interval all-of",
                id="a day",
            ),
            pytest.param(
                "2024-06-17",
                "month year from-month open-end one-of all-of",
                "from-month all-of",
                id="the last day of an interval and the first of a set",
            ),
            pytest.param(
                "2024-06-20",
                "month year interval open-end",
                "interval",
                id="the last day of an interval",
            ),
            pytest.param(
                "2024-06-16/2024-06-18",
                "day instant month year interval from-month open-end one-of all-of",
                "day instant interval from-month all-of",
                id="an interval of days",
            ),
            pytest.param(
                "2024-06-17/2024-06-19",
                "day instant month year interval from-month open-end one-of all-of",
                "day instant interval from-month one-of all-of",
                id="an interval that holds every date of a set",
            ),
            pytest.param(
                "2024-06",
                "day instant month year interval from-month open-end one-of all-of",
                "day instant month interval from-month one-of all-of",
                id="a month",
            ),
            pytest.param(
                "2024-06~",
                "day instant month year interval from-month open-end one-of all-of",
                "day instant month interval from-month one-of all-of",
                id="marks do not widen what is asked",
            ),
            pytest.param("2024-07", "month-about year open-end", "month-about", id="about a month"),
            pytest.param("2024-05-30", "year from-month open-end", "", id="a day of a vague start"),
            pytest.param(
                "2024-05-31",
                "year from-month open-end",
                "from-month",
                id="the last of a vague start",
            ),
            pytest.param(
                "2024-05", "year from-month open-end", "from-month", id="the month of a vague start"
            ),
            pytest.param(
                "2024",
                "day instant month month-about year interval from-month open-end one-of all-of",
                "day instant month month-about year interval from-month one-of all-of",
                id="a year",
            ),
            pytest.param("2023-08", "", "", id="the month before an open end begins"),
            pytest.param("2023-09-30", "open-end", "", id="a day on which an open end may begin"),
            pytest.param("2023-09", "open-end", "open-end", id="the month that an open end begins"),
            pytest.param("2100", "open-end", "", id="long after an open end begins"),
            pytest.param("2022", "year-perhaps", "year-perhaps", id="perhaps a year"),
            pytest.param("2022-12-31", "year-perhaps", "", id="the last day of a year"),
            pytest.param("1945-08-15", "open-start", "open-start", id="the day of an open start"),
            pytest.param("1945-08-16", "", "", id="the day after an open start"),
            pytest.param("0500", "open-start", "", id="long before an open start"),
            pytest.param("195X", "decade", "decade", id="a decade"),
            pytest.param("1950-01-01", "decade", "", id="the first day of a decade"),
            pytest.param("1959-12-31", "decade", "", id="the last day of a decade"),
            pytest.param("1949-12-31", "", "", id="the day before a decade"),
            pytest.param("1960-01-01", "", "", id="the day after a decade"),
            pytest.param(
                "19XX",
                "open-start decade summer winter",
                "decade summer winter open-start",
                id="a century",
            ),
            pytest.param("1961-22", "summer", "summer", id="a season"),
            pytest.param("1961-06-01", "summer", "", id="the first day of summer"),
            pytest.param("1961-05-31", "", "", id="the day before summer"),
            pytest.param("1961-08", "summer", "", id="the last month of summer"),
            pytest.param("1961", "summer winter", "summer", id="a year that winter goes beyond"),
            pytest.param("1962-02-28", "winter", "", id="the last day of winter"),
            pytest.param("1962-03", "", "", id="the month after winter"),
            pytest.param(
                "2024-06-19/..",
                "month month-about year interval open-end one-of all-of",
                "month-about interval all-of",
                id="from a day on",
            ),
            pytest.param(
                "../1959",
                "open-start decade",
                "open-start decade",
                id="until a year",
            ),
            pytest.param(
                "../1959-12-30",
                "open-start decade",
                "open-start",
                id="until the last day but one of a decade",
            ),
            pytest.param("/1944", "open-start", "", id="nothing leaves the start open"),
            pytest.param("2024-07-31/", "month-about year open-end", "", id="nothing, at the end"),
            pytest.param("", " ".join(DATES), " ".join(DATES), id="any date"),
        ],
    )
    def test_overlap(self, timeline: Database, date: str, possible: str, certain: str) -> None:
        found = {
            certainty: self._names(timeline, date=[date] if date else [], certainty=certainty)
            for certainty in ("possible", "certain")
        }

        assert found == {"possible": sorted(possible.split()), "certain": sorted(certain.split())}

    def _names(self, timeline: Database, **filters: Any) -> list[str]:
        listing = lists.events(EventFilters(tag=["dated"], **filters), EventSort.DATE)
        return sorted(id[len("1900-") :] for id in _ids(timeline, listing))

    @pytest.mark.parametrize(
        "date", ["[2024,2025]", "{2024,2025}", "2024-13", "now", " 2024", ".."]
    )
    def test_an_invalid_range_is_refused(self, date: str) -> None:
        with pytest.raises(ValidationError):
            EventFilters(date=[date])


TALKS, VISIT, LETTER = "2020-01-01-talks", "2020-02-02-visit", "2020-03-03-letter"
SUMMIT, GIFT = "2020-04-04-summit", "2020-05-05-gift"
ACTS = [TALKS, VISIT, LETTER, SUMMIT, GIFT]


class TestEvents:
    """Values of one parameter are alternatives; different parameters must all hold."""

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({}, ACTS, id="no filter"),
            pytest.param({"type": ["visit"]}, [VISIT], id="a type"),
            pytest.param({"type": ["visit", "letter"]}, [VISIT, LETTER], id="either type"),
            pytest.param({"type": ["call"]}, [], id="a type that nothing has"),
            pytest.param({"subtype": ["summit"]}, [SUMMIT], id="a subtype"),
            pytest.param({"subtype": ["gift", "message"]}, [LETTER, GIFT], id="either subtype"),
            pytest.param({"type": ["visit"], "subtype": ["summit"]}, [], id="type and subtype"),
            pytest.param({"status": ["occurred"]}, [TALKS, VISIT], id="a status"),
            pytest.param(
                {"status": ["announced", "cancelled"]}, [SUMMIT, GIFT], id="either status"
            ),
            pytest.param({"confidence": ["high"]}, [TALKS, GIFT], id="a confidence"),
            pytest.param(
                {"confidence": ["low", "medium"]}, [VISIT, LETTER, SUMMIT], id="either confidence"
            ),
            pytest.param(
                {"status": ["occurred"], "confidence": ["high"]},
                [TALKS],
                id="status and confidence",
            ),
            pytest.param({"participant": ["lavrov"]}, [TALKS, VISIT, GIFT], id="a participant"),
            pytest.param(
                {"participant": ["xi", "choe"]}, [TALKS, VISIT, SUMMIT, GIFT], id="either of two"
            ),
            pytest.param({"participant": ["nobody"]}, [], id="a participant who is not known"),
            pytest.param(
                {"participant": ["nobody", "xi"]}, [SUMMIT], id="one who is known and one not"
            ),
            pytest.param({"participant_all": ["putin", "kim"]}, [LETTER, SUMMIT], id="both of two"),
            pytest.param({"participant_all": ["putin", "kim", "xi"]}, [SUMMIT], id="all of three"),
            pytest.param({"participant_all": ["putin", "choe"]}, [], id="two who never met"),
            pytest.param({"participant_all": ["putin", "nobody"]}, [], id="all, one not known"),
            pytest.param(
                {"participant_all": ["kim"], "participant": ["xi", "choe"]},
                [SUMMIT],
                id="one, with either of two",
            ),
            pytest.param({"role": ["host"]}, [TALKS, VISIT, SUMMIT], id="anybody's role"),
            pytest.param({"role": ["sender", "envoy"]}, [LETTER, GIFT], id="either role"),
            pytest.param({"side": ["CN"]}, [SUMMIT], id="anybody's side"),
            pytest.param({"side": ["CN", "SU"]}, [SUMMIT, GIFT], id="either side"),
            pytest.param(
                {"role": ["host"], "side": ["KP"]}, [VISIT], id="role and side of one participation"
            ),
            pytest.param(
                {"role": ["envoy"], "side": ["RU"]}, [], id="role and side of two participations"
            ),
            pytest.param(
                {"participant": ["lavrov"], "role": ["host"]}, [TALKS], id="the host, not the guest"
            ),
            pytest.param(
                {"participant": ["choe"], "role": ["host"]}, [VISIT], id="the host, the other way"
            ),
            pytest.param(
                {"participant": ["choe", "putin"], "role": ["guest"]},
                [TALKS, SUMMIT],
                id="either as a guest",
            ),
            pytest.param(
                {"participant": ["lavrov"], "side": ["SU"]}, [GIFT], id="for another country"
            ),
            pytest.param(
                {"participant": ["lavrov"], "role": ["speaker"], "side": ["SU"]},
                [],
                id="role and side of two participations of one person",
            ),
            pytest.param(
                {"participant": ["lavrov"], "role": ["envoy"], "side": ["SU"]},
                [GIFT],
                id="role and side of one participation of one person",
            ),
            pytest.param(
                {"participant_all": ["putin", "kim"], "role": ["guest"]},
                [SUMMIT],
                id="both as guests",
            ),
            pytest.param(
                {"participant_all": ["lavrov", "choe"], "role": ["host"]}, [], id="never both hosts"
            ),
            pytest.param(
                {"participant_all": ["lavrov", "choe"], "role": ["host", "guest"]},
                [TALKS, VISIT],
                id="each in either role",
            ),
            pytest.param(
                {"participant_all": ["lavrov", "choe"], "side": ["RU", "KP"]},
                [TALKS, VISIT, GIFT],
                id="each on either side",
            ),
            pytest.param({"place": ["moscow"]}, [TALKS, GIFT], id="a place"),
            pytest.param({"place": ["beijing", "pyongyang"]}, [VISIT, SUMMIT], id="either place"),
            pytest.param({"place": ["atlantis"]}, [], id="a place that is not known"),
            pytest.param({"country": ["RU"]}, [TALKS, GIFT], id="a country"),
            pytest.param({"country": ["KP", "CN"]}, [VISIT, SUMMIT], id="either country"),
            pytest.param({"place": ["moscow"], "country": ["KP"]}, [], id="a place elsewhere"),
            pytest.param({"tag": ["dialogue"]}, [TALKS, VISIT], id="a tag"),
            pytest.param(
                {"tag": ["dialogue", "anniversary"]}, [TALKS, VISIT, GIFT], id="either tag, once"
            ),
            pytest.param({"source": ["kcna-1"]}, [VISIT, LETTER], id="a source"),
            pytest.param(
                {"source": ["kcna-1", "rodong-1"]}, [VISIT, LETTER, SUMMIT], id="either source"
            ),
            pytest.param({"source": ["unused-1"]}, [], id="a source that nothing cites"),
            pytest.param({"id": [GIFT, TALKS]}, [TALKS, GIFT], id="a batch of ids"),
            pytest.param({"id": [GIFT, "2020-nothing"]}, [GIFT], id="an id that is not known"),
            pytest.param({"date": ["2020-03/2020"]}, [LETTER, SUMMIT, GIFT], id="a date"),
            pytest.param(
                {"date": ["2020-03/2020"], "type": ["letter", "visit"], "source": ["tass-1"]},
                [LETTER],
                id="date, type and source",
            ),
            pytest.param(
                {"participant": ["choe"], "country": ["RU"], "tag": ["anniversary"]},
                [GIFT],
                id="participant, country and tag",
            ),
        ],
    )
    def test_filters(
        self, timeline: Database, filters: dict[str, Any], expected: list[str]
    ) -> None:
        asked = EventFilters(**{"date": ["2020"], **filters})

        assert _ids(timeline, lists.events(asked, EventSort.DATE)) == expected

    @pytest.mark.parametrize(
        ("treaties", "expected"),
        [
            pytest.param(
                ["pact-1961"],
                ["1961-signed-pact-1961", "1961-in-force-pact-1961", "1996-terminated-pact-1961"],
                id="one",
            ),
            pytest.param(
                ["treaty-2000", "accord-1948", "never-staged"],
                ["1955-terminated-accord-1948", "2000-in-force-treaty-2000"],
                id="any",
            ),
            pytest.param(["unheard-of"], [], id="one that is not known"),
        ],
    )
    def test_stages_of_a_treaty(
        self, timeline: Database, treaties: list[str], expected: list[str]
    ) -> None:
        listing = lists.events(EventFilters(treaty=treaties), EventSort.DATE)

        assert _ids(timeline, listing) == expected

    @pytest.mark.parametrize("parameter", ["participant", "participant_all", "tag", "source", "id"])
    def test_a_hundred_values_are_accepted_and_one_more_is_not(
        self, timeline: Database, parameter: str
    ) -> None:
        values = [f"2020-{n}" for n in range(100)]

        assert (
            _ids(timeline, lists.events(EventFilters(**{parameter: values}), EventSort.DATE)) == []
        )
        with pytest.raises(ValidationError, match="at most 100"):
            EventFilters(**{parameter: [*values, "2020-more"]})


class TestEventsOfParticipant:
    @pytest.mark.parametrize(
        ("participant", "filters", "expected"),
        [
            pytest.param("lavrov", {}, [TALKS, VISIT, GIFT], id="all of them"),
            pytest.param("lavrov", {"role": ["guest"]}, [VISIT], id="in a role"),
            pytest.param("kim", {"participant": ["xi", "choe"]}, [SUMMIT], id="with either"),
            pytest.param(
                "kim", {"participant_all": ["putin"]}, [LETTER, SUMMIT], id="with another"
            ),
            pytest.param(
                "kim", {"participant_all": ["putin"], "role": ["guest"]}, [SUMMIT], id="both guests"
            ),
            pytest.param("nobody", {}, [], id="one who is not known"),
        ],
    )
    def test_filters(
        self, timeline: Database, participant: str, filters: dict[str, Any], expected: list[str]
    ) -> None:
        asked = EventFilters(date=["2020"], **filters)

        assert (
            _ids(timeline, lists.events(lists.involving(participant, asked), EventSort.DATE))
            == expected
        )


class TestCounterparts:
    """`2020` has three events of Lavrov and Choe; the dated ones have them too."""

    @pytest.mark.parametrize(
        ("participant", "filters", "expected"),
        [
            pytest.param("lavrov", {}, {"choe": 3, "ministry": 1}, id="the most first"),
            pytest.param("kim", {}, {"putin": 2, "xi": 1}, id="of somebody else"),
            pytest.param("xi", {}, {"kim": 1, "putin": 1}, id="ties by id"),
            pytest.param("kim", {"type": ["letter"]}, {"putin": 1}, id="events of a type"),
            pytest.param("kim", {"type": ["letter", "meeting"]}, {"putin": 2, "xi": 1}, id="types"),
            pytest.param("kim", {"status": ["announced"]}, {"putin": 1, "xi": 1}, id="a status"),
            pytest.param("lavrov", {"kind": ["organisation"]}, {"ministry": 1}, id="a kind"),
            pytest.param("kim", {"side": ["CN"]}, {"xi": 1}, id="a side"),
            pytest.param("choe", {"side": ["SU"]}, {"lavrov": 1}, id="the side at each event"),
            pytest.param("lavrov", {"date": ["2020-02"]}, {"choe": 1}, id="a date"),
            pytest.param(
                "lavrov",
                {"date": ["2024-06-18"], "certainty": "possible"},
                {"choe": 8},
                id="possible dates",
            ),
            pytest.param(
                "lavrov",
                {"date": ["2024-06-18"], "certainty": "certain"},
                {"choe": 4},
                id="certain dates",
            ),
            pytest.param("russia", {}, {}, id="nobody"),
            pytest.param("nobody", {}, {}, id="of one who is not known"),
        ],
    )
    def test_filters(
        self,
        timeline: Database,
        participant: str,
        filters: dict[str, Any],
        expected: dict[str, int],
    ) -> None:
        asked = CounterpartFilters(**{"date": ["2020"], **filters})

        found = _found(timeline, lists.counterparts(participant, asked))

        assert [(each["participant"]["id"], each["events"]) for each in found] == [
            *expected.items()
        ]


class TestParticipants:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({"kind": ["organisation"]}, ["ministry"], id="a kind"),
            pytest.param(
                {"kind": ["organisation", "state"]}, ["ministry", "russia"], id="either kind"
            ),
            pytest.param({"country": ["CN", "SU"]}, ["brezhnev", "xi"], id="either country"),
            pytest.param(
                {"country": ["KP"], "kind": ["person"]}, ["choe", "kim"], id="country and kind"
            ),
            pytest.param({"id": ["xi", "kim", "nobody"]}, ["kim", "xi"], id="a batch of ids"),
            pytest.param({"name": ["Choe Son Hui"]}, ["choe"], id="a name in Latin"),
            pytest.param({"name": ["Цой Сон Хи"]}, ["choe"], id="a name in Cyrillic"),
            pytest.param({"name": ["최선희"]}, ["choe"], id="a name in Hangul"),
            pytest.param(
                {"name": ["\u110e\u116c\u1109\u1165\u11ab\u1112\u1174"]},
                ["choe"],
                id="a name in jamo",
            ),
            pytest.param({"name": ["choe son-hui"]}, ["choe"], id="case and hyphens"),
            pytest.param({"name": ["  CHOE  SON HUI "]}, ["choe"], id="capitals and spaces"),
            pytest.param({"name": ["Serguei Lavrov"]}, ["lavrov"], id="accents"),
            pytest.param({"name": ["ЦОЙ СОН ХИ"]}, ["choe"], id="Cyrillic capitals"),
            pytest.param({"name": ["Choi Sun Hee"]}, ["choe"], id="an alias"),
            pytest.param({"name": ["артем лавров"]}, ["brezhnev"], id="an alias in Cyrillic"),
            pytest.param({"name": ["Lavrov"]}, [], id="a part of a name"),
            pytest.param(
                {"name": ["Сергей Лавров", "최선희"]}, ["choe", "lavrov"], id="either name"
            ),
            pytest.param(
                {"name": ["Choe Son Hui", "Choi Sun-hee"]}, ["choe"], id="two names of one, once"
            ),
            pytest.param({"name": ["최선희"], "country": ["RU"]}, [], id="name and country"),
        ],
    )
    def test_filters(
        self, timeline: Database, filters: dict[str, Any], expected: list[str]
    ) -> None:
        chosen = ParticipantFilters(**filters)
        with timeline.read() as connection:
            named = bearers(connection, chosen.name)

        assert _ids(timeline, lists.participants(chosen, named)) == expected


class TestTreaties:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({"kind": ["plan"]}, ["never-staged", "plan-2030"], id="a kind"),
            pytest.param(
                {"kind": ["protocol", "agreement"]},
                ["accord-1948", "protocol-1991"],
                id="either kind",
            ),
            pytest.param({"party": ["CN"]}, ["protocol-1991"], id="a party"),
            pytest.param(
                {"party": ["CN", "SU"]},
                ["accord-1948", "pact-1961", "protocol-1991"],
                id="either party, once",
            ),
            pytest.param({"party": ["SU"], "kind": ["treaty"]}, ["pact-1961"], id="party and kind"),
            pytest.param({"id": ["pact-2024", "none"]}, ["pact-2024"], id="a batch of ids"),
            pytest.param(
                {"party": ["SU"], "in_force_on": "1995"}, ["pact-1961"], id="party and in force"
            ),
        ],
    )
    def test_filters(
        self, timeline: Database, filters: dict[str, Any], expected: list[str]
    ) -> None:
        assert _ids(timeline, lists.treaties(TreatyFilters(**filters))) == expected

    @pytest.mark.parametrize(
        ("in_force_on", "expected"),
        [
            pytest.param("1961-07-09", [], id="signed, the day before it begins"),
            pytest.param("1961-07-10", ["pact-1961"], id="the first day"),
            pytest.param("1980-01-01", ["pact-1961"], id="in between"),
            pytest.param("1996-09-10", ["pact-1961"], id="the last day"),
            pytest.param("1996-09-11", [], id="the day after it ended"),
            pytest.param("1961-07", ["pact-1961"], id="some day of a month"),
            pytest.param("1961-07-09~", [], id="marks do not widen"),
            pytest.param("2000-09-30", [], id="before the month in which it begins"),
            pytest.param("2000-10-01", ["treaty-2000"], id="the month in which it begins"),
            pytest.param("2024-12-03", ["treaty-2000"], id="the day before the next begins"),
            pytest.param("2024-12-04", ["pact-2024", "treaty-2000"], id="two at once"),
            pytest.param("2050", ["pact-2024", "treaty-2000"], id="announced stages do not count"),
            pytest.param("1991-05-13", ["pact-1961"], id="before a signature"),
            pytest.param(
                "1991-05-14",
                ["pact-1961", "protocol-1991"],
                id="from the signature when nothing says since when",
            ),
            pytest.param(
                "1993-12-31", ["pact-1961", "protocol-1991"], id="the last day of the year it ended"
            ),
            pytest.param("1994-01-01", ["pact-1961"], id="after the year in which it ended"),
            pytest.param("1955-02", [], id="before the only stage that is known"),
            pytest.param("1955-03-15", ["accord-1948"], id="in the month of its end"),
            pytest.param("1955-04-01", [], id="after the month of its end"),
            pytest.param("../1960", ["accord-1948"], id="ever until a year"),
            pytest.param(
                "1996-09-11/..", ["pact-2024", "treaty-2000"], id="on some day from then on"
            ),
            pytest.param(
                "1955-03-31/1961-07-10", ["accord-1948", "pact-1961"], id="an interval, inclusive"
            ),
        ],
    )
    def test_certainly_in_force_on(
        self, timeline: Database, in_force_on: str, expected: list[str]
    ) -> None:
        filters = TreatyFilters(in_force_on=in_force_on, certainty=Certainty.CERTAIN)

        assert _ids(timeline, lists.treaties(filters)) == expected

    def test_certainty_alone_leaves_out_unknown_periods(self, timeline: Database) -> None:
        certain = TreatyFilters(certainty=Certainty.CERTAIN)

        everything = {*_ids(timeline, lists.treaties(TreatyFilters()))}
        assert everything - {*_ids(timeline, lists.treaties(certain))} == {
            "never-staged",
            "plan-2030",
        }

    @pytest.mark.parametrize(
        ("in_force_on", "further"),
        [
            pytest.param("1980-01-01", [], id="before any signature without a period"),
            pytest.param("2024-06-18", [], id="the day before the signature"),
            pytest.param("2024-06-19", ["plan-2030"], id="the day of the signature"),
            pytest.param("2050", ["plan-2030"], id="no end is known"),
            pytest.param("1955/..", ["plan-2030"], id="on some day from then on"),
        ],
    )
    def test_possibly_in_force_on(
        self, timeline: Database, in_force_on: str, further: list[str]
    ) -> None:
        certain = TreatyFilters(in_force_on=in_force_on, certainty=Certainty.CERTAIN)
        possible = TreatyFilters(in_force_on=in_force_on)

        listed = {*_ids(timeline, lists.treaties(possible))}
        assert listed - {*_ids(timeline, lists.treaties(certain))} == {*further}


class TestPlaces:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({}, ["beijing", "moscow", "pyongyang"], id="no filter"),
            pytest.param({"country": ["KP"]}, ["pyongyang"], id="a country"),
            pytest.param({"country": ["RU", "CN"]}, ["beijing", "moscow"], id="either country"),
            pytest.param({"id": ["moscow", "atlantis"]}, ["moscow"], id="a batch of ids"),
            pytest.param({"id": ["moscow"], "country": ["KP"]}, [], id="id and country"),
        ],
    )
    def test_filters(
        self, timeline: Database, filters: dict[str, Any], expected: list[str]
    ) -> None:
        assert _ids(timeline, lists.places(PlaceFilters(**filters))) == expected


class TestSources:
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({"publisher": ["tass"]}, ["tass-1"], id="a publisher"),
            pytest.param({"publisher": ["kcna"]}, [], id="a house whose texts are elsewhere"),
            pytest.param(
                {"publisher": ["rodong", "kcna-watch"]},
                ["kcna-1", "rodong-1"],
                id="either publisher",
            ),
            pytest.param({"agency": ["kcna"]}, ["kcna-1", "rodong-1"], id="an agency"),
            pytest.param({"agency": ["kcna"], "language": ["ko"]}, ["rodong-1"], id="both"),
            pytest.param({"language": ["fr", "ko"]}, ["rodong-1", "unused-1"], id="languages"),
            pytest.param({"id": ["tass-1", "none"]}, ["tass-1"], id="a batch of ids"),
        ],
    )
    def test_filters(
        self, timeline: Database, filters: dict[str, Any], expected: list[str]
    ) -> None:
        assert _ids(timeline, lists.sources(SourceFilters(**filters))) == expected
