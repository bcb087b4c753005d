"""Random small timelines and random filters, for properties of the counts of events."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.reading.parameters.events import MAX_SOURCES, EventFilters
from app.records.models import EventRecord, Record
from app.tables.database import Database
from tests.support.builders import (
    make_event,
    make_office,
    make_participant,
    make_place,
    make_publisher,
    make_source,
    make_tag,
    make_treaty,
    store,
)
from tests.support.chance import scaled

# Examples write to a real database, so they have no deadline. The examples of a test share its
# `database`, and each reads only its own events, by their ids.
on_a_database = settings(
    max_examples=scaled(20),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

DATES = (
    "2024-06-18",
    "2024-06",
    "2024",
    "2021-12-31/2022-01-02",
    "2021-11/2023",
    "[2021-12-31,2024-02-01]",
    "202X",
    "2023-09/..",
    "../2022-03-05",
    "1999-12-31/2000-01-01",
)
TYPES = {"meeting": "summit", "visit": "official", "treaty": "signed"}
PEOPLE, ROLES, SIDES = ("ann", "bob", "cho", "office"), ("host", "guest"), ("KP", "RU")
# The hall is within Moscow, and Moscow within a region.
PLACES = {"region": "RU", "moscow": "RU", "hall": "RU", "omsk": "RU", "pyongyang": "KP"}
SOURCES: dict[str, dict[str, str]] = {
    "one": {"publisher": "tass"},
    "two": {"publisher": "tass", "agency": "kcna"},
    "three": {"publisher": "rodong", "agency": "kcna"},
    "four": {"publisher": "copy", "agency": "tass"},
    "six": {"publisher": "copy"},
    "five": {},
}
# A copy of KCNA has its house.
PUBLISHERS: dict[str, str | None] = {"tass": None, "kcna": None, "rodong": None, "copy": "kcna"}
TREATIES = ("pact", "plan")
# The subject of b is a part of the subject of a.
TAGS: dict[str, str | None] = {"a": None, "b": "a", "c": None}
OFFICES = {"premier": "head_of_government", "minister": "minister", "deputy": "minister"}

_numbers = count()


@dataclass(frozen=True)
class Made:
    """The fields in which the events of an example differ."""

    date: str
    type: str
    status: str
    confidence: str
    place: str | None
    treaty: str
    further: frozenset[str]
    parts: frozenset[tuple[str, str, str, str | None]]
    sources: frozenset[str]
    tags: frozenset[str]

    def record(self, id: str) -> EventRecord:
        """Return the record with this id."""
        # A person may have each role in an event only once.
        chosen = sorted(self.parts, key=lambda part: [*map(str, part)])
        parts = {(person, role): (side, office) for person, role, side, office in chosen}
        return make_event(
            id,
            date=self.date,
            type=self.type,
            subtype=TYPES[self.type],
            status=self.status,
            confidence=self.confidence,
            place=self.place,
            further_places=sorted(self.further - {self.place}) if self.place else [],
            treaty=self.treaty if self.type == "treaty" else None,
            participants=[
                {"id": person, "role": role, "side": side, "office": office}
                for (person, role), (side, office) in parts.items()
            ],
            sources=sorted(self.sources),
            tags=sorted(self.tags),
        )


def _some(values: Any, least: int = 0) -> Any:
    return st.frozensets(st.sampled_from(sorted(values)), min_size=least, max_size=3)


timelines = st.lists(
    st.builds(
        Made,
        date=st.sampled_from(DATES),
        type=st.sampled_from([*TYPES]),
        status=st.sampled_from(["occurred", "announced"]),
        confidence=st.sampled_from(["high", "low"]),
        place=st.none() | st.sampled_from([*PLACES]),
        further=_some(PLACES),
        treaty=st.sampled_from(TREATIES),
        parts=st.frozensets(
            st.tuples(*map(st.sampled_from, (PEOPLE, ROLES, SIDES, [None, *OFFICES]))),
            min_size=1,
            max_size=5,
        ),
        sources=_some(SOURCES, 1),
        tags=_some(TAGS),
    ),
    min_size=1,
    max_size=12,
)


def _any_of(values: Any) -> Any:
    """Draw mostly empty lists, so that the filters together leave some events."""
    chosen = st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=2, unique=True)
    return st.one_of(st.just([]), st.just([]), st.just([]), chosen)


filters = st.fixed_dictionaries(
    {
        "date": _any_of(["2024-06", "2022/2024", "../2023-09-15", "2022-03-05"]),
        "month_day": _any_of(["06-18", "12-20/01-05", "02-29/06-01"]),
        "certainty": st.sampled_from(["possible", "certain"]),
        "type": _any_of(TYPES),
        "subtype": _any_of(TYPES.values()),
        "status": _any_of(["occurred", "announced"]),
        "confidence": _any_of(["high", "low"]),
        "participant": _any_of(PEOPLE),
        "participant_all": _any_of(PEOPLE),
        "role": _any_of(ROLES),
        "side": _any_of(SIDES),
        "office": _any_of(OFFICES),
        "rank": _any_of(OFFICES.values()),
        "company": _any_of(PEOPLE),
        "guest": _any_of(PEOPLE),
        "place": _any_of(PLACES),
        "within": st.booleans(),
        "country": _any_of(SIDES),
        "bbox": st.sampled_from(["", "", "", "120,30,140,45"]),
        "treaty": _any_of(TREATIES),
        "tag": _any_of(TAGS),
        "publisher": _any_of(["tass", "copy"]),
        "agency": _any_of(["kcna", "tass"]),
        "house": _any_of(["kcna", "tass"]),
        "min_sources": st.sampled_from([0, 0, 2]),
        "max_sources": st.sampled_from([MAX_SOURCES, MAX_SOURCES, 2]),
        "top": st.booleans(),
        "q": st.sampled_from(["", "", "", "talks", "ann", "-bob"]),
    }
).map(lambda given: EventFilters.model_validate(given))


def set_stage(database: Database) -> None:
    """Store the entities that the events of every example refer to."""
    records: list[Record] = [
        *(make_participant(id) for id in PEOPLE[:-1]),
        make_participant(PEOPLE[-1], kind="organisation", country="KP"),
        make_place("region", precision="region"),
        make_place("moscow", part_of="region"),
        make_place("hall", part_of="moscow", precision="site"),
        make_place("omsk", latitude=54.99, longitude=73.37),
        make_place("pyongyang", country="KP", latitude=39.03, longitude=125.75),
        *(make_treaty(id) for id in TREATIES),
        *(make_office(id, rank=rank) for id, rank in OFFICES.items()),
        *(make_tag(id, broader=broader) for id, broader in TAGS.items()),
        *(make_publisher(id, house=house) for id, house in PUBLISHERS.items()),
        *(make_source(id, **of) for id, of in SOURCES.items()),
    ]
    store(database, *records)


def play(database: Database, timeline: list[Made]) -> list[str]:
    """Store the events of an example, and return their ids."""
    example = next(_numbers)
    records = [made.record(f"2024-{example}-{n}") for n, made in enumerate(timeline)]
    store(database, *records)
    return [record.id for record in records]
