"""The index of the explorer: every event with the values by which the explorer filters and draws it.

It is made from the stored documents, in one language, and as columns: equal values are beside one
another, names and participations appear once, and texts that follow from other values are left out, which
makes it small when compressed.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from app.documents.entities.earlier import complete_event
from app.domain.labels.countries import country_names
from app.domain.labels.vocabularies import VOCABULARIES, read_labels
from app.domain.languages import Language, text_in
from app.domain.vocabulary import RelationType
from app.formats.pages.explorer.short_dates import date_patterns, is_short
from app.formats.pages.texts import pick

# A browser filters so many within 0.2 s. The page of a larger timeline has no explorer.
MOST_EVENTS: Final = 25_000
# The words of these vocabularies are values of events.
_VOCABULARIES: Final = ("type", "subtype", "status", "confidence", "role", "rank")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_Json = Mapping[str, Any]
# Entities by their id.
_Entities = Mapping[str, _Json]


class Documents(NamedTuple):
    """The stored documents of one state, as JSON: events the newest first, entities in any order."""

    events: Sequence[bytes]
    participants: Sequence[bytes]
    places: Sequence[bytes]
    tags: Sequence[bytes]
    publishers: Sequence[bytes]


def write_index(language: Language, documents: Documents, thin_years: Iterable[int]) -> bytes:
    """Return the index as JSON. `thin_years` are documented far less than the years around them."""
    events = [complete_event(json.loads(each)) for each in documents.events]
    participants, places, tags, publishers = map(_by_id, documents[1:])
    words = {name: [*VOCABULARIES[name]] for name in _VOCABULARIES}
    used = _Used(events, places, tags)
    parts = _Parts(events, words, used)
    index = {
        "thin": [*thin_years],
        "words": {name: _words(language, name) for name in _VOCABULARIES},
        "participants": _participants(language, used, participants),
        "places": [_place(language, used, places[each]) for each in used.places],
        "tags": [_tag(language, used, each, tags) for each in used.tags],
        "offices": [
            [each, pick(language, of["name"])[1], words["rank"].index(of["rank"])]
            for each, of in used.office_documents.items()
        ],
        "houses": [[each, _name(language, each, publishers)] for each in used.houses],
        "treaties": [*used.treaties],
        "countries": [[each, text_in(language, country_names()[each])] for each in used.countries],
        "dates": date_patterns(language)._asdict(),
        "parts": parts.values,
        "events": _events(language, events, words, used, parts),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


class _Used:
    """The ids that events refer to, and the ids that these lie within, each with its number."""

    def __init__(self, events: Sequence[_Json], places: _Entities, tags: _Entities) -> None:
        self.participants = _numbers(part["id"] for e in events for part in e["participants"])
        self.places = _numbers(
            whole
            for e in events
            for of in _places_of(e)
            for whole in _wholes(of, places, "part_of")
        )
        self.tags = _numbers(
            whole for e in events for tag in e["tags"] for whole in _wholes(tag, tags, "broader")
        )
        offices = (part["office"] for e in events for part in e["participants"])
        self.office_documents = {of["id"]: of for of in offices if of}
        self.offices = {slug: number for number, slug in enumerate(self.office_documents)}
        self.houses = _numbers(house for e in events for house in _houses_of(e))
        self.treaties = _numbers(e["treaty"]["id"] for e in events if e["treaty"])
        sides = (part["side"] for e in events for part in e["participants"])
        self.countries = _numbers([*sides, *(places[each]["country"] for each in self.places)])


def _numbers(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(sorted({*values}))}


def _by_id(documents: Sequence[bytes]) -> _Entities:
    return {each["id"]: each for each in map(json.loads, documents)}


def _wholes(slug: str, entities: _Entities, relation: str) -> Iterable[str]:
    """Yield the id, and the ids of the wholes in which it lies, outwards."""
    of: str | None = slug
    while of is not None:
        yield of
        of = entities.get(of, {}).get(relation)


def _places_of(event: _Json) -> list[str]:
    places = [event["place"], *event["further_places"]]
    return [*dict.fromkeys(place["id"] for place in places if place)]


def _houses_of(event: _Json) -> set[str]:
    return {source["house"] for source in event["sources"] if source["house"]}


def _words(language: Language, name: str) -> list[tuple[str, str]]:
    labels = read_labels()[VOCABULARIES[name]]
    return [(word, text_in(language, labels[word].label)) for word in VOCABULARIES[name]]


def _name(language: Language, slug: str, entities: _Entities) -> str:
    """Return the name of an entity; its id if it has none, such as a tag of an early state."""
    return pick(language, entities[slug]["names"])[1] if slug in entities else slug


def _participants(language: Language, used: _Used, documents: _Entities) -> list[list[Any]]:
    """Return the id, the kind and the name of each, and its names in other languages."""
    found = []
    for slug in used.participants:
        document = documents[slug]
        name = _name(language, slug, documents)
        others = {*document["names"].values()} - {name}
        found.append([slug, document["kind"], name, *sorted(others)])
    return found


def _place(language: Language, used: _Used, place: _Json) -> list[Any]:
    """Return the id, the name, the country, the coordinates, the place around it, and other names."""
    name = pick(language, place["names"])[1]
    whole = place.get("part_of")
    return [
        place["id"],
        name,
        used.countries[place["country"]],
        place["longitude"],
        place["latitude"],
        -1 if whole is None else used.places[whole],
        *sorted({*place["names"].values()} - {name}),
    ]


def _tag(language: Language, used: _Used, slug: str, tags: _Entities) -> list[Any]:
    """Return the id, the name and the broader tag."""
    broader = tags.get(slug, {}).get("broader")
    return [slug, _name(language, slug, tags), -1 if broader is None else used.tags[broader]]


class _Parts:
    """The participations of events: a participant, a role, a side and an office, the most frequent first.

    Offices count from 1, and 0 is none.
    """

    def __init__(
        self, events: Sequence[_Json], words: Mapping[str, list[Any]], used: _Used
    ) -> None:
        self._roles = _places_in(words["role"])
        self._used = used
        counts = Counter(self._part(part) for event in events for part in event["participants"])
        parts = sorted(counts, key=lambda part: (-counts[part], part))
        self._numbers = {part: number for number, part in enumerate(parts)}
        # The values of one after the values of the other.
        self.values = [value for part in parts for value in part]

    def of(self, event: _Json) -> list[int]:
        """Return the numbers of the participations in an event."""
        return [self._numbers[self._part(part)] for part in event["participants"]]

    def _part(self, part: _Json) -> tuple[int, int, int, int]:
        used, office = self._used, part["office"]
        return (
            used.participants[part["id"]],
            self._roles[part["role"]],
            used.countries[part["side"]],
            used.offices[office["id"]] + 1 if office else 0,
        )


def _places_in(words: Sequence[str]) -> dict[str, int]:
    return {word: at for at, word in enumerate(words)}


def _events(
    language: Language,
    events: Sequence[_Json],
    words: Mapping[str, list[Any]],
    used: _Used,
    parts: _Parts,
) -> dict[str, list[Any]]:
    """Return the columns of the events."""
    number = {name: _places_in(of) for name, of in words.items()}
    titles = [pick(language, event["title"]) for event in events]

    def column(value: Callable[[_Json], Any]) -> list[Any]:
        return [value(event) for event in events]

    columns = {
        "id": column(_short_id),
        "title": [title for _, title in titles],
        # Only of titles in another language than the page.
        "language": ["" if shown == language else shown for shown, _ in titles],
        # Only of dates that the patterns do not make.
        "when": [_when(language, event) for event in events],
        **_days(events),
        "doubt": column(lambda e: int(_is_doubtful(e["date_bounds"]))),
        **{
            name: [number[name][event[name]] for event in events]
            for name in ("type", "subtype", "status", "confidence")
        },
        "sources": column(lambda e: e["independent_sources"]),
        "part": column(lambda e: int(_is_part(e))),
        "treaty": column(lambda e: used.treaties[e["treaty"]["id"]] if e["treaty"] else -1),
        "places": column(lambda e: [used.places[each] for each in _places_of(e)]),
        "tags": column(lambda e: [used.tags[each] for each in e["tags"]]),
        "houses": column(lambda e: sorted(used.houses[each] for each in _houses_of(e))),
        "people": column(parts.of),
    }
    return columns


def _short_id(event: _Json) -> str:
    """Return the id without the first day on which the event may have begun, if it begins with that."""
    first = event["date_bounds"]["start"]["earliest"]
    slug: str = event["id"]
    return slug.removeprefix(first) if first and slug.startswith(f"{first}-") else slug


def _when(language: Language, event: _Json) -> str:
    words = pick(language, event["date_text"])[1]
    return "" if is_short(language, words, event["date_bounds"]) else words


def _days(events: Sequence[_Json]) -> dict[str, list[int | None]]:
    """Return the four bounds: the first in days since 1970, the others in days after it.

    An open side is null; after an open beginning the others are in days since 1970.
    """
    columns: dict[str, list[int | None]] = {"from": [], "started": [], "ends": [], "until": []}
    for event in events:
        bounds = event["date_bounds"]
        first, *others = (
            _day(bounds[side][end]) for side in ("start", "end") for end in ("earliest", "latest")
        )
        columns["from"].append(first)
        for name, day in zip(("started", "ends", "until"), others, strict=True):
            columns[name].append(None if day is None else day - (first or 0))
    return columns


def _day(day: str | None) -> int | None:
    return None if day is None else date.fromisoformat(day).toordinal() - _EPOCH


def _is_doubtful(bounds: _Json) -> bool:
    return bool(bounds["approximate"] or bounds["uncertain"])


def _is_part(event: _Json) -> bool:
    return any(each["type"] == RelationType.PART_OF for each in event["relations"])
