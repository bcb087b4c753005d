"""Distances on the Earth."""

from math import asin, cos, radians, sin, sqrt

# Latitude and longitude, in degrees.
Point = tuple[float, float]


def kilometres(one: Point, other: Point) -> float:
    """Return the distance on a sphere (haversine formula)."""
    north, south = radians(one[0]), radians(other[0])
    across = sin(radians(one[1] - other[1]) / 2) ** 2
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * across
    return 2 * 6371 * asin(sqrt(half))
