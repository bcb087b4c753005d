"""Bounding boxes on the globe, in degrees (WGS 84), as RFC 7946 writes them."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_EXPECTED = "four numbers west,south,east,north in degrees, such as 124,37,131,43"


class Box(NamedTuple):
    """The area between two meridians and two parallels; `west > east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether the point lies in the box or on its edge."""
        if self.west <= self.east:
            within = self.west <= longitude <= self.east
        else:
            within = longitude >= self.west or longitude <= self.east
        return within and self.south <= latitude <= self.north


def parse_box(text: str) -> Box:
    """Parse `west,south,east,north`. Raises ValueError for any other text."""
    parts = text.split(",")
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(f"expected {_EXPECTED}")
    return checked_box(*map(float, parts))


def checked_box(west: float, south: float, east: float, north: float) -> Box:
    """Return the box; raises ValueError if it is not on the globe."""
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise ValueError("west and east must lie between -180 and 180")
    if not -90 <= south <= north <= 90:
        raise ValueError("south and north must lie between -90 and 90, the southern one first")
    return Box(west, south, east, north)
