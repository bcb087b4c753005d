"""The data that drafting compares a text with: names, posts, places, instruments and events."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from app.domain.dates import Bounds, parse_edtf
from app.domain.names.folding import fold
from app.domain.vocabulary import EntityKind, ParticipantKind

# The documents of all entities of the kinds that drafting needs.
Documents = Mapping[EntityKind, Iterable[Mapping[str, Any]]]
KINDS: Final = (
    EntityKind.PARTICIPANT,
    EntityKind.OFFICE,
    EntityKind.PLACE,
    EntityKind.TREATY,
    EntityKind.SOURCE,
    EntityKind.EVENT,
)
# The kinds of the records that a draft proposes.
DRAFTED: Final = (EntityKind.SOURCE, EntityKind.EVENT)
# A post that an event shows was probably held some months before and after.
_AROUND_AN_EVENT: Final = timedelta(days=400)
_YEAR: Final = 366
# Somebody who appears in so many events needs no title beside the name.
FAMOUS: Final = 25


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """An office that a person held, with the days within which it is known; None is open."""

    office: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Who:
    """A participant of the data."""

    id: str
    kind: ParticipantKind
    country: str
    names: tuple[tuple[str, str], ...]
    positions: tuple[KnownPosition, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.kind is ParticipantKind.PERSON


@dataclass(frozen=True, slots=True)
class KnownThing:
    """An office, a place or an instrument of the data, with its names in all languages."""

    id: str
    names: tuple[str, ...]
    country: str = ""
    rank: str = ""
    precision: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event of the data, as far as a draft is compared with it."""

    id: str
    type: str
    subtype: str
    status: str
    date: str
    bounds: Bounds
    place: str | None
    treaty: str | None
    participants: Mapping[str, tuple[str, str | None]]
    sources: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """All of it, with the days on which people appear in events."""

    participants: Mapping[str, Who]
    offices: Mapping[str, KnownThing]
    places: Mapping[str, KnownThing]
    treaties: Mapping[str, KnownThing]
    sources: Mapping[str, Mapping[str, Any]]
    events: Sequence[KnownEvent]
    held: Mapping[str, Sequence[tuple[date, str]]] = field(repr=False)
    active: Mapping[str, tuple[date, date]] = field(repr=False)

    def office_on(self, person: str, day: date) -> str | None:
        """Return the office that the person held about that day by dated events or positions."""
        near = [
            (abs(on - day), office)
            for on, office in self.held.get(person, ())
            if abs(on - day) <= _AROUND_AN_EVENT
        ]
        if near:
            return min(near)[1]
        dated = [p for p in self.participants[person].positions if p.since or p.until]
        fitting = [
            p.office
            for p in dated
            if (p.since is None or p.since <= day) and (p.until is None or day <= p.until)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def names_of_offices(self, person: str) -> set[str]:
        """Return the names of all offices that the person ever held, by positions or events."""
        held = {position.office for position in self.participants[person].positions}
        held |= {office for _, office in self.held.get(person, ())}
        return {
            name for office in held & self.offices.keys() for name in self.offices[office].names
        }

    def rank_on(self, person: str, day: date) -> str:
        """Return the rank of the office that the person held about that day, or nothing."""
        office = self.office_on(person, day)
        return self.offices[office].rank if office and office in self.offices else ""

    def holders(self, office: str, day: date) -> list[str]:
        """Return the people who held the office about that day, the nearest evidence first."""
        found = [
            (min(abs(on - day) for on in days), person)
            for person, days in self._holders.get(office, {}).items()
            if min(abs(on - day) for on in days) <= _AROUND_AN_EVENT
        ]
        return [person for _, person in sorted(found)]

    @cached_property
    def _holders(self) -> Mapping[str, Mapping[str, Sequence[date]]]:
        found: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
        for person, rows in self.held.items():
            for on, office in rows:
                found[office][person].append(on)
        return found

    @cached_property
    def fame(self) -> Mapping[str, int]:
        """The number of events of each participant."""
        return Counter(person for event in self.events for person in event.participants)

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of the names of places, folded."""
        names = (
            name
            for place in self.places.values()
            for name in place.names
            if place.precision != "site"
        )
        return frozenset(word for name in names for word in fold(name).split() if len(word) > 2)

    def is_active(self, person: str, day: date, years: int = 3) -> bool:
        """Return whether an event within so many years has the person, or none at all does."""
        if person not in self.active:
            return True
        # Ordinals, because an open date ends on the last day that Python has.
        first, last = (on.toordinal() for on in self.active[person])
        return first - years * _YEAR <= day.toordinal() <= last + years * _YEAR

    def events_of(self, first: date, last: date) -> list[KnownEvent]:
        """Return the events that may have happened within these days."""
        return [
            e
            for e in self.events
            if e.bounds.start_earliest <= last and e.bounds.end_latest >= first
        ]


def knowledge_of(documents: Documents) -> Knowledge:
    """Return the data of these documents, in the form that drafting reads."""
    events = [*map(_event, documents[EntityKind.EVENT])]
    held = defaultdict[str, list[tuple[date, str]]](list)
    days = defaultdict[str, list[date]](list)
    for event in events:
        if event.status == "occurred":
            for person, (_, office) in event.participants.items():
                days[person] += [event.bounds.start_earliest, event.bounds.end_latest]
                if office:
                    held[person].append((event.bounds.start_earliest, office))
    return Knowledge(
        participants={d["id"]: _who(d) for d in documents[EntityKind.PARTICIPANT]},
        offices={d["id"]: _thing(d) for d in documents[EntityKind.OFFICE]},
        places={d["id"]: _thing(d) for d in documents[EntityKind.PLACE]},
        treaties={d["id"]: _thing(d) for d in documents[EntityKind.TREATY]},
        sources={d["id"]: d for d in documents[EntityKind.SOURCE]},
        events=events,
        held=held,
        active={person: (min(on), max(on)) for person, on in days.items()},
    )


def _who(document: Mapping[str, Any]) -> Who:
    names = [(text, language) for language, text in document["names"].items()]
    names += [(alias, "") for alias in document["aliases"]]
    return Who(
        document["id"],
        ParticipantKind(document["kind"]),
        document["country"],
        tuple(names),
        tuple(
            KnownPosition(p["office"], _first(p["from"]), _last(p["to"]))
            for p in document["positions"]
            if p["office"]
        ),
    )


def _thing(document: Mapping[str, Any]) -> KnownThing:
    feminine = document.get("feminine") or {}
    names = (*document["names"].values(), *document.get("aliases", ()), *feminine.values())
    return KnownThing(
        document["id"],
        tuple(dict.fromkeys(names)),
        document.get("country") or "",
        document.get("rank") or "",
        document.get("precision") or "",
        _id_of(document.get("part_of")),
    )


def _id_of(reference: object) -> str:
    return reference["id"] if isinstance(reference, dict) else str(reference or "")


def _event(document: Mapping[str, Any]) -> KnownEvent:
    return KnownEvent(
        id=document["id"],
        type=document["type"],
        subtype=document["subtype"],
        status=document["status"],
        date=document["date"],
        bounds=parse_edtf(document["date"]),
        place=(document["place"] or {}).get("id"),
        treaty=(document["treaty"] or {}).get("id"),
        participants={
            p["id"]: (p["role"], (p["office"] or {}).get("id")) for p in document["participants"]
        },
        sources=frozenset(s["id"] for s in document["sources"]),
    )


def _first(text: str | None) -> date | None:
    return parse_edtf(text).start_earliest if text else None


def _last(text: str | None) -> date | None:
    return parse_edtf(text).end_latest if text else None
