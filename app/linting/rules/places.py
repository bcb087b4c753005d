"""Rules about the coordinates of places."""

from collections.abc import Iterator
from typing import Final

from app.domain.bounding_box import Box
from app.domain.labels.countries import are_one_state
from app.domain.vocabulary import PlacePrecision
from app.linting.distances import kilometres
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule

# The extreme points of each country, in Natural Earth (public domain), rounded outwards to a tenth of a
# degree. Russia has two boxes, to exclude its neighbours: in Asia it lies north of the mouth of the Tumen.
_RUSSIA: Final = (Box(19.6, 41.1, 60.0, 82.0), Box(60.0, 42.2, -168.9, 82.0))
_BOXES: Final[dict[str, tuple[Box, ...]]] = {
    "CH": (Box(5.9, 45.8, 10.5, 47.9),),
    "CN": (Box(73.5, 18.1, 134.8, 53.6),),
    "JP": (Box(122.9, 24.0, 146.0, 45.6),),
    "KP": (Box(124.1, 37.6, 130.8, 43.1),),
    "KR": (Box(124.6, 33.1, 131.9, 38.7),),
    "MN": (Box(87.7, 41.5, 120.0, 52.2),),
    "PH": (Box(116.9, 4.6, 126.7, 21.2),),
    "RS": (Box(18.8, 42.2, 23.1, 46.2),),
    "RU": _RUSSIA,
    "SU": (*_RUSSIA, Box(46.0, 35.1, 88.0, 56.0)),
    "US": (Box(172.4, 18.9, -66.9, 71.4),),
}
# The farthest that a part may lie from the whole: a suburb of a city, an end of a region.
_FARTHEST_KM: Final = {
    PlacePrecision.SITE: 10.0,
    PlacePrecision.CITY: 60.0,
    PlacePrecision.REGION: 1500.0,
    PlacePrecision.COUNTRY: 6000.0,
}


def _outside_country(index: RecordIndex) -> Iterator[Breach]:
    for place in index.places.values():
        boxes = _BOXES.get(place.country, ())
        if boxes and not any(box.holds(place.latitude, place.longitude) for box in boxes):
            text = f"{place.latitude}, {place.longitude} is not in {place.country}"
            yield Breach(place, "/latitude", text)


def _apart_from_whole(index: RecordIndex) -> Iterator[Breach]:
    for place in index.places.values():
        whole = index.places.get(place.part_of or "")
        if whole is None:
            continue
        if not are_one_state(place.country, whole.country):
            text = f"it is in {place.country}, and part of {whole.id!r} in {whole.country}"
            yield Breach(place, "/country", text)
        distance = kilometres((place.latitude, place.longitude), (whole.latitude, whole.longitude))
        if distance > _FARTHEST_KM[whole.precision]:
            text = f"it is {distance:.0f} km away from {whole.id!r}, of which it is a part"
            yield Breach(place, "/part_of", text)


RULES: Final = (
    Rule(
        "point-in-country",
        "The coordinates of a place lie in its country.",
        "Swapped or mistyped coordinates put the place on the wrong side of a map. The boxes are of the "
        "countries that the seeds name; a place in another country is not checked.",
        _outside_country,
    ),
    Rule(
        "part-near-whole",
        "A place is in the country of the place of which it is a part, and near it.",
        "A filter by the whole finds the part, wherever its coordinates are.",
        _apart_from_whole,
    ),
)
