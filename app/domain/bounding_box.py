"""Bounding boxes on the globe, in degrees (WGS 84), as RFC 7946 writes them."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_FORM = "four numbers west,south,east,north in degrees, such as 124,37,131,43"


class Box(NamedTuple):
    """The area between two meridians and two parallels; `west > east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


def parse_box(text: str) -> Box:
    """The box that `west,south,east,north` describes; raises ValueError for anything else."""
    parts = text.split(",")
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(f"expected {_FORM}")
    box = Box(*map(float, parts))
    if not (-180 <= box.west <= 180 and -180 <= box.east <= 180):
        raise ValueError("west and east lie between -180 and 180")
    if not -90 <= box.south <= box.north <= 90:
        raise ValueError("south and north lie between -90 and 90, south first")
    return box
